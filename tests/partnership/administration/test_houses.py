"""Houses: two who edit at once, rooms in use, closing days that become fewer."""

import datetime
from typing import Any

import pytest
from django.test import Client

from partnership.administration import houses
from partnership.models import Area, LogEntry, Office, OfficeClosure, Room
from partnership.refusals import Refusal
from tests import factories
from tests.partnership.administration.steps import A_DAY, acts, today
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

BASE = "/arbeitsplatz/verwaltung/haeuser/"


def values_of(office: Office, **changed: Any) -> dict[str, Any]:
    names = "name kind building street postcode city latitude longitude phone email step_free access_note"
    return {name: getattr(office, name) for name in names.split()} | changed


def posted(office: Office, **changed: Any) -> dict[str, Any]:
    values = values_of(office, gesehen=office.version, **changed)
    values["latitude"] = str(values["latitude"]).replace(".", ",")
    values["longitude"] = str(values["longitude"]).replace(".", ",")
    return {name: value for name, value in values.items() if value is not False}


def change_page(office: Office) -> str:
    return f"{BASE}{office.pk}/aendern/"


@pytest.fixture
def wurzen(db: None) -> Area:
    return Area.objects.create(
        ags="14729410",
        name="Wurzen",
        postcodes=["04808"],
        latitude=51.37,
        longitude=12.735,
        valid_from="2020-01-01",
    )


@pytest.fixture
def closure(world: World) -> OfficeClosure:
    return OfficeClosure.objects.create(
        office=world.office, starts=today() + 2 * A_DAY, ends=today() + 8 * A_DAY, reason="Umbau"
    )


def shorten(closure: OfficeClosure, world: World, **changed: Any) -> OfficeClosure:
    values = {"starts": closure.starts, "ends": closure.ends, "reason": "Umbau"} | changed
    return houses.shorten_closure(
        closure_id=closure.pk, seen=(closure.starts, closure.ends), actor=world.bert, **values
    )


def test_a_change_names_its_fields_and_not_their_texts(client: Client, world: World) -> None:
    sign_in(client, world.karl).post(change_page(world.office), posted(world.office, phone="0341 000-77"))
    entry = LogEntry.objects.get()
    assert (entry.act, entry.organisation, entry.detail) == (
        "office.changed",
        world.ihk,
        {"fields": "Telefon"},
    )


def test_two_who_edit_at_once_are_told_and_nothing_typed_is_lost(client: Client, world: World) -> None:
    sign_in(client, world.karl)
    client.post(change_page(world.office), posted(world.office, phone="0341 000-77"))
    response = client.post(change_page(world.office), posted(world.office, access_note="Bitte klingeln"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Inzwischen hat jemand anderes" in html
    assert "Bitte klingeln" in html
    assert "0341 000-77" in html
    world.office.refresh_from_db()
    assert world.office.access_note == ""


def test_the_second_try_after_comparing_is_saved(client: Client, world: World) -> None:
    sign_in(client, world.karl)
    client.post(change_page(world.office), posted(world.office, phone="0341 000-77"))
    outdated = client.post(change_page(world.office), posted(world.office, phone="0341 000-88"))
    assert 'name="gesehen" value="2"' in outdated.content.decode()
    client.post(change_page(world.office), posted(world.office, phone="0341 000-88") | {"gesehen": 2})
    world.office.refresh_from_db()
    assert world.office.phone == "0341 000-88"


def test_without_coordinates_a_house_stands_in_the_middle_of_its_municipality(
    client: Client, world: World, wurzen: Area
) -> None:
    data = {"name": "Büro", "kind": "regional", "street": "Weg 1", "postcode": "04808", "city": "Wurzen"}
    page = f"/arbeitsplatz/verwaltung/organisationen/{world.ihk.pk}/haeuser/neu/"
    sign_in(client, world.karl).post(page, data)
    office = Office.objects.get(name="Büro")
    assert (office.latitude, office.longitude, office.area) == (51.37, 12.735, wurzen)


def test_an_unknown_postcode_asks_for_the_place(client: Client, world: World) -> None:
    data = {"name": "Büro", "kind": "regional", "street": "Weg 1", "postcode": "99999", "city": "Nirgends"}
    page = f"/arbeitsplatz/verwaltung/organisationen/{world.ihk.pk}/haeuser/neu/"
    html = sign_in(client, world.karl).post(page, data).content.decode()
    assert "Geben Sie die Lage an" in html
    assert not Office.objects.filter(name="Büro").exists()


def test_rooms_are_added_renamed_and_removed_at_once(world: World) -> None:
    unused = factories.make_room(world.office, "Raum 1")
    rows = [
        houses.RoomRow(pk=world.room.pk, name="Saal", step_free=True),
        houses.RoomRow(pk=unused.pk, name="Raum 1", step_free=True, is_removed=True),
        houses.RoomRow(pk=None, name="Raum 1", step_free=False),
    ]
    houses.set_rooms(office_id=world.office.pk, rows=rows, actor=world.karl)
    assert list(Room.objects.filter(office=world.office).values_list("name", flat=True)) == ["Raum 1", "Saal"]
    assert acts() == ["room.removed", "room.changed", "room.added"]


def test_a_room_in_use_stays(world: World) -> None:
    rows = [houses.RoomRow(pk=world.room.pk, name="Raum 2.14", step_free=True, is_removed=True)]
    with pytest.raises(Refusal, match="bleibt"):
        houses.set_rooms(office_id=world.office.pk, rows=rows, actor=world.karl)


def test_two_rooms_of_one_name_are_refused(world: World) -> None:
    rows = [
        houses.RoomRow(pk=world.room.pk, name="Saal", step_free=True),
        houses.RoomRow(pk=None, name="saal", step_free=True),
    ]
    with pytest.raises(Refusal, match="heißen gleich"):
        houses.set_rooms(office_id=world.office.pk, rows=rows, actor=world.karl)


def test_another_houses_room_is_not_touched(world: World) -> None:
    foreign = factories.make_room(world.hwk_office, "Fremd")
    rows = [houses.RoomRow(pk=foreign.pk, name="Meins", step_free=True)]
    houses.set_rooms(office_id=world.office.pk, rows=rows, actor=world.karl)
    foreign.refresh_from_db()
    assert foreign.name == "Fremd"


def test_one_row_more_saves_nothing(client: Client, world: World) -> None:
    data = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 1,
        "form-0-pk": world.room.pk,
        "form-0-name": "Raum 2.14",
        "form-0-step_free": "on",
        "form-1-name": "Neu",
        "form-weitere": "1",
    }
    html = sign_in(client, world.karl).post(f"{BASE}{world.office.pk}/raeume/", data).content.decode()
    assert 'name="form-2-name"' in html
    assert 'value="Neu"' in html
    assert Room.objects.filter(office=world.office).count() == 1
    del data["form-weitere"]
    client.post(f"{BASE}{world.office.pk}/raeume/", data)
    assert Room.objects.filter(office=world.office).count() == 2


def test_out_of_service_firms_do_not_find_the_house(client: Client, world: World) -> None:
    page = f"{BASE}{world.office.pk}/betrieb/"
    assert "1 Sprechtag" in sign_in(client, world.karl).get(page).content.decode()
    client.post(page)
    assert world.office.name not in client.get("/beratung/").content.decode()
    client.post(page)
    assert acts() == ["office.closed_down", "office.opened"]


def test_a_closure_becomes_shorter(closure: OfficeClosure, world: World) -> None:
    assert shorten(closure, world, ends=today() + 3 * A_DAY).ends == today() + 3 * A_DAY


@pytest.mark.parametrize("changed", [{"ends": 9}, {"starts": 1}])
def test_a_closure_does_not_become_longer(
    closure: OfficeClosure, world: World, changed: dict[str, int]
) -> None:
    with pytest.raises(Refusal, match="nur kürzen"):
        shorten(closure, world, **{name: today() + days * A_DAY for name, days in changed.items()})


def test_of_a_closure_that_runs_the_past_stays(world: World) -> None:
    running = OfficeClosure.objects.create(
        office=world.office, starts=today() - A_DAY, ends=today() + A_DAY, reason="Umbau"
    )
    with pytest.raises(Refusal, match="schon begonnen"):
        shorten(running, world, starts=today())
    houses.remove_closure(closure_id=running.pk, actor=world.bert)
    running.refresh_from_db()
    assert running.ends == today() - A_DAY


def test_a_coming_closure_is_removed(closure: OfficeClosure, client: Client, world: World) -> None:
    page = f"{BASE}{world.office.pk}/schliesszeiten/{closure.pk}/entfernen/"
    sign_in(client, world.bert).post(page)
    assert not OfficeClosure.objects.exists()
    assert client.post(page).status_code == 404


def test_a_past_closure_is_history(world: World) -> None:
    past = OfficeClosure.objects.create(
        office=world.office,
        starts=today() - datetime.timedelta(days=9),
        ends=today() - A_DAY,
        reason="Umbau",
    )
    with pytest.raises(Refusal, match="vorbei"):
        houses.remove_closure(closure_id=past.pk, actor=world.bert)
