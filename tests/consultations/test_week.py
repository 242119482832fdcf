"""The week of a house: what is taken and free, as picture, list and table."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment, OfficeHours
from consultations.week import Kind, Week, lay_out_week, monday_of, week_key
from consultations.week_picture import draw_week
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = Appointment.State


def week_of(world: World, *, now: datetime.datetime | None = None) -> Week:
    day = world.hours.day
    hours = OfficeHours.objects.filter(office=world.office).prefetch_related("lanes__officer")
    return lay_out_week(
        monday=monday_of(week_key(day), today=day),
        hours=hours.select_related("room"),
        appointments=Appointment.objects.all(),
        now=now or timezone.now(),
        today=day,
    )


def test_every_time_is_counted_once(world: World) -> None:
    factories.make_appointment(hours=world.hours, index=0)
    factories.make_appointment(hours=world.hours, index=1, state=State.UNCONFIRMED)
    factories.make_appointment(hours=world.hours, index=2, state=State.HELD)
    counts = week_of(world).counts
    assert counts == {Kind.CONFIRMED: 1, Kind.UNCONFIRMED: 1, Kind.HELD: 1, Kind.FREE: 1}


def test_what_has_run_out_is_free(world: World) -> None:
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    factories.make_appointment(hours=world.hours, state=State.HELD, held_until=long_ago)
    assert week_of(world).counts == {Kind.FREE: 4}


def test_the_finding_is_a_sentence_with_its_share(world: World) -> None:
    factories.make_appointment(hours=world.hours)
    week = week_of(world)
    assert f"{week.finding} {week.finding_rest}" == "1 von 4 Zeiten vergeben (25 %), 3 frei."


def test_two_officers_give_two_lanes_side_by_side(world: World) -> None:
    other = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia, factories.make_person()],
        day=world.hours.day,
        starts=datetime.time(13),
        ends=datetime.time(16),
    )
    week = week_of(world)
    blocks = [b for b in draw_week(week).blocks if b.name.partition(", ")[2].startswith("13:00")]
    assert len({block.x for block in blocks}) == 2
    assert week.counts.total() == 12
    assert other.lanes.count() == 2


def test_a_block_is_named_with_what_it_shows(world: World) -> None:
    factories.make_appointment(hours=world.hours, firm_name="Hofladen Süß")
    taken, free, *_others = draw_week(week_of(world)).blocks
    assert f"{taken.clock} {taken.words}" in taken.name
    assert taken.name.endswith(" 9:00 Hofladen Süß, bestätigt, bis 9:45 Uhr")
    assert free.words in free.name


def test_hours_that_are_not_public_are_one_block_that_says_why(world: World) -> None:
    OfficeHours.objects.filter(pk=world.hours.pk).update(
        state=OfficeHours.State.CANCELLED, cancel_reason="Beamtin verhindert"
    )
    week = week_of(world)
    [block] = draw_week(week).blocks
    assert (block.kind, block.more, block.hours_id) == ("cancelled", "Beamtin verhindert", world.hours.pk)
    assert "Beamtin verhindert" in week.sittings[0].note


def test_a_weekend_day_appears_when_it_has_hours(world: World) -> None:
    assert len(week_of(world).days) == 5 + (world.hours.day.weekday() > 4)


@pytest.mark.parametrize("key", ["", "2026-W99", "heute", "2026-W00"])
def test_an_address_that_names_no_week_means_this_one(key: str) -> None:
    today = datetime.date(2026, 11, 24)
    assert monday_of(key, today=today) == datetime.date(2026, 11, 23)


def test_on_a_change_over_day_times_are_those_of_the_wall(world: World) -> None:
    sunday = datetime.date(2027, 3, 28)
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=sunday, starts=datetime.time(9)
    )
    shown = lay_out_week(
        monday=datetime.date(2027, 3, 22),
        hours=[hours],
        appointments=[],
        now=timezone.now(),
        today=sunday,
    )
    assert [time.clock for time in shown.sittings[0].times] == ["9:00", "9:45", "10:30", "11:15"]


def test_picture_list_and_table_agree(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, reference="G-ABCDEF")
    page = sign_in(client, world.bert).get(f"/arbeitsplatz/woche/?woche={week_key(world.hours.day)}")
    html = page.content.decode()
    assert html.count('href="/arbeitsplatz/termine/G-ABCDEF/"') == 2
    table = html[html.index("<tfoot") :]
    assert re.findall(r"<strong>(\d+)</strong>", table) == ["4", "1", "0", "3"]


def test_a_house_without_hours_names_the_next_day(client: Client, world: World) -> None:
    page = sign_in(client, world.bert).get("/arbeitsplatz/woche/?woche=2020-W10").content.decode()
    assert "In dieser Woche ist hier kein Sprechtag angelegt." in page
    assert f"/arbeitsplatz/sprechtage/{world.hours.pk}/" in page


def test_a_house_of_another_chamber_is_unknown(client: Client, world: World) -> None:
    path = f"/arbeitsplatz/woche/?haus={world.hwk_office.pk}"
    assert sign_in(client, world.bert).get(path).status_code == 404
