"""The pages of a visit's log, as everybody who may and may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from consultations.models import Checklist, Finding, VisitReport
from consultations.visit_reports.writing import FreeTitle, Observation, add_free_finding
from partnership.models import Photo
from partnership.photos.queries import count_photos, photos_of
from tests import factories
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.visit_log_steps import ADVICE, MARKER, begun, item_of, note_down, visit_of_today
from tests.partnership.photos.hostile import jpeg, jpegs
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
NO_POLICE = ("alice", "bert", "hanna", "karl", "dora", "carl", "theo")
NO_ROWS = {"e-TOTAL_FORMS": "0", "e-INITIAL_FORMS": "0"}


def url(report: VisitReport, name: str = "", *args: object) -> str:
    page = f"appointments:visit_log{name}"
    return reverse(page, args=[report.visit.appointment.reference, *args])


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def entry(state: str = "weak", *, seen: int = 0, **fields: str) -> dict[str, str]:
    return {"gesehen": str(seen), "state": state} | NO_ROWS | fields


def every_page(report: VisitReport) -> list[str]:
    row = add_free_finding(
        report_id=report.pk,
        free=FreeTitle(title=MARKER),
        observation=Observation(state="weak"),
        actor=report.begun_by,
    )
    item = item_of(report, "T2")
    return [
        *(url(report, name) for name in ("", "_texts", "_free_new", "_begin")),
        *(url(report, name, row.pk) for name in ("_free", "_free_remove", "_free_move")),
        *(url(report, "_item", item.pk), url(report, "_rest", item.area_id)),
    ]


@pytest.mark.parametrize("who", NO_POLICE)
def test_nobody_but_police_sees_any_of_it(client: Client, world: World, who: str) -> None:
    report = begun(world)
    note_down(report)
    sign_in(client, getattr(world, who))
    for path in every_page(report):
        for response in (client.get(path), client.post(path, entry())):
            assert response.status_code in (403, 405), path
            assert MARKER not in response.content.decode()
    assert report.findings.count() == 2


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    for path in every_page(begun(world)):
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


def test_another_directorates_is_not_found(client: Client, world: World) -> None:
    report = begun(world)
    stranger = factories.make_person()
    police = factories.make_police(world.partnership, name="Andere Direktion")
    factories.make_post(stranger, "lead", organisation=police)
    sign_in(client, stranger)
    for path in every_page(report):
        assert client.post(path, entry()).status_code == 404 or client.get(path).status_code == 404


@pytest.mark.parametrize("who", ["paula", "pia", "lea"])
def test_officers_and_their_lead_begin_and_write(client: Client, world: World, who: str) -> None:
    make_in_force(world)
    visit = visit_of_today(world)
    sign_in(client, getattr(world, who))
    root = reverse("appointments:visit_log", args=[visit.appointment.reference])
    assert "Protokoll beginnen" in text(client.get(root))
    assert "0 von 3 Punkten geprüft" in text(client.post(f"{root}beginnen/", follow=True))
    report = VisitReport.objects.get()
    item = item_of(report, "T1")
    client.post(url(report, "_item", item.pk), entry(note="Klemmt"))
    assert report.findings.get().note == "Klemmt"


def test_without_a_checklist_it_is_said_what_to_do(client: Client, world: World) -> None:
    visit = visit_of_today(world)
    root = reverse("appointments:visit_log", args=[visit.appointment.reference])
    page = text(sign_in(client, world.paula).get(root))
    assert "Bitten Sie Ihre Leitung" in page
    assert "Protokoll beginnen</span>" not in page
    assert "Die Leitung setzt" in text(client.post(f"{root}beginnen/", follow=True))


def test_saving_leads_on_and_says_so(client: Client, world: World) -> None:
    report = begun(world)
    item = item_of(report, "T1")
    response = sign_in(client, world.paula).post(url(report, "_item", item.pk), entry(), follow=True)
    page = text(response)
    assert "T1: Gespeichert" in page
    assert "Türen, Punkt 2 von 2" in page
    assert "1 von 3 Punkten geprüft" in page


def test_saving_and_staying(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    response = sign_in(client, world.paula).post(path, entry(danach="bleiben"))
    assert response["Location"] == path


def test_after_the_last_item_comes_the_overview(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "W1").pk)
    sign_in(client, world.paula)
    assert client.post(path, entry())["Location"] == url(report)
    part = client.post(path, entry(seen=1, note="x"), headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == url(report)


def test_an_item_shows_what_helps_to_judge(client: Client, world: World) -> None:
    report = begun(world)
    sign_in(client, world.paula)
    page = text(client.get(url(report, "_item", item_of(report, "T2").pk)))
    assert "fachlich zu prüfen" in page
    assert "Bauen Sie ein Schloss ein." in page
    assert "Liest später auch der Betrieb." in page
    assert "fachlich zu prüfen" not in text(client.get(url(report, "_item", item_of(report, "T1").pk)))


def test_recommendations_are_taken_changed_and_written(client: Client, world: World) -> None:
    report = begun(world)
    item = item_of(report, "T2")
    wording = item.wordings.get()
    rows = {
        "e-TOTAL_FORMS": "2",
        "e-INITIAL_FORMS": "1",
        "e-0-source": f"w{wording.pk}",
        "e-0-chosen": "on",
        "e-0-text": "Bauen Sie zwei Schlösser ein.",
        "e-0-priority": "1",
        "e-0-standard": "EN 1",
        "e-1-text": "Und eine Kette.",
        "e-1-priority": "3",
    }
    sign_in(client, world.paula).post(url(report, "_item", item.pk), entry() | rows)
    found = list(report.recommendations.values_list("text", "priority", "standard", "wording"))
    assert found == [
        ("Bauen Sie zwei Schlösser ein.", 1, "EN 1", wording.pk),
        ("Und eine Kette.", 3, "", None),
    ]


def test_another_row_keeps_what_was_typed(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    response = sign_in(client, world.paula).post(path, entry(note="Klemmt", **{"e-weitere": "1"}))
    page = text(response)
    assert "Klemmt" in page
    assert 'name="e-0-text"' in page
    assert not report.findings.exists()


def picture(name: str = "hoftuer.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or jpeg(), content_type="image/jpeg")


def test_photos_come_with_an_entry_and_go(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    camera, *photos = [picture(content=content) for content in jpegs(3)]
    sent = entry(danach="bleiben") | {"camera": camera, "photos": photos}
    page = text(sign_in(client, world.paula).post(path, sent, follow=True))
    finding = report.findings.get()
    assert count_photos(Finding, [finding.pk]) == {finding.pk: 3}
    assert "Foto 3 entfernen" in page
    first = photos_of(finding)[0]
    remove = reverse("photos:remove", args=[first.pk])
    assert sign_in(client, world.bert).post(remove).status_code == 404
    assert sign_in(client, world.pia).post(remove).status_code == 302
    assert count_photos(Finding, [finding.pk]) == {finding.pk: 2}


def test_what_is_no_picture_gets_a_sentence_and_the_note_stays(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    sent = entry(note="Klemmt") | {"photos": picture("tuer.jpg", b"<svg onload=alert(1)>")}
    response = sign_in(client, world.paula).post(path, sent)
    assert "Klemmt" in text(response)
    assert "kern-error" in text(response)
    assert not report.findings.exists()


def test_one_photo_too_many_loses_no_word(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    finding = note_down(report, "T1")
    factories_of_photos(finding, 20)
    sent = entry(note="Klemmt", seen=1) | {"camera": picture()}
    page = text(sign_in(client, world.paula).post(path, sent, follow=True))
    assert "Gespeichert, aber nicht jedes Foto" in page
    assert report.findings.get().note == "Klemmt"


def factories_of_photos(finding: Finding, number: int) -> None:
    Photo.objects.bulk_create(Photo(thing=finding, position=n) for n in range(number))


def test_two_devices_at_once_are_shown_both(client: Client, world: World) -> None:
    report = begun(world)
    finding = note_down(report, note="Von Pia gesehen", actor=world.pia, advice=[ADVICE])
    path = url(report, "_item", finding.item_id)
    response = sign_in(client, world.paula).post(path, entry("missing", note="Fehlt ganz"))
    page = text(response)
    assert response.status_code == 409
    assert "von: Pia Beispiel" in page
    assert "Von Pia gesehen" in page
    assert "Fehlt ganz" in page
    assert 'name="gesehen" value="1"' in page
    client.post(path, entry("missing", note="Fehlt ganz", seen=1))
    finding.refresh_from_db()
    assert (finding.note, finding.saved_by) == ("Fehlt ganz", world.paula)


def test_a_release_in_between_is_said(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    VisitReport.objects.all().delete()
    assert sign_in(client, world.paula).post(path, entry()).status_code == 404


def test_a_rest_and_a_search(client: Client, world: World) -> None:
    report = begun(world)
    note_down(report, "T1")
    sign_in(client, world.paula)
    area = item_of(report, "T1").area_id
    page = text(client.post(url(report, "_rest", area), {"zustand": "not_checked"}, follow=True))
    assert "Türen: 1 Punkt eingetragen." in page
    assert client.post(url(report, "_rest", area), {"zustand": "in_order"}).status_code == 404
    found = text(client.get(url(report), {"suche": "w1"}))
    assert "1 Treffer" in found
    assert ">T1<" not in found


def test_free_findings_come_move_and_go(client: Client, world: World) -> None:
    report = begun(world)
    sign_in(client, world.paula)
    for title in ("Rolltor", "Hund"):
        client.post(url(report, "_free_new"), entry(title=title))
    dog = report.findings.get(title="Hund")
    assert "Nach oben" in text(
        client.post(url(report, "_free_move", dog.pk), {"richtung": "hoch"}, follow=True)
    )
    assert [row.title for row in report.findings.all()] == ["Hund", "Rolltor"]
    client.post(url(report, "_free", dog.pk), entry("in_order", title="Wachhund", seen=1))
    assert "Wachhund entfernen" in text(client.get(url(report, "_free_remove", dog.pk)))
    assert client.post(url(report, "_free_remove", dog.pk), {"gesehen": "1"}).status_code == 409
    client.post(url(report, "_free_remove", dog.pk), {"gesehen": "2"})
    assert [row.title for row in report.findings.all()] == ["Rolltor"]


def test_texts_are_suggested_completed_and_saved(client: Client, world: World) -> None:
    report = begun(world)
    sign_in(client, world.paula)
    assert "wir haben uns Ihren Betrieb" in text(client.get(url(report, "_texts")))
    words = {"gesehen": "1", "summary": "Guten Tag.", "next_steps": ""}
    page = text(client.post(url(report, "_texts"), words | {"baustein": "gut"}, follow=True))
    assert "Guten Tag. Vieles ist gut gesichert." in page
    outdated = client.post(url(report, "_texts"), words)
    assert outdated.status_code == 409
    assert "Gespeichert ist jetzt" in text(outdated)


def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, world: World) -> None:
    report = begun(world)
    path = url(report, "_item", item_of(report, "T1").pk)
    page = text(sign_in(client, world.paula).post(path, entry("", note="Klemmt")))
    assert "Wählen Sie einen Zustand." in page
    assert "Klemmt" in page
    assert not Finding.objects.exists()


def test_reading_costs_the_same_for_any_number(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = begun(world)
    sign_in(client, world.paula)
    for code in ("T1", "T2", "W1"):
        note_down(report, code)
    with django_assert_max_num_queries(20):
        client.get(url(report))
    with django_assert_max_num_queries(20):
        client.get(url(report, "_item", item_of(report, "T2").pk))
    assert Checklist.objects.count() == 1
