"""The pages of setting events up, as everybody who may and may not; two who edit at once."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.models import Event, Mode, Visibility
from partnership.times import berlin
from tests import factories
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.events.steps import AN_HOUR, add, change, in_days, mails, make_forum
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
LIST = "/arbeitsplatz/foren/"
RUNS = ("bert", "karl")
ACTS = ("announce", "held", "close")
PAGES = ("edit", "programme", "cancel", "delete")


def url(name: str, event: Event, *args: object) -> str:
    return reverse(f"events:{name}", args=[event.reference, *args])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def read(client: Client, world: World, who: str, path: str) -> str:
    return text(sign_in(client, getattr(world, who)).get(path))


def entered(**changed: Any) -> dict[str, Any]:
    values = {
        "kind": "forum",
        "visibility": "public",
        "title": "Sicherheitsforum Grimma",
        "day": in_days(30).isoformat(),
        "starts": "9:00",
        "ends": "16:00",
        "venue": "Haus der Wirtschaft",
        "city": "Grimma",
    }
    return values | changed


def as_entered(event: Event, **changed: Any) -> dict[str, Any]:
    """What the form of an event holds, as it was opened."""
    starts, ends = berlin(event.starts_at), berlin(event.ends_at)
    values = {name: getattr(event, name) for name in ("kind", "visibility", "title", "venue", "street")}
    times = {"day": f"{starts:%Y-%m-%d}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    place = {"postcode": event.postcode, "city": event.city}
    return values | times | place | {"gesehen": event.version} | changed


def rows(*parts: dict[str, Any], had: int = 0, seen: int = 1) -> dict[str, Any]:
    data: dict[str, Any] = {"form-TOTAL_FORMS": len(parts), "form-INITIAL_FORMS": had, "gesehen": seen}
    for number, part in enumerate(parts):
        data |= {f"form-{number}-{name}": value for name, value in part.items()}
    return data


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    event = add(world)
    for path in (LIST, f"{LIST}neu/", url("event", event), *(url(name, event) for name in PAGES)):
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


@pytest.mark.parametrize("who", ["alice", "carl", "dora"])
def test_without_a_post_there_is_no_list_and_no_event(client: Client, world: World, who: str) -> None:
    event = make_event(organiser=world.ihk)
    sign_in(client, getattr(world, who))
    assert client.get(LIST).status_code == 403
    assert client.get(url("event", event)).status_code == 404


@pytest.mark.parametrize("who", ["hanna", "paula", "lea"])
def test_a_draft_is_not_there_for_others(client: Client, world: World, who: str) -> None:
    event = add(world)
    assert event.title not in read(client, world, who, LIST)
    assert client.get(url("event", event)).status_code == 404


@pytest.mark.parametrize("who", ["hanna", "paula", "lea"])
def test_others_read_what_is_announced_and_change_nothing(client: Client, world: World, who: str) -> None:
    event, talk, _workshop = make_forum(world, join_url="https://geheim.example")
    make_registration(event, talk)
    page = read(client, world, who, url("event", event))
    assert "1 von 80 vergeben" in page
    assert "geheim.example" not in page
    assert "Angaben ändern" not in page
    assert "Ute Quendel" not in page
    for name in PAGES:
        assert client.get(url(name, event)).status_code == 403, name
    for name in (*ACTS, "cancel"):
        assert client.post(url(name, event), {"reason": "x"}).status_code == 403, name
    event.refresh_from_db()
    assert event.state == Event.State.ANNOUNCED


@pytest.mark.parametrize("who", RUNS)
def test_whoever_runs_it_has_every_page(client: Client, world: World, who: str) -> None:
    event = add(world)
    sign_in(client, getattr(world, who))
    for path in (LIST, f"{LIST}neu/", url("event", event), *(url(name, event) for name in PAGES)):
        assert client.get(path).status_code == 200, path


def test_a_partners_desk_runs_it_along(client: Client, world: World) -> None:
    event = add(world, partners=[world.hwk])
    make_part(event)
    sign_in(client, world.hanna)
    assert client.post(url("announce", event)).status_code == 302
    event.refresh_from_db()
    assert event.state == Event.State.ANNOUNCED


def test_another_partnerships_event_is_not_found(client: Client, world: World) -> None:
    elsewhere = factories.make_partnership(slug="anderswo")
    event = make_event(organiser=factories.make_chamber(elsewhere, "Anderswo"))
    for who in ("bert", "karl", "paula"):
        sign_in(client, getattr(world, who))
        assert client.get(url("event", event)).status_code == 404


def test_police_set_no_events_up(client: Client, world: World) -> None:
    sign_in(client, world.paula)
    assert client.get(f"{LIST}neu/").status_code == 403
    assert client.post(f"{LIST}neu/", entered()).status_code == 403


def test_an_event_for_those_invited_is_its_organisers(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk, visibility=Visibility.INVITED)
    assert event.title not in read(client, world, "hanna", LIST)
    assert event.title in read(client, world, "bert", LIST)


def test_a_forum_with_two_workshops_is_set_up_on_two_pages(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    response: Any = client.post(f"{LIST}neu/", entered(organiser=f"{world.partnership.pk}-{world.ihk.pk}"))
    event = Event.objects.get()
    assert address_without_notice(response) == url("programme", event)
    talk = {"title": "Vortrag", "ends": "12:00", "site": "80", "is_for_all": "on"}
    workshops = [{"title": f"Workshop {n}", "starts": "13:00", "site": "15"} for n in (1, 2)]
    assert client.post(url("programme", event), rows(talk, *workshops)).status_code == 302
    assert client.post(url("announce", event)).status_code == 302
    parts = [
        (part.title, berlin(part.starts_at).hour, part.places.get().capacity) for part in event.parts.all()
    ]
    assert parts == [("Vortrag", 9, 80), ("Workshop 1", 13, 15), ("Workshop 2", 13, 15)]


def test_what_is_typed_stays_when_something_is_wrong(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    page = text(client.post(f"{LIST}neu/", entered(ends="8:00", summary="Was Täter suchen")))
    assert "Das Ende liegt vor dem Beginn" in page
    assert "Was Täter suchen" in page
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"house": "office"}, "nicht beides"),
        ({"city": ""}, "in welchem Ort"),
        ({"last_day": "2020-01-01"}, "liegt vor dem ersten"),
        ({"day": "2027-03-28", "starts": "2:30"}, "Wählen Sie eine Zeit ab 3:00"),
        ({"join_url": "kein link"}, "ganze Adresse"),
        ({"organiser": "1-0"}, "Wählen Sie aus der Liste"),
    ],
)
def test_faults_say_what_to_do(client: Client, world: World, values: dict[str, Any], words: str) -> None:
    chosen = {"organiser": f"{world.partnership.pk}-{world.ihk.pk}"} | values
    if values.get("house"):
        chosen["house"] = str(world.office.pk)
    page = text(sign_in(client, world.bert).post(f"{LIST}neu/", entered(**chosen)))
    assert words in page
    assert not Event.objects.exists()


def test_the_next_one_is_prefilled_and_brings_its_programme(client: Client, world: World) -> None:
    old, _talk, _workshop = make_forum(
        world, day=in_days(-200), join_url="https://alt.example", is_online=True
    )
    path = f"{LIST}neu/?wie={old.reference}"
    page = read(client, world, "bert", path)
    assert old.title in page
    assert "alt.example" not in page
    client.post(path, entered(organiser=f"{world.partnership.pk}-{world.ihk.pk}"))
    new = Event.objects.get(copied_from=old)
    assert [part.title for part in new.parts.all()] == ["Vortrag", "Workshop"]


def test_nobody_copies_what_is_not_theirs(client: Client, world: World) -> None:
    old = make_event(organiser=world.ihk)
    assert sign_in(client, world.hanna).get(f"{LIST}neu/?wie={old.reference}").status_code == 403


def test_who_will_be_told_is_said_before_anything_is_saved(client: Client, world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    make_registration(event, talk, email="", phone="0341 123456", name="Rudi Ruf")
    sign_in(client, world.bert)
    page = client.post(url("edit", event), as_entered(event, venue="Rathaus"))
    assert "Eine Person bekommt eine E-Mail mit der Änderung" in text(page)
    assert "Rudi Ruf" in text(page)
    assert not mails()
    consequences = page.context["print"]
    done = client.post(
        url("edit", event), as_entered(event, venue="Rathaus", folgen=consequences), follow=True
    )
    assert "bitte anrufen: Rudi Ruf (0341 123456)" in text(done)
    assert len(mails()) == 1
    event.refresh_from_db()
    assert event.venue == "Rathaus"


def test_another_change_than_the_one_shown_is_shown_first(client: Client, world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    sign_in(client, world.bert)
    shown = client.post(url("edit", event), as_entered(event, venue="Rathaus")).context["print"]
    client.post(url("edit", event), as_entered(event, venue="Schule", folgen=shown))
    event.refresh_from_db()
    assert event.venue == "Haus der Wirtschaft"


def test_nothing_is_asked_about_other_changes(client: Client, world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    sign_in(client, world.bert)
    assert client.post(url("edit", event), as_entered(event, title="Neuer Titel")).status_code == 302
    assert not mails()


def test_two_who_edit_see_what_holds_now(client: Client, world: World) -> None:
    event = add(world)
    given = as_entered(event, title="Danach")
    change(event, world, title="Zuerst", venue="Rathaus")
    response = sign_in(client, world.bert).post(url("edit", event), given)
    assert response.status_code == 409
    assert "Gespeichert ist jetzt" in text(response)
    assert "<dd>Zuerst</dd>" in text(response)
    event.refresh_from_db()
    assert client.post(url("edit", event), given | {"gesehen": event.version}).status_code == 302


def test_one_more_row_keeps_what_is_typed(client: Client, world: World) -> None:
    event = add(world)
    sign_in(client, world.bert)
    page = text(client.post(url("programme", event), rows({"title": "Vortrag"}) | {"form-weitere": "1"}))
    assert 'value="Vortrag"' in page
    assert "form-1-title" in page
    assert not event.parts.exists()


def test_a_row_is_removed_and_a_booked_one_is_refused(client: Client, world: World) -> None:
    event, talk, workshop = make_forum(world)
    make_registration(event, talk)
    sign_in(client, world.bert)
    removed = {"pk": talk.pk, "title": "Vortrag", "DELETE": "on"}
    response = client.post(url("programme", event), rows(removed, had=1))
    assert response.status_code == 409
    assert "Streichen Sie den Teil einzeln" in text(response)
    assert url("part_strike", event, talk.pk) in text(response)
    client.post(url("programme", event), rows(removed | {"pk": workshop.pk}, had=1))
    assert [part.title for part in event.parts.all()] == ["Vortrag"]


def test_a_moved_part_says_who_will_be_told(client: Client, world: World) -> None:
    event, _talk, workshop = make_forum(world)
    make_registration(event, workshop)
    moved = {"pk": workshop.pk, "title": "Workshop", "starts": "14:00", "ends": "16:00", "site": "15"}
    sign_in(client, world.bert)
    page = client.post(url("programme", event), rows(moved, had=1))
    assert "Eine Person bekommt eine E-Mail" in text(page)
    assert not mails()
    given = rows(moved, had=1) | {"folgen": page.context["print"]}
    assert client.post(url("programme", event), given).status_code == 302
    assert len(mails()) == 1


def test_online_places_are_asked_for_where_it_is_online(client: Client, world: World) -> None:
    event = add(world)
    assert "Plätze online" not in read(client, world, "bert", url("programme", event))
    Event.objects.update(is_online=True)
    assert "Plätze online" in read(client, world, "bert", url("programme", event))


def test_a_part_is_struck_with_a_choice(client: Client, world: World) -> None:
    event, talk, workshop = make_forum(world)
    make_registration(event, talk, workshop)
    sign_in(client, world.bert)
    path = url("part_strike", event, workshop.pk)
    assert "Eine Person hat hier einen Platz" in text(client.get(path))
    assert "Wählen Sie, was aus" in text(client.post(path, {"gesehen": 1}))
    page = client.post(path, {"gesehen": 1, "instead": "0"}, follow=True)
    assert "„Workshop“ ist gestrichen. Ohne Ersatz: 1. Eine Person bekommt eine E-Mail." in text(page)


def test_cancelling_says_who_is_told_and_who_has_to_be_called(client: Client, world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    make_registration(event, talk, email="", phone="0341 123456", name="Rudi Ruf")
    sign_in(client, world.bert)
    page = text(client.get(url("cancel", event)))
    assert "Eine Person bekommt eine E-Mail, und der Termin verschwindet" in page
    assert "Rudi Ruf" in page
    assert client.post(url("cancel", event), {"reason": ""}).status_code == 200
    client.post(url("cancel", event), {"reason": "Sturm"})
    page = text(client.get(url("event", event)))
    assert "Grund: Sturm" in page
    assert 'href="tel:0341123456"' in page


def test_a_refusal_stands_on_the_page(client: Client, world: World) -> None:
    event = add(world)
    response = sign_in(client, world.bert).post(url("announce", event))
    assert response.status_code == 409
    assert "Das Programm ist leer" in text(response)


def test_a_draft_is_deleted(client: Client, world: World) -> None:
    event = add(world)
    page = sign_in(client, world.bert).post(url("delete", event), follow=True)
    assert "ist gelöscht" in text(page)
    assert not Event.objects.exists()


def test_numbers_are_said_by_part_and_way(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk, is_online=True, join_url="https://a.example")
    part = make_part(event, site=1, online=5)
    make_registration(event, part)
    make_registration(event, part, booking_state="waitlisted")
    make_registration(event, part, mode=Mode.ONLINE, booking_state="offered")
    page = read(client, world, "bert", url("event", event))
    assert "vor Ort: 1 von 1 vergeben, 1 warten" in page
    assert "online: 1 von 5 vergeben, davon 1 angeboten" in page


def test_an_event_of_several_days_asks_for_the_day_of_a_part(client: Client, world: World) -> None:
    first = in_days(30)
    event = add(world)
    Event.objects.update(ends_at=event.ends_at + datetime.timedelta(days=1))
    sign_in(client, world.bert)
    second = (first + datetime.timedelta(days=1)).isoformat()
    part = {"title": "Vortrag", "day": second, "starts": "10:00", "ends": "11:00", "site": "5"}
    assert client.post(url("programme", event), rows(part, {"day": first.isoformat()})).status_code == 302
    assert berlin(event.parts.get().starts_at).date().isoformat() == second


def test_it_was_held_once_it_has_begun(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    make_part(event)
    sign_in(client, world.bert)
    assert client.post(url("held", event)).status_code == 409
    now = timezone.now()
    Event.objects.update(starts_at=now - AN_HOUR, ends_at=now + AN_HOUR)
    assert client.post(url("held", event)).status_code == 302
    assert client.post(url("close", event)).status_code == 302
    assert "Abgeschlossen am" in text(client.get(url("event", event)))
