"""The pages of the checklist, as everybody who may and may not."""

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from consultations.checklists.page import lay_out_checklist
from consultations.checklists.parts import add_part
from consultations.checklists.printing import TEMPLATE
from consultations.checklists.versions import put_in_force
from consultations.models import Checklist, ChecklistItem
from tests import factories
from tests.consultations.checklist_steps import MARKER, item, make_both, make_draft, make_in_force
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
LIST = "/arbeitsplatz/besuche/checkliste/"
NO_POLICE = ("alice", "bert", "hanna", "karl", "dora", "carl")
ITEM = {"code": "T1", "look_at": "Die Tür hält.", "reason": "", "standard": "EN 1"}


def url(name: str, *args: object) -> str:
    return reverse(f"appointments:{name}", args=args)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def read(client: Client, world: World, who: str, path: str) -> str:
    return text(sign_in(client, getattr(world, who)).get(path, follow=True))


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    in_force = make_in_force(world)
    for path in (LIST, url("checklist", in_force.pk), url("checklist_pdf", in_force.pk)):
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


@pytest.mark.parametrize("who", NO_POLICE)
def test_it_is_polices_and_never_a_chambers(client: Client, world: World, who: str) -> None:
    in_force, draft = make_both(world)
    sign_in(client, getattr(world, who))
    row = item(draft, "T1")
    for path in (
        LIST,
        *(url(name, in_force.pk) for name in ("checklist", "checklist_pdf", "checklist_sign_off")),
        *(url("checklist", draft.pk), url("checklist_item", row.pk), url("checklist_item_new", row.area_id)),
        *(url(name, draft.pk) for name in ("checklist_put_in_force", "checklist_discard")),
    ):
        response = client.get(path)
        assert response.status_code == 403, path
        assert MARKER not in response.content.decode()


@pytest.mark.parametrize("who", ["bert", "paula"])
def test_only_a_lead_acts(client: Client, world: World, who: str) -> None:
    in_force, draft = make_both(world)
    row = item(draft, "T1")
    sign_in(client, getattr(world, who))
    hidden = 404 if who == "paula" else 403
    assert client.post(url("checklist_sign_off", in_force.pk)).status_code == 403
    for name in ("checklist_begin", "checklist_adopt"):
        assert client.post(url(name, world.police.pk)).status_code == 403
    for path in (
        *(url(f"checklist_{name}", draft.pk) for name in ("put_in_force", "discard", "sign_off")),
        *(url(f"checklist_item{name}", row.pk) for name in ("", "_move", "_remove")),
    ):
        assert client.post(path, ITEM).status_code == hidden, path
    assert item(draft, "T1").look_at == row.look_at


def test_another_directorates_is_not_found(client: Client, world: World) -> None:
    in_force, draft = make_both(world)
    stranger = factories.make_person()
    police = factories.make_police(world.partnership, name="Andere Direktion")
    factories.make_post(stranger, "lead", organisation=police)
    sign_in(client, stranger)
    for path in (url("checklist", in_force.pk), url("checklist_item", item(draft, "T1").pk)):
        assert client.get(path).status_code == 404
    assert client.post(url("checklist_begin", world.police.pk)).status_code == 404
    assert "Vorlage übernehmen" in text(client.get(LIST))


def test_officers_read_what_is_in_force_with_the_mark_and_no_draft(client: Client, world: World) -> None:
    in_force, draft = make_both(world)
    page = read(client, world, "paula", url("checklist", in_force.pk))
    for words in ("2 Punkte sind noch fachlich zu prüfen", f"{MARKER} T2", "Bauen Sie ein Schloss ein."):
        assert words in page
    assert "abzeichnen" not in page
    assert client.get(url("checklist", draft.pk)).status_code == 404
    assert "Entwurf" not in read(client, world, "paula", LIST)


def test_earlier_versions_stay_readable(client: Client, world: World) -> None:
    first, draft = make_both(world)
    put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)
    assert "Frühere Fassungen" in read(client, world, "paula", LIST)
    assert "galt ab" in read(client, world, "paula", url("checklist", first.pk))


def test_a_lead_adopts_the_first_contents_and_puts_them_in_force(client: Client, world: World) -> None:
    sign_in(client, world.lea)
    assert "Vorlage übernehmen" in text(client.get(LIST))
    page = text(client.post(url("checklist_adopt", world.police.pk), follow=True))
    assert "fachlich zu prüfen" in page
    draft = Checklist.objects.get()
    path = url("checklist_put_in_force", draft.pk)
    assert "bleiben mit „fachlich zu prüfen“ markiert" in text(client.get(path))
    page = text(client.post(path, {"gesehen": draft.version}, follow=True))
    assert "Fassung 1 gilt" in page


def test_a_lead_begins_a_draft_and_discards_it(client: Client, world: World) -> None:
    make_in_force(world)
    sign_in(client, world.lea)
    assert "Noch ist nichts geändert." in text(
        client.post(url("checklist_begin", world.police.pk), follow=True)
    )
    draft = Checklist.objects.get(state=Checklist.State.DRAFT)
    assert client.post(url("checklist_discard", draft.pk), {"gesehen": "99"}).status_code == 409
    client.post(url("checklist_discard", draft.pk), {"gesehen": draft.version})
    assert Checklist.objects.count() == 1


def test_a_changed_item_shows_what_it_said(client: Client, world: World) -> None:
    _in_force, draft = make_both(world)
    row = item(draft, "T1")
    sign_in(client, world.lea)
    given = ITEM | {"area": row.area_id, "gesehen": row.version}
    page = text(client.post(url("checklist_item", row.pk), given, follow=True))
    for words in ("Gespeichert.", "1 Teil geändert", "Bisher, Was zu prüfen ist", "Die Tür hält."):
        assert words in page


def test_changed_meanwhile_both_words_stand_there(client: Client, world: World) -> None:
    draft = make_draft(world)
    row = item(draft, "T1")
    response = sign_in(client, world.lea).post(
        url("checklist_item", row.pk), ITEM | {"area": row.area_id, "gesehen": row.version - 1}
    )
    assert response.status_code == 409
    assert all(
        words in text(response) for words in ("Gespeichert ist jetzt", f"{MARKER} T1", "Die Tür hält.")
    )


def test_an_area_of_another_checklist_is_no_choice(client: Client, world: World) -> None:
    in_force, draft = make_both(world)
    row = item(draft, "T1")
    given = ITEM | {"area": item(in_force, "T1").area_id, "gesehen": row.version}
    page = text(sign_in(client, world.lea).post(url("checklist_item", row.pk), given))
    assert "Wählen Sie aus der Liste." in page


def test_parts_are_added_moved_and_removed(client: Client, world: World) -> None:
    draft = make_draft(world)
    sign_in(client, world.lea)
    row = item(draft, "T2")
    client.post(url("checklist_area_new", draft.pk), {"title": "Alarm", "sentence": ""})
    client.post(url("checklist_item_new", row.area_id), ITEM | {"code": "T3", "area": row.area_id})
    client.post(url("checklist_wording_new", row.pk), {"text": "Neu", "priority": "3", "standard": ""})
    client.post(url("checklist_class_new", draft.pk), {"standard": "EN 1", "name": "A", "words": "Hält."})
    client.post(url("checklist_item_move", item(draft, "T3").pk), {"richtung": "hoch"})
    first = item(draft, "T1")
    client.post(url("checklist_item_remove", first.pk), {"gesehen": first.version})
    assert [row.code for row in row.siblings()] == ["T3", "T2"]
    assert (draft.areas.count(), row.wordings.count(), draft.classes.count()) == (3, 2, 2)


def test_what_is_in_force_has_no_form(client: Client, world: World) -> None:
    in_force = make_in_force(world)
    row = item(in_force, "T1")
    sign_in(client, world.lea)
    for path in (url("checklist_item", row.pk), url("checklist_item_new", row.area_id)):
        assert client.get(path)["Location"] == url("checklist", in_force.pk)
        assert client.post(path, ITEM | {"area": row.area_id, "gesehen": row.version}).status_code == 409


def test_several_are_signed_off_at_once(client: Client, world: World) -> None:
    draft = make_draft(world)
    path = url("checklist_sign_off", draft.pk)
    assert "Wählen Sie aus, was Sie geprüft haben." in text(sign_in(client, world.lea).post(path))
    one, two = item(draft, "T2"), item(draft, "W1")
    given = {"g0": f"p{one.pk}-{one.version}", "g1": f"p{two.pk}-{two.version}"}
    page = text(client.post(path, given, follow=True))
    assert "2 Punkte abgezeichnet." in page
    assert "von Lea Beispiel" in page
    assert "Alles ist fachlich geprüft." in text(client.get(path))


def test_a_box_of_an_older_version_signs_nothing_off(client: Client, world: World) -> None:
    draft = make_draft(world)
    one = item(draft, "T2")
    page = text(
        sign_in(client, world.lea).post(
            url("checklist_sign_off", draft.pk), {"g0": f"p{one.pk}-{one.version - 1}"}
        )
    )
    assert "Davon hat sich inzwischen etwas geändert." in page
    assert item(draft, "T2").needs_check


def test_it_prints_empty(client: Client, world: World) -> None:
    in_force = make_in_force(world)
    response = sign_in(client, world.paula).get(url("checklist_pdf", in_force.pk))
    assert response.content.startswith(b"%PDF-")
    assert "checkliste-fassung-1.pdf" in response["Content-Disposition"]
    sheet = render_to_string(TEMPLATE, lay_out_checklist(in_force) | {"boxes": ["a", "b", "c", "d"]})
    assert sheet.count('class="tick"') == 3 * 4
    assert sheet.count("fachlich zu prüfen") == 2


def test_statements_do_not_grow_with_the_items(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft = make_draft(world)
    area = draft.areas.first()
    sign_in(client, world.lea).get(LIST)
    with django_assert_num_queries(13):
        client.get(url("checklist", draft.pk))
    for number in range(30):
        row = ChecklistItem(checklist=draft, area=area, code=f"X{number}", look_at="Neu")
        add_part(part=row, actor=world.lea)
    with django_assert_num_queries(13):
        client.get(url("checklist", draft.pk))
