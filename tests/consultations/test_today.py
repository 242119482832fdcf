"""Heute: an officer's day, in order, with what is still to do."""

import datetime
import re

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Appointment, Claim, Lane, OfficeHours
from consultations.talks import Talk
from consultations.today.duties import MISSING_SHOWN, read_duties
from consultations.today.page import Day, lay_out, read_day
from consultations.today.stations import Station, Taken
from partnership.models import Person, Post
from partnership.rules import posts_of
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.test_series import plan as plan_five_days
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in

State = Appointment.State
URL = "/arbeitsplatz/heute/"
DAY = datetime.date(2026, 11, 24)
MARK = "Die Hintertür schließt nicht"
ONE_DAY = datetime.timedelta(days=1)


def moment(clock: str, day: datetime.date = DAY) -> datetime.datetime:
    return at_wall_time(day, datetime.time.fromisoformat(clock))


def make_day(world: World, **fields: object) -> OfficeHours:
    """Four talks from 9:00 on, on Tuesday, 24 November 2026."""
    defaults = {"office": world.office, "police": world.police, "officers": [world.paula], "day": DAY}
    return factories.make_hours(**defaults | fields)  # type: ignore[arg-type]


def day_of(
    person: Person, clock: str = "08:00", *, everybody: bool = False, shown: datetime.date = DAY
) -> Day:
    """The page of a day as it stands on 24 November at that time."""
    posts = posts_of(person)
    now = moment(clock)
    duties = read_duties(posts, person=person, day=shown, now=now, everybody=everybody)
    return lay_out(duties, now=now, lead_of=posts.lead_of)


def stations(day: Day) -> list[Station]:
    return [block for person in day.people for block in person.blocks if isinstance(block, Station)]


# the day laid out


def test_the_next_office_hours_stand_first_with_their_firms(world: World) -> None:
    make_day(world)
    factories.make_appointment(hours=make_day(world, starts=datetime.time(14), ends=datetime.time(16)))
    day = day_of(world.paula, "12:30")
    assert day.next_up is not None
    assert (day.next_up.heading, day.next_up.position) == ("Als Nächstes, 14:00 Uhr", "2 von 2")
    assert day.next_up.sentence == "1 Gespräch bis 14:45 Uhr"
    assert [talk.firm for talk in day.next_up.talks] == ["Tischlerei Muster"]


def test_during_office_hours_only_what_still_comes_is_next(world: World) -> None:
    hours = make_day(world)
    factories.make_appointment(hours=hours, firm_name="Früh")
    factories.make_appointment(hours=hours, index=2, firm_name="Spät")
    day = day_of(world.paula, "09:50")
    assert day.next_up is not None
    assert day.next_up.heading == "Jetzt, bis 12:00 Uhr"
    assert [talk.firm for talk in day.next_up.talks] == ["Spät"]


def test_after_the_last_office_hours_nothing_is_next(world: World) -> None:
    make_day(world)
    day = day_of(world.paula, "12:00")
    assert day.next_up is None
    assert [station.mark for station in stations(day)] == [""]


def test_another_day_begins_with_its_first_office_hours(world: World) -> None:
    make_day(world, day=DAY + ONE_DAY)
    day = day_of(world.paula, shown=DAY + ONE_DAY)
    assert (day.title, day.next_up and day.next_up.heading) == ("Morgen", "Zuerst, 9:00 Uhr")


def words_of(station: Station) -> list[str]:
    return [
        f"{slot.clock} {slot.badge.word}" if isinstance(slot, Talk) else slot.words for slot in station.slots
    ]


def test_talks_and_free_times_stand_in_their_order(world: World) -> None:
    factories.make_appointment(hours=make_day(world), index=1)
    (station,) = stations(day_of(world.paula, "09:30"))
    assert words_of(station) == ["9:00 Uhr blieb frei", "9:45 Uhr bestätigt", "10:30, 11:15 Uhr frei"]


@pytest.mark.parametrize(
    ("state", "clock", "word", "act"),
    [
        (State.CONFIRMED, "08:59", "bestätigt", ""),
        (State.CONFIRMED, "09:00", "bestätigt", "Ergebnis eintragen"),
        (State.CONFIRMED, "09:45", "Ergebnis fehlt", "Ergebnis eintragen"),
        (State.ATTENDED, "09:45", "wahrgenommen", "Ergebnis ändern"),
        (State.MISSED, "09:45", "nicht erschienen", "Ergebnis ändern"),
    ],
)
def test_a_talk_says_how_it_stands(world: World, state: str, clock: str, word: str, act: str) -> None:
    factories.make_appointment(hours=make_day(world), state=state)
    (talk,) = stations(day_of(world.paula, clock))[0].talks
    assert (talk.badge.word, talk.act) == (word, act)


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED, State.HELD])
def test_what_does_not_stand_leaves_its_time_free(world: World, state: str) -> None:
    factories.make_appointment(hours=make_day(world), state=state)
    (station,) = stations(day_of(world.paula))
    assert words_of(station) == ["9:00, 9:45, 10:30, 11:15 Uhr frei"]


def test_an_unconfirmed_talk_shows_until_it_runs_out(world: World) -> None:
    hours = make_day(world)
    factories.make_appointment(hours=hours, state=State.UNCONFIRMED, confirm_by=moment("08:30"))
    assert [talk.badge.word for talk in stations(day_of(world.paula))[0].talks] == ["noch nicht bestätigt"]
    assert stations(day_of(world.paula, "08:30"))[0].talks == []


def test_cancelled_office_hours_are_left_out(world: World) -> None:
    make_day(world, state=OfficeHours.State.CANCELLED)
    assert day_of(world.paula).people == []


def test_a_colleagues_lane_is_not_the_own_day(world: World) -> None:
    hours = make_day(world, officers=[world.paula, world.pia])
    factories.make_appointment(hours=hours, lane=2)
    (station,) = stations(day_of(world.paula))
    assert (station.talks, station.colleagues) == ([], "Pia Beispiel")


def test_other_claims_show_as_taken(world: World) -> None:
    make_day(world)
    Claim.objects.create(
        officer=world.paula,
        kind=Claim.Kind.ABSENCE,
        blocked=DateTimeTZRange(moment("13:00"), moment("15:30")),
    )
    blocks = day_of(world.paula).people[0].blocks
    assert isinstance(blocks[1], Taken)
    assert (blocks[1].span, blocks[1].word) == ("13:00 bis 15:30 Uhr", "abwesend")


def test_office_hours_for_another_directorate_show_as_taken_without_saying_by_what(world: World) -> None:
    make_day(world, police=factories.make_police(world.partnership))
    (block,) = day_of(world.paula).people[0].blocks
    assert isinstance(block, Taken)
    assert block.word == "belegt"


def test_a_claim_over_days_is_a_whole_day(world: World) -> None:
    period = DateTimeTZRange(moment("08:00", DAY - ONE_DAY), moment("17:00", DAY + ONE_DAY))
    Claim.objects.create(officer=world.paula, kind=Claim.Kind.ABSENCE, blocked=period)
    (block,) = day_of(world.paula).people[0].blocks
    assert block.starts == "ganzer Tag"


def test_missing_outcomes_have_an_age_and_the_oldest_comes_first(world: World) -> None:
    for days, firm in ((1, "Gestern"), (4, "Älter")):
        factories.make_appointment(hours=make_day(world, day=DAY - days * ONE_DAY), firm_name=firm)
    rows = day_of(world.paula).missing
    assert [(row.firm, row.age.word) for row in rows] == [
        ("Älter", "seit 4 Tagen"),
        ("Gestern", "seit gestern"),
    ]
    assert rows[0].when == "Fr 20.11., 9:00 Uhr, Grimma"


def test_what_has_an_outcome_or_is_a_colleagues_is_not_missing(world: World) -> None:
    before = DAY - ONE_DAY
    factories.make_appointment(hours=make_day(world, day=before), state=State.ATTENDED)
    factories.make_appointment(hours=make_day(world, day=before, officers=[world.pia]))
    assert day_of(world.paula).missing == []


def test_more_missing_outcomes_than_a_page_bears_are_said(world: World) -> None:
    hours = make_day(
        world, day=DAY - ONE_DAY, starts=datetime.time(6), ends=datetime.time(12), slot_minutes=10
    )
    for index in range(MISSING_SHOWN + 1):
        factories.make_appointment(hours=hours, index=index)
    day = day_of(world.paula)
    assert (len(day.missing), day.more_missing) == (MISSING_SHOWN, True)


def test_an_officer_is_asked_for_the_own_lane_until_it_is_agreed(world: World) -> None:
    hours = make_day(world, day=DAY + ONE_DAY, state="draft", officers=[world.paula, world.pia])
    (row,) = day_of(world.paula).waiting
    assert (row.page, row.button, row.who) == (f"/arbeitsplatz/sprechtage/{hours.pk}/", "Zustimmen", "")
    Lane.objects.filter(officer=world.paula).update(agreed_at=timezone.now())
    assert day_of(world.paula).waiting == []
    assert [row.who for row in day_of(world.lea, everybody=True).waiting] == ["Pia Beispiel"]


def test_a_lead_agrees_for_all(world: World) -> None:
    make_day(world, day=DAY + ONE_DAY, state="draft", officers=[world.paula, world.pia])
    (row,) = day_of(world.lea, everybody=True).waiting
    assert (row.button, row.who) == ("Für alle zustimmen", "Paula Beispiel, Pia Beispiel")


def test_the_next_days_with_office_hours_are_named(world: World) -> None:
    OfficeHours.objects.filter(pk=world.hours.pk).delete()
    factories.make_appointment(hours=make_day(world, day=DAY + 2 * ONE_DAY))
    (row,) = day_of(world.paula).coming
    assert (row.tag, row.name) == ("2026-11-26", "Donnerstag, 26. November 2026")
    assert row.hours[0].booked == "1 von 4 Zeiten vergeben"


def test_a_lead_sees_everybody_by_name(world: World) -> None:
    factories.make_appointment(hours=make_day(world, officers=[world.pia]), firm_name="Bei Pia")
    make_day(world, office=world.hwk_office)
    day = day_of(world.lea, everybody=True)
    assert [person.name for person in day.people] == ["Paula Beispiel", "Pia Beispiel"]
    assert (day.next_up, day.summary) == (None, "2 Sprechtage, 1 Gespräch, Ende 12:00 Uhr")


def test_a_lane_without_an_officer_is_the_leads_and_comes_last(world: World) -> None:
    hours = make_day(world)
    factories.make_appointment(hours=hours)
    hours.lanes.update(officer=None)
    Claim.objects.filter(hours=hours).delete()
    assert day_of(world.paula).people == []
    assert [p.name for p in day_of(world.lea, everybody=True).people] == ["Ohne Beamtin oder Beamten"]


def test_a_lead_reads_nothing_of_another_directorate(world: World) -> None:
    other = factories.make_police(world.partnership)
    make_day(world, police=other, officers=[factories.make_person()])
    day = day_of(world.lea, everybody=True)
    assert (day.people, day.coming, day.waiting) == ([], day.coming, [])
    assert {hours.city for row in day.coming for hours in row.hours} <= {"Grimma"}


@pytest.mark.parametrize("text", ["", "morgen", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_near_is_today(text: str) -> None:
    assert read_day(text, today=DAY) == DAY


@pytest.mark.parametrize("day", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_on_change_over_days_clocks_stay_wall_time(world: World, day: datetime.date) -> None:
    factories.make_appointment(hours=make_day(world, day=day))
    (station,) = stations(day_of(world.paula, shown=day))
    assert words_of(station) == ["9:00 Uhr bestätigt", "9:45, 10:30, 11:15 Uhr frei"]


# the page


def page(client: Client, person: Person, query: str = "") -> str:
    response = sign_in(client, person).get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_has_the_way_the_call_and_what_police_may_read(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, note=MARK, topic="burglary", accessibility_need="Rollstuhl")
    html = page(client, world.paula, f"?tag={world.hours.day}")
    assert 'href="geo:51.23860,12.72530?q=Musterstra%C3%9Fe%201' in html
    assert 'href="tel:03410002000"' in html
    assert 'href="tel:03410003000"' in html
    for words in (MARK, "Einbruchschutz", "Rollstuhl", "Tischlerei Muster", "Alice Muster", "Raum 2.14"):
        assert words in html


def test_today_is_shown_without_a_day_in_the_address(client: Client, world: World) -> None:
    assert '<h1 class="kern-heading-large">Heute</h1>' in page(client, world.paula)


def test_a_day_without_office_hours_says_so_and_names_the_next(client: Client, world: World) -> None:
    html = page(client, world.paula)
    assert "An diesem Tag ist für Sie nichts verplant." in html
    assert f'href="?tag={world.hours.day}"' in html


def test_one_click_agrees(client: Client, world: World) -> None:
    hours = make_day(world, day=factories.a_week_ahead() + ONE_DAY, state="draft")
    html = page(client, world.paula)
    (address,) = re.findall(r'<form method="post" action="([^"]*zustimmen[^"]*)"', html)
    client.post(address)
    hours.refresh_from_db()
    assert hours.state == OfficeHours.State.AGREED


def test_a_lead_with_lanes_of_their_own_chooses(client: Client, world: World) -> None:
    factories.make_post(world.lea, Post.Role.OFFICER, organisation=world.police)
    day = world.hours.day + ONE_DAY
    make_day(world, day=day, officers=[world.lea])
    make_day(world, day=day, officers=[world.pia], office=world.hwk_office)
    assert "Pia Beispiel" not in page(client, world.lea, f"?tag={day}")
    assert "Pia Beispiel" in page(client, world.lea, f"?tag={day}&alle")


def test_an_officer_does_not_see_everybody(client: Client, world: World) -> None:
    make_day(world, day=world.hours.day, officers=[world.pia], office=world.hwk_office)
    assert "Pia Beispiel" not in page(client, world.paula, f"?tag={world.hours.day}&alle")


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"] == f"/konto/anmelden/?next={URL}"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("paula", 200),
        ("lea", 200),
        ("bert", 403),
        ("hanna", 403),
        ("karl", 403),
        ("dora", 403),
        ("carl", 403),
    ],
)
def test_the_page_is_polices(client: Client, world: World, name: str, status: int) -> None:
    assert sign_in(client, getattr(world, name)).get(URL).status_code == status


def test_another_directorate_reads_none_of_it(client: Client, world: World) -> None:
    stranger = factories.make_person()
    factories.make_post(stranger, Post.Role.LEAD, organisation=factories.make_police(world.partnership))
    factories.make_appointment(hours=world.hours, note=MARK)
    html = page(client, stranger, f"?tag={world.hours.day}")
    assert MARK not in html
    assert "Tischlerei" not in html


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_a_post_that_is_not_in_force_opens_nothing(
    client: Client, world: World, days: dict[str, int]
) -> None:
    redate_posts(world.paula, days)
    assert sign_in(client, world.paula).get(URL).status_code == 403


def test_the_page_only_shows(client: Client, world: World) -> None:
    assert sign_in(client, world.paula).post(URL).status_code == 405


@pytest.mark.parametrize("talks", [1, 30])
@pytest.mark.parametrize("name", ["paula", "lea"])
def test_statements_do_not_grow_with_the_talks(
    client: Client, world: World, name: str, talks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.localdate()
    for days in (-1, 2, 3):
        fields = {"starts": datetime.time(6), "ends": datetime.time(12), "slot_minutes": 10}
        hours = make_day(world, day=today + days * ONE_DAY, **fields)
        for index in range(talks):
            factories.make_appointment(hours=hours, index=index)
    sign_in(client, getattr(world, name))
    with django_assert_num_queries(21 if name == "paula" else 24):
        client.get(f"{URL}?tag={today + 2 * ONE_DAY}")


def test_a_series_waits_as_one_row_with_one_click(client: Client, world: World) -> None:
    series = plan_five_days(world, publish=True)
    page = sign_in(client, world.pia).get("/arbeitsplatz/heute/").content.decode()
    assert page.count(f"/arbeitsplatz/sprechtage/reihe/{series.pk}/zustimmen/") == 1
    assert "5 Tage vom" in page
    assert page.count("/zustimmen/") == 1
