"""Heute with visits: one way through the day, what is missing, who is away; and the evening before."""

import datetime
from collections.abc import Callable

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone

from consultations.absences import plan_absence
from consultations.day_notices import send_day_notices
from consultations.feeds import lay_out_feed
from consultations.models import Appointment, Visit, VisitRequest
from consultations.today.page import Day
from consultations.today.stations import Station, Taken, VisitStation
from partnership.mail_content import build_message
from partnership.models import CalendarFeed, OutgoingMail
from partnership.rules import posts_of
from tests import factories
from tests.consultations.checklist_steps import make_draft
from tests.consultations.test_mail_texts import assert_both_say
from tests.consultations.test_today import DAY, day_of, make_day, moment, page
from tests.consultations.visits.standing import A_DAY, NOTE, at, make_visit
from tests.personas import World, sign_in
from tests.visit_factories import make_report

State = Appointment.State


def visit_at(world: World, clock: str, **fields: object) -> Visit:
    """Pia's, on the day that `day_of` shows."""
    return make_visit(world, starts_at=moment(clock), **fields)  # type: ignore[arg-type]


def visits_on(day: Day) -> list[VisitStation]:
    return [block for person in day.people for block in person.blocks if isinstance(block, VisitStation)]


# the day laid out


def test_office_hours_and_visits_are_stations_of_one_way(world: World) -> None:
    make_day(world, officers=[world.pia])
    visit_at(world, "13:30")
    day = day_of(world.pia)
    (person,) = day.people
    assert [(station.mark, station.starts) for station in person.stations] == [
        ("1", "9:00 Uhr"),
        ("2", "13:30 Uhr"),
    ]
    assert person.route is not None
    assert day.summary == f"2 Stationen, {person.route.km} km, Ende 15:00 Uhr"
    assert [bool(leg) for leg, _block in person.rows] == [True, True]


def test_a_day_without_a_visit_has_no_way(world: World) -> None:
    make_day(world, officers=[world.pia])
    day = day_of(world.pia)
    assert (day.people[0].route, day.map, day.summary) == (
        None,
        None,
        "1 Sprechtag, 0 Gespräche, Ende 12:00 Uhr",
    )


def test_the_visit_says_what_police_need_at_the_door(world: World) -> None:
    said = {"on_site_name": "Uwe Quendel", "on_site_phone": "0341 000-5001", "access_note": "Hof rechts"}
    visit = visit_at(world, "13:30", request=said)
    visit.request.matter.happened_on = datetime.date(2026, 11, 21)
    visit.request.matter.case_number = "471/26"
    visit.request.matter.save()
    (station,) = visits_on(day_of(world.pia))
    assert station.alarm is not None
    assert station.alarm.word == "Nach Einbruch"
    assert station.facts[:2] == ["Einbruch am Sa 21.11.", "Vorgang 471/26"]
    assert (station.place.whom, station.place.tel) == ("Uwe Quendel", "03410005001")
    assert (station.place.address, station.place.access_note) == ("Schlossweg 1, 04668 Grimma", "Hof rechts")


def test_without_a_burglary_nothing_is_alarming(world: World) -> None:
    visit_at(world, "13:30", reason="building")
    (station,) = visits_on(day_of(world.pia))
    assert (station.alarm, station.occasion) == (None, "Werkstatt, Neubau oder Umbau")


def test_the_next_visit_stands_first(world: World) -> None:
    make_day(world, officers=[world.pia])
    visit_at(world, "13:30")
    day = day_of(world.pia, "12:30")
    assert day.next_up is not None
    assert (day.next_up.heading, day.next_up.position) == ("Als Nächstes, 13:30 Uhr", "2 von 2")


@pytest.mark.parametrize(
    ("clock", "act"), [("12:29", ""), ("12:30", "Ergebnis eintragen"), ("16:00", "Ergebnis eintragen")]
)
def test_its_outcome_is_noted_from_an_hour_before_on(world: World, clock: str, act: str) -> None:
    visit_at(world, "13:30")
    assert [station.act for station in visits_on(day_of(world.pia, clock))] == [act]


def test_a_visit_that_is_over_has_no_number(world: World) -> None:
    visit_at(world, "09:00", state=State.ATTENDED)
    (station,) = visits_on(day_of(world.pia, "11:00"))
    assert (station.mark, station.badge.word) == ("", "besucht")


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED])
def test_a_visit_that_does_not_stand_is_not_shown(world: World, state: str) -> None:
    visit_at(world, "09:00", state=state)
    assert day_of(world.pia).people == []


def test_an_offered_time_shows_as_taken(world: World) -> None:
    visit_at(world, "09:00", state=State.PROPOSED)
    (block,) = day_of(world.pia).people[0].blocks
    assert isinstance(block, Taken)
    assert block.word == "angeboten: Besuch in Grimma"


def test_a_colleagues_visit_is_not_the_own_day_but_the_leads(world: World) -> None:
    visit_at(world, "09:00")
    assert day_of(world.paula).people == []
    assert [person.name for person in day_of(world.lea, everybody=True).people] == ["Pia Beispiel"]


def test_the_latest_report_of_the_firm_is_named(world: World) -> None:
    firm = factories.make_firm(name="Dachdeckerei Quendel")
    before = visit_at(world, "09:00", state=State.ATTENDED, request={"firm": firm})
    Appointment.objects.update(
        period=DateTimeTZRange(moment("09:00", DAY - A_DAY), moment("10:00", DAY - A_DAY))
    )
    released_at = datetime.datetime(2023, 5, 1, 12, tzinfo=datetime.UTC)
    make_report(visit=before, checklist=make_draft(world), state="released", released_at=released_at)
    visit_at(world, "13:30", request={"firm": firm})
    (station,) = visits_on(day_of(world.pia))
    assert station.last_link == "Letzter Bericht, 2023"


def test_the_sketch_shows_the_way_in_order(world: World) -> None:
    make_day(world, officers=[world.pia], office=world.hwk_office)
    visit_at(world, "13:30")
    day = day_of(world.pia)
    assert day.map is not None
    assert sorted((dot.mark.name, dot.numbers, dot.kind) for dot in day.map.dots) == [
        ("Grimma", "2", "alarm"),
        ("Leipzig", "1", ""),
    ]
    assert day.map.line.count(",") == 2


def test_without_coordinates_there_is_no_sketch_and_the_way_is_guessed(world: World) -> None:
    make_day(world, officers=[world.pia], office=world.hwk_office)
    visit_at(world, "13:30", request={"latitude": None, "longitude": None})
    day = day_of(world.pia)
    assert day.map is None
    assert day.people[0].route is not None


def test_missing_reports_come_with_their_age_the_oldest_first(world: World) -> None:
    for days in (1, 4):
        make_visit(world, starts_at=moment("10:00", DAY - days * A_DAY), state=State.ATTENDED)
    rows = day_of(world.pia).unreported
    assert [row.age.word for row in rows] == ["seit 4 Tagen", "seit gestern"]
    assert rows[0].when == "Fr 20.11., 10:00 Uhr, Grimma"


def test_a_released_report_is_not_missing(world: World) -> None:
    visit = make_visit(world, starts_at=moment("10:00", DAY - A_DAY), state=State.ATTENDED)
    make_report(visit=visit, checklist=make_draft(world), state="released")
    assert day_of(world.pia).unreported == []


def test_a_visit_without_outcome_is_missing(world: World) -> None:
    make_visit(world, starts_at=moment("10:00", DAY - A_DAY))
    assert [row.when for row in day_of(world.pia).missing] == ["Mo 23.11., 10:00 Uhr, Grimma"]
    assert day_of(world.paula).missing == []


def test_coming_visits_stand_among_the_coming_days(world: World) -> None:
    visit_at(world, "10:00")
    Appointment.objects.update(
        period=DateTimeTZRange(moment("10:00", DAY + A_DAY), moment("11:30", DAY + A_DAY))
    )
    (row, *_others) = day_of(world.pia).coming
    assert (row.tag, row.hours[0].city) == ("2026-11-25", "Grimma")
    assert row.hours[0].booked == "Besuch: Dachdeckerei Quendel"


# without an officer


def test_an_absence_leaves_the_visit_and_tells_the_lead(world: World) -> None:
    visit = make_visit(world)
    day = timezone.localdate() + 6 * A_DAY
    plan_absence(
        officer=world.pia, starts_at=at("00:00", day), ends_at=at("00:00", day + 4 * A_DAY), actor=world.pia
    )
    now = timezone.now()
    shown = day_of_now(world)
    assert [(row.firm, row.officer) for row in shown.uncovered] == [("Dachdeckerei Quendel", "Pia Beispiel")]
    visit.appointment.refresh_from_db()
    assert visit.appointment.state == State.CONFIRMED
    assert now < visit.appointment.starts_at


def test_an_ended_post_leaves_it_without_an_officer(world: World) -> None:
    make_visit(world)
    assert day_of_now(world).uncovered == []
    world.pia.posts.update(ends=timezone.localdate())
    assert len(day_of_now(world).uncovered) == 1


def test_colleagues_read_of_it_without_who_is_away(world: World, client: Client) -> None:
    make_visit(world)
    day = timezone.localdate() + 6 * A_DAY
    absence = plan_absence(
        officer=world.pia, starts_at=at("00:00", day), ends_at=at("00:00", day + 4 * A_DAY), actor=world.pia
    )
    html = page(client, world.paula)
    assert "Dachdeckerei Quendel" in html
    assert "Pia Beispiel" not in html
    own = sign_in(client, world.pia).get(f"/arbeitsplatz/abwesenheit/{absence.pk}/").content.decode()
    assert "Der Besuch steht weiter." in own


def day_of_now(world: World) -> Day:
    from consultations.today.duties import read_duties
    from consultations.today.page import lay_out

    now, posts = timezone.now(), posts_of(world.lea)
    duties = read_duties(posts, person=world.lea, day=timezone.localdate(), now=now, everybody=True)
    return lay_out(duties, now=now, lead_of=posts.lead_of)


# the page


def test_the_page_shows_way_call_and_matter_to_police(client: Client, world: World) -> None:
    visit = make_visit(world)
    html = page(client, world.pia, f"?tag={visit.appointment.starts_at.date()}")
    assert 'href="geo:51.23860,12.72530?q=Schlossweg%201' in html
    assert 'href="tel:03410005000"' in html
    for words in (NOTE, "Nach Einbruch", "Dachdeckerei Quendel", "zurück nach"):
        assert words in html


@pytest.mark.parametrize("visits", [1, 6])
def test_statements_do_not_grow_with_the_visits(
    client: Client, world: World, visits: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    today = timezone.localdate()
    for number in range(visits):
        start = at(f"{7 + 2 * number:02d}:00", today)
        make_visit(world, starts_at=start, minutes=60, travel_minutes=10)
        make_visit(world, starts_at=start - 3 * A_DAY, minutes=60, travel_minutes=10, state=State.ATTENDED)
        make_visit(world, starts_at=start + 3 * A_DAY, minutes=60, travel_minutes=10)
    sign_in(client, world.pia)
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        client.get("/arbeitsplatz/heute/")


# the evening before, and calendars


def evening(world: World, visit: Visit) -> OutgoingMail:
    day = timezone.localtime(visit.appointment.starts_at).date()
    send_day_notices(now=at("18:30", day - A_DAY))
    return OutgoingMail.objects.get(kind="officer_tomorrow", to_email=world.pia.email)


def test_the_evening_mail_names_the_visits_place_and_contact(world: World) -> None:
    mail = evening(
        world, make_visit(world, request={"on_site_name": "Uwe Quendel", "access_note": "Hof rechts"})
    )
    message = build_message(mail)
    assert_both_say(
        message,
        "Besuch vor Ort: Dachdeckerei Quendel",
        "Schlossweg 1, 04668 Grimma",
        "Uwe Quendel, 0341 000-5000",
        "Hof rechts",
    )
    assert message.subject.endswith(": 1 Termin")
    assert NOTE not in message.body
    assert "\n\n\n" not in message.body


def test_hours_and_visits_are_told_in_the_order_of_the_day(world: World) -> None:
    visit = make_visit(world, starts_at=at("07:00"), minutes=60)
    day = timezone.localtime(visit.appointment.starts_at).date()
    make_day(world, day=day, officers=[world.pia])
    mail = evening(world, visit)
    assert [row["span"] for row in mail.content["sittings"]] == ["7:00 bis 8:00 Uhr", "9:00 bis 12:00 Uhr"]


def test_whoever_is_away_is_told_nothing(world: World) -> None:
    visit = make_visit(world)
    day = timezone.localtime(visit.appointment.starts_at).date()
    plan_absence(
        officer=world.pia, starts_at=at("00:00", day), ends_at=at("00:00", day + A_DAY), actor=world.pia
    )
    assert send_day_notices(now=at("18:30", day - A_DAY)) >= 0
    assert not OutgoingMail.objects.filter(kind="officer_tomorrow", to_email=world.pia.email).exists()


@pytest.mark.parametrize(
    ("kind", "title"),
    [("officer", "Besuch V-"), ("own", "Beratung durch die Polizei, Besuch vor Ort")],
)
def test_feeds_of_officer_and_firm_have_the_visit(world: World, kind: str, title: str) -> None:
    make_visit(world, request={"person": world.alice})
    events = events_of(world, kind)
    assert [(event.summary.startswith(title), event.location) for event in events] == [
        (True, "Schlossweg 1, 04668 Grimma")
    ]
    assert "Quendel" not in repr(events)
    assert NOTE not in repr(events)


@pytest.mark.parametrize("kind", ["chamber", "house"])
def test_feeds_of_desks_and_houses_do_not(world: World, kind: str) -> None:
    make_visit(world, request={"chamber": world.ihk})
    assert [event for event in events_of(world, kind) if "Besuch" in event.summary] == []


def events_of(world: World, kind: str) -> list:  # type: ignore[type-arg]
    whose = {
        "officer": {"person": world.pia},
        "own": {"person": world.alice},
        "chamber": {"person": world.bert, "organisation": world.ihk},
        "house": {"person": world.bert, "office": world.office},
    }[kind]
    feed = CalendarFeed(kind=kind, token_hash=kind, **whose)
    posts = posts_of(whose["person"])  # type: ignore[arg-type]
    laid_out = lay_out_feed(feed, posts, partnership=world.partnership, now=timezone.now())
    return [event for event in laid_out.events if "Sprechtag" not in event.summary]


def test_a_request_that_is_only_asked_stands_nowhere(world: World) -> None:
    make_visit(world)
    VisitRequest.objects.update(state=VisitRequest.State.PLANNED)
    assert [block for block in day_of(world.paula).people if isinstance(block, Station)] == []
