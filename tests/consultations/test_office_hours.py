"""A day of office hours from plan to publication and cancellation."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.models import Appointment, Claim, Language, OfficeHours, Topic
from consultations.office_hours import Plan, agree_to_hours, plan_hours, publish_hours
from consultations.queries import free_times
from consultations.taking_time import TimeClash
from partnership.models import LogEntry, Organisation
from partnership.refusals import Refusal
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.steps import book, cancel_all, confirm, hold, last_act, state_of
from tests.personas import World

State = OfficeHours.State
DAY = datetime.timedelta(days=1)


def make_plan(world: World, **changes: Any) -> Plan:
    day = changes.get("day", factories.a_week_ahead() + DAY)
    given: dict[str, Any] = {
        "partnership": world.partnership,
        "office": world.office,
        "room": world.room,
        "police": world.police,
        "officers": [world.paula],
        "day": day,
        "starts": datetime.time(9),
        "ends": datetime.time(12),
        "slot_minutes": 45,
        "gap_minutes": 0,
        "pause_starts": None,
        "pause_ends": None,
        "booking_opens_at": timezone.now() - DAY,
        "booking_closes_at": at_wall_time(day, datetime.time(8)),
        "topics": [Topic.BURGLARY],
        "languages": [Language.GERMAN],
    }
    return Plan(**given | changes)


def plan(world: World, **changes: Any) -> OfficeHours:
    return plan_hours(plan=make_plan(world, **changes), actor=world.bert)


def now_of(hours: OfficeHours) -> OfficeHours:
    return OfficeHours.objects.get(pk=hours.pk)


def is_bookable(world: World, hours: OfficeHours) -> bool:
    return any(time.hours == hours for time in free_times(partnership=world.partnership))


def test_a_planned_day_is_a_draft_that_takes_officers_and_room(world: World) -> None:
    hours = plan(world, officers=[world.paula, world.pia])
    assert now_of(hours).state == State.DRAFT
    assert [lane.officer for lane in hours.lanes.all()] == [world.paula, world.pia]
    claims = Claim.objects.filter(hours=hours)
    assert {claim.officer for claim in claims} == {world.paula, world.pia, None}
    assert [claim.room for claim in claims if claim.room] == [world.room]
    assert not is_bookable(world, hours)


def test_officers_have_a_quarter_of_an_hour_before_and_after_and_the_room_has_not(world: World) -> None:
    hours = plan(world)
    officer, room = (Claim.objects.get(hours=hours, officer__isnull=is_room) for is_room in (False, True))
    quarter = datetime.timedelta(minutes=15)
    assert (officer.blocked.lower, officer.blocked.upper) == (
        hours.starts_at - quarter,
        hours.ends_at + quarter,
    )
    assert (room.blocked.lower, room.blocked.upper) == (hours.starts_at, hours.ends_at)


def test_planning_is_in_the_log_of_the_chamber(world: World) -> None:
    hours = plan(world)
    entry = last_act()
    assert (entry.act, entry.thing, entry.actor) == ("hours.planned", hours, world.bert)
    assert entry.organisation == world.ihk


def test_a_day_may_do_without_a_room(world: World) -> None:
    hours = plan(world, room=None)
    assert Claim.objects.filter(hours=hours).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": datetime.date(2020, 1, 7)}, "schon vorbei"),
        ({"ends": datetime.time(9, 30)}, "passt kein Gespräch"),
    ],
)
def test_a_day_without_a_talk_to_come_is_refused(world: World, change: dict[str, Any], sentence: str) -> None:
    change = {"booking_opens_at": timezone.now() - 9000 * DAY, **change}
    with pytest.raises(Refusal, match=sentence):
        plan(world, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"ends": datetime.time(8)},
        {"slot_minutes": 4},
        {"pause_starts": datetime.time(10)},
        {"pause_starts": datetime.time(11), "pause_ends": datetime.time(13)},
        {"booking_closes_at": timezone.now() - 2 * DAY},
        {"topics": ["kochen"]},
        {"languages": []},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(world: World, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        plan(world, **change)


def test_an_officer_is_in_one_place_at_a_time(world: World) -> None:
    plan(world)
    with pytest.raises(TimeClash, match=r"Beamtin oder der Beamte"):
        plan(world, office=world.hwk_office, room=None, starts=datetime.time(11), ends=datetime.time(14))


def test_a_room_takes_one_day_at_a_time(world: World) -> None:
    plan(world)
    with pytest.raises(TimeClash, match="Raum"):
        plan(world, officers=[world.pia])


def test_a_clash_leaves_nothing_behind(world: World) -> None:
    plan(world)
    before = OfficeHours.objects.count(), Claim.objects.count(), LogEntry.objects.count()
    with pytest.raises(TimeClash):
        plan(world, officers=[world.pia])
    assert before == (OfficeHours.objects.count(), Claim.objects.count(), LogEntry.objects.count())


def test_one_day_follows_another_in_a_room_without_a_gap(world: World) -> None:
    plan(world)
    later = plan(world, officers=[world.pia], starts=datetime.time(12), ends=datetime.time(14))
    assert later.pk


def test_an_officer_agrees_to_the_own_lane_and_the_last_yes_counts(world: World) -> None:
    hours = plan(world, officers=[world.paula, world.pia])
    assert agree_to_hours(hours_id=hours.pk, actor=world.paula).state == State.DRAFT
    assert agree_to_hours(hours_id=hours.pk, actor=world.pia).state == State.AGREED
    assert [lane.agreed_by for lane in hours.lanes.all()] == [world.paula, world.pia]


def test_the_lead_agrees_for_all(world: World) -> None:
    hours = plan(world, officers=[world.paula, world.pia])
    assert agree_to_hours(hours_id=hours.pk, actor=world.lea, for_all=True).state == State.AGREED
    assert {lane.agreed_by for lane in hours.lanes.all()} == {world.lea}


def test_agreeing_twice_is_said(world: World) -> None:
    hours = plan(world, officers=[world.paula, world.pia])
    agree_to_hours(hours_id=hours.pk, actor=world.paula)
    with pytest.raises(Refusal, match="schon zugestimmt"):
        agree_to_hours(hours_id=hours.pk, actor=world.paula)
    with pytest.raises(Refusal, match="keine Zustimmung mehr"):
        agree_to_hours(hours_id=world.hours.pk, actor=world.paula)


def test_agreed_hours_become_public_with_a_click(world: World) -> None:
    hours = plan(world)
    agree_to_hours(hours_id=hours.pk, actor=world.paula)
    assert not is_bookable(world, hours)
    publish_hours(hours_id=hours.pk, actor=world.bert)
    assert is_bookable(world, hours)


def test_published_before_agreement_they_become_public_with_the_last_yes(world: World) -> None:
    hours = plan(world)
    publish_hours(hours_id=hours.pk, actor=world.bert)
    assert not is_bookable(world, hours)
    agree_to_hours(hours_id=hours.pk, actor=world.paula)
    assert is_bookable(world, hours)
    assert [entry.act for entry in LogEntry.objects.order_by("pk")][-4:] == [
        "hours.planned",
        "hours.publication_requested",
        "hours.agreed",
        "hours.published",
    ]


def test_officers_are_asked_once(world: World) -> None:
    hours = plan(world)
    publish_hours(hours_id=hours.pk, actor=world.bert)
    with pytest.raises(Refusal, match="schon erbeten"):
        publish_hours(hours_id=hours.pk, actor=world.bert)


def test_a_chamber_without_agreement_publishes_at_once(world: World) -> None:
    Organisation.objects.filter(pk=world.ihk.pk).update(officers_must_agree=False)
    world.office.refresh_from_db()
    hours = plan(world)
    assert hours.state == State.AGREED
    assert publish_hours(hours_id=hours.pk, actor=world.bert).state == State.PUBLIC


def test_public_and_cancelled_hours_are_not_published_again(world: World) -> None:
    with pytest.raises(Refusal, match="schon öffentlich oder abgesagt"):
        publish_hours(hours_id=world.hours.pk, actor=world.bert)
    with pytest.raises(Refusal, match="gibt es nicht"):
        publish_hours(hours_id=world.hours.pk + 1000, actor=world.bert)


def test_cancelled_hours_cancel_what_was_booked_and_take_nobody_any_more(world: World) -> None:
    confirmed, booked, held = confirm(world.hours, 0), book(world.hours, 1), hold(world.hours, 2)
    cancel_all(world.hours, actor=world.bert)
    assert {state_of(confirmed), state_of(booked)} == {Appointment.State.CANCELLED}
    assert state_of(held) == Appointment.State.EXPIRED
    confirmed.refresh_from_db()
    assert (confirmed.cancelled_by, confirmed.cancel_reason) == ("hours", "Krankheit")
    assert not is_bookable(world, world.hours)


def test_cancelled_hours_give_officers_and_room_back(world: World) -> None:
    cancel_all(world.hours, actor=world.bert)
    assert not Claim.objects.filter(hours=world.hours).exists()
    assert plan(world, day=world.hours.day).pk


def test_what_was_over_before_stays_as_it_was(world: World) -> None:
    gone = [
        factories.make_appointment(hours=world.hours, index=index, state=state)
        for index, state in enumerate([Appointment.State.CANCELLED, Appointment.State.EXPIRED])
    ]
    cancel_all(world.hours, actor=world.bert)
    assert [state_of(appointment) for appointment in gone] == ["cancelled", "expired"]


def test_hours_are_cancelled_once(world: World) -> None:
    cancel_all(world.hours, actor=world.bert)
    with pytest.raises(Refusal, match="schon abgesagt"):
        cancel_all(world.hours, actor=world.bert)


def test_hours_that_are_over_are_not_cancelled(world: World) -> None:
    past = factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=datetime.date(2026, 1, 7)
    )
    with pytest.raises(Refusal, match="ist vorbei"):
        cancel_all(past, actor=world.bert)
