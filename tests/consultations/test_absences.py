"""An officer is away: the places become empty, bookings stay, whoever comes back gets them back."""

import datetime

import pytest
from django.utils import timezone

from consultations import booking
from consultations.absences import change_end, plan_absence, report_absence_today, withdraw_absence
from consultations.claims import claim_time
from consultations.deputies import put_deputy
from consultations.models import Absence, Appointment, Claim, Lane, OfficeHours
from consultations.office_hours import plan_hours
from consultations.queries import absences_visible_to, free_times
from consultations.taking_time import SlotTaken, TimeClash
from consultations.vacancies import count_vacancies, vacant_lanes_visible_to
from partnership.models import OutgoingMail, Person, Post
from partnership.refusals import Refusal
from partnership.rules import posts_of
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.steps import details, hold, last_act, state_of
from tests.consultations.test_office_hours import make_plan
from tests.personas import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
State = Appointment.State


def midnight(day: datetime.date) -> datetime.datetime:
    return at_wall_time(day, datetime.time())


def away(world: World, officer: Person | None = None, *, days: int = 1, before: int = 0) -> Absence:
    """On the day of the world's hours, and on the days after or before it."""
    first = world.hours.day - before * DAY
    return plan_absence(
        officer=officer or world.paula,
        starts_at=midnight(first),
        ends_at=midnight(world.hours.day + days * DAY),
        actor=officer or world.paula,
    )


def lane_of(hours: OfficeHours, number: int = 1) -> Lane:
    return hours.lanes.get(number=number)


def claims_of(person: Person) -> list[tuple[str, datetime.datetime, datetime.datetime]]:
    claims = Claim.objects.filter(officer=person).order_by("blocked")
    return [(c.kind, c.blocked.lower, c.blocked.upper) for c in claims]


def test_the_place_becomes_empty_and_the_bookings_stay(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours)
    absence = away(world)
    lane = lane_of(world.hours)
    assert (lane.officer, lane.absent, lane.agreed_at) == (None, world.paula, None)
    assert (state_of(booked), booked.lane) == (State.CONFIRMED, lane)
    assert claims_of(world.paula) == [("absence", absence.starts_at, absence.ends_at)]
    assert not OutgoingMail.objects.filter(kind__startswith="booking").exists()


def test_an_empty_place_cannot_be_booked(world: World) -> None:
    away(world)
    assert free_times(partnership=world.partnership) == []
    with pytest.raises(SlotTaken):
        hold(world.hours)


def test_what_was_only_held_is_not_booked_into_an_empty_place(world: World) -> None:
    held = hold(world.hours)
    away(world)
    with pytest.raises(SlotTaken):
        booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details())


def test_a_hold_goes_over_to_the_other_officer_of_the_hours(world: World) -> None:
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.lea, world.pia],
        day=world.hours.day + DAY,
    )
    held = hold(hours)
    away(world, world.lea, days=3)
    booked = booking.book(held_id=held.pk, hours_id=hours.pk, details=details())
    assert booked.lane == lane_of(hours, 2)


def test_the_hosts_desk_and_the_lead_are_told_once(world: World) -> None:
    factories.make_appointment(hours=world.hours)
    away(world)
    mails = OutgoingMail.objects.filter(kind="officer_missing")
    assert sorted(mail.to_email for mail in mails) == [world.bert.email, world.lea.email]
    assert {mail.content["rows"][0]["talks"] for mail in mails} == {"1 gebuchter Termin"}


def test_only_the_lead_reads_who_is_away(world: World) -> None:
    away(world)
    officers = {m.to_email: m.content["officer"] for m in OutgoingMail.objects.filter(kind="officer_missing")}
    assert officers == {world.bert.email: "", world.lea.email: str(world.paula)}


def test_an_absence_without_office_hours_tells_nobody(world: World) -> None:
    away(world, world.pia)
    assert not OutgoingMail.objects.exists()
    assert last_act().act == "absence.planned"


def test_away_for_a_day_that_is_over_is_refused(world: World) -> None:
    yesterday = midnight(timezone.localdate() - DAY)
    with pytest.raises(Refusal, match="Vergangenheit"):
        plan_absence(officer=world.paula, starts_at=yesterday, ends_at=yesterday + DAY, actor=world.paula)


def test_a_double_click_is_one_absence(world: World) -> None:
    away(world)
    with pytest.raises(Refusal, match="schon eingetragen"):
        away(world)
    assert Absence.objects.count() == 1


def test_two_absences_may_overlap_and_share_the_time(world: World) -> None:
    first = away(world, world.pia)
    second = away(world, world.pia, days=3, before=1)
    assert sorted(claims_of(world.pia), key=lambda c: c[1]) == [
        ("absence", second.starts_at, first.starts_at),
        ("absence", first.starts_at, first.ends_at),
        ("absence", first.ends_at, second.ends_at),
    ]


def test_a_visit_keeps_its_time(world: World) -> None:
    noon = at_wall_time(world.hours.day, datetime.time(14))
    claim_time(kind=Claim.Kind.VISIT, starts_at=noon, ends_at=noon + DAY / 24, officer=world.pia)
    away(world, world.pia)
    assert [kind for kind, *_span in claims_of(world.pia)] == ["absence", "visit", "absence"]


def test_hours_that_begin_when_the_absence_ends_are_held(world: World) -> None:
    plan_absence(
        officer=world.paula,
        starts_at=midnight(world.hours.day),
        ends_at=world.hours.starts_at,
        actor=world.paula,
    )
    assert lane_of(world.hours).officer == world.paula
    assert [kind for kind, *_span in claims_of(world.paula)] == ["absence", "office_hours"]


def test_nobody_plans_an_absent_officer(world: World) -> None:
    away(world, world.pia)
    with pytest.raises(TimeClash):
        plan_hours(plan=make_plan(world, officers=[world.pia], day=world.hours.day), actor=world.bert)


def test_who_comes_back_gets_the_place_back_and_it_can_be_booked(world: World) -> None:
    absence = away(world)
    withdraw_absence(absence_id=absence.pk, actor=world.paula)
    lane = lane_of(world.hours)
    assert (lane.officer, lane.absent) == (world.paula, None)
    assert lane.agreed_at is not None
    assert [kind for kind, *_span in claims_of(world.paula)] == ["office_hours"]
    assert len(free_times(partnership=world.partnership)) == 4


def test_a_deputy_stays_when_the_absent_one_comes_back(world: World) -> None:
    absence = away(world)
    put_deputy(lane_id=lane_of(world.hours).pk, deputy=world.pia, actor=world.lea, is_agreed=True)
    withdraw_absence(absence_id=absence.pk, actor=world.paula)
    assert lane_of(world.hours).officer == world.pia


def test_back_earlier_gives_back_what_lies_after(world: World) -> None:
    absence = away(world, before=2)
    change_end(absence_id=absence.pk, ends_at=midnight(world.hours.day), actor=world.paula)
    assert lane_of(world.hours).officer == world.paula
    assert last_act().act == "hours.officer_back"


def test_back_when_the_hours_begin_is_early_enough(world: World) -> None:
    absence = away(world)
    withdraw_absence(absence_id=absence.pk, actor=world.paula)
    absence = away(world, days=2, before=1)
    change_end(absence_id=absence.pk, ends_at=world.hours.starts_at, actor=world.paula)
    assert lane_of(world.hours).officer == world.paula
    assert [kind for kind, *_span in claims_of(world.paula)] == ["absence", "office_hours"]


def test_longer_takes_what_lies_in_between(world: World) -> None:
    later = factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=world.hours.day + 2 * DAY
    )
    absence = away(world)
    change_end(absence_id=absence.pk, ends_at=midnight(later.day + DAY), actor=world.paula)
    assert lane_of(later).absent == world.paula


def test_another_absence_still_covers_the_day(world: World) -> None:
    first = away(world)
    away(world, days=2, before=1)
    withdraw_absence(absence_id=first.pk, actor=world.paula)
    assert lane_of(world.hours).officer is None
    covering = [(lower, upper) for kind, lower, upper in claims_of(world.paula) if kind == "absence"]
    assert (covering[0][0], covering[-1][1]) == (
        midnight(world.hours.day - DAY),
        midnight(world.hours.day + 2 * DAY),
    )


def test_whoever_is_back_before_the_end_is_away_until_now(world: World) -> None:
    absence = report_absence_today(officer=world.paula, last_day=timezone.localdate(), actor=world.paula)
    withdrawn = withdraw_absence(absence_id=absence.pk, actor=world.paula)
    assert withdrawn.withdrawn_at is None
    assert withdrawn.ends_at <= timezone.now()


def test_an_absence_is_seen_by_its_officer_and_the_lead(world: World) -> None:
    absence = away(world)
    seen = [
        name
        for name in ("bert", "hanna", "paula", "pia", "lea", "karl", "dora", "carl")
        if absences_visible_to(posts_of(getattr(world, name)), getattr(world, name)).filter(pk=absence.pk)
    ]
    assert seen == ["paula", "lea"]


def test_an_empty_place_is_seen_by_the_host_and_police_and_counted_for_who_solves_it(world: World) -> None:
    away(world)
    names = ("bert", "hanna", "paula", "lea", "karl", "carl")
    posts = {name: posts_of(getattr(world, name)) for name in names}
    assert [n for n in names if vacant_lanes_visible_to(posts[n]).exists()] == ["bert", "paula", "lea"]
    assert [n for n in names if count_vacancies(posts[n])] == ["bert", "lea"]


def test_somebody_who_has_left_before_the_day_is_missing_too(world: World) -> None:
    assert count_vacancies(posts_of(world.bert)) == 0
    Post.objects.filter(person=world.paula).update(ends=world.hours.day - DAY)
    assert count_vacancies(posts_of(world.bert)) == 1


@pytest.mark.parametrize("state", [OfficeHours.State.CANCELLED])
def test_what_is_cancelled_misses_nobody(world: World, state: str) -> None:
    away(world)
    OfficeHours.objects.update(state=state)
    assert count_vacancies(posts_of(world.bert)) == 0
