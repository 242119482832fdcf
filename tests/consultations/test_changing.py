"""Changing days that are planned: bookings that still fit stay, the others go where the desk says."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from consultations import booking
from consultations.changing import Change, Changed, change_hours, find_ways, foresee
from consultations.displaced import Way
from consultations.models import Appointment, Claim, Lane, OfficeHours
from consultations.office_hours import agree_to_hours
from consultations.queries import free_times
from consultations.taking_time import SlotTaken, TimeClash
from partnership.models import OutgoingMail, Person
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import book, run_out, state_of
from tests.consultations.test_series import WEEK, days_of, plan, public
from tests.personas import World

State = OfficeHours.State
NOON, TEN, ELEVEN = datetime.time(12), datetime.time(10), datetime.time(11)


def change(world: World, hours: OfficeHours, *ways: Way, **values: Any) -> Changed:
    following = values.pop("following", False)
    officers = values.pop("officers", None)
    before = [lane.officer for lane in hours.lanes.all() if lane.officer]
    return change_hours(
        hours_id=hours.pk,
        change=Change(values=values, officers=officers, officers_before=before),
        following=following,
        ways=ways,
        reason="Umbau",
        actor=world.bert,
    )


def officers_in(hours: OfficeHours) -> list[Person | None]:
    return [lane.officer for lane in Lane.objects.filter(hours=hours).order_by("number")]


def read(hours: OfficeHours) -> OfficeHours:
    return OfficeHours.objects.select_related("office__organisation").get(pk=hours.pk)


def test_what_still_fits_keeps_its_time_and_what_does_not_is_named(world: World) -> None:
    inside, crossing = (factories.make_appointment(hours=world.hours, index=index) for index in (0, 2))
    (day,) = foresee([read(world.hours)], Change(values={"ends": ELEVEN}), now=timezone.now())
    assert [a.pk for a in day.staying] == [inside.pk]
    assert [a.pk for a in day.losing] == [crossing.pk]


def test_free_times_of_the_changed_day_are_offered_first(world: World) -> None:
    factories.make_appointment(hours=world.hours, index=0)
    losing = factories.make_appointment(hours=world.hours, index=3)
    days = foresee([read(world.hours)], Change(values={"ends": ELEVEN}), now=timezone.now())
    (way,) = find_ways(days, now=timezone.now())
    assert (way.appointment.pk, way.offers[0].hours.pk) == (losing.pk, world.hours.pk)
    assert all(offer.ends_at <= day.after.ends_at for day in days for offer in way.offers[:1])


def test_a_shortened_day_moves_its_booking_within_itself(world: World) -> None:
    losing = factories.make_appointment(hours=world.hours, index=3)
    free = free_times(partnership=world.partnership)[0].starts_at
    change(world, world.hours, Way(losing.pk, (world.hours.pk, free)), ends=ELEVEN)
    losing.refresh_from_db()
    assert losing.starts_at == free
    assert read(world.hours).ends == ELEVEN
    assert OutgoingMail.objects.filter(kind="booking_moved").count() == 1


def test_without_a_way_nothing_is_changed(world: World) -> None:
    factories.make_appointment(hours=world.hours, index=3, firm_name="Neue Firma")
    with pytest.raises(Refusal, match="Neue Firma"):
        change(world, world.hours, ends=ELEVEN)
    assert read(world.hours).ends == NOON


def test_claims_follow_the_times(world: World) -> None:
    change(world, world.hours, starts=TEN, ends=datetime.time(14))
    hours = read(world.hours)
    claims = {c.room_id is None: c.blocked for c in Claim.objects.filter(hours=hours)}
    assert (claims[False].lower, claims[False].upper) == (hours.starts_at, hours.ends_at)
    assert claims[True].lower == hours.starts_at - datetime.timedelta(minutes=15)


def test_another_officer_keeps_every_booking_and_is_asked(world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    change(world, world.hours, officers=[world.pia])
    assert officers_in(world.hours) == [world.pia]
    appointment.refresh_from_db()
    assert (appointment.state, appointment.lane.officer) == ("confirmed", world.pia)  # type: ignore[union-attr]
    assert list(Claim.objects.filter(hours=world.hours, room=None).values_list("officer", flat=True)) == [
        world.pia.pk
    ]
    assert read(world.hours).state == State.PUBLIC
    told = dict(OutgoingMail.objects.values_list("to_email", "kind"))
    assert told == {world.pia.email: "hours_changed", world.paula.email: "hours_released"}


def test_the_new_officer_agrees_while_the_day_stays_public(world: World) -> None:
    change(world, world.hours, officers=[world.pia])
    assert Lane.objects.waiting_for_yes().get().officer == world.pia
    assert agree_to_hours(hours_id=world.hours.pk, actor=world.pia).state == State.PUBLIC
    assert not Lane.objects.waiting_for_yes().exists()


def test_where_no_agreement_is_needed_nobody_is_asked(world: World) -> None:
    world.ihk.officers_must_agree = False
    world.ihk.save()
    change(world, world.hours, officers=[world.pia])
    assert not Lane.objects.waiting_for_yes().exists()


def test_an_officer_who_is_taken_is_not_swapped_in(world: World) -> None:
    factories.make_hours(
        office=world.hwk_office, police=world.police, officers=[world.pia], day=world.hours.day
    )
    with pytest.raises(TimeClash, match="Pia Beispiel"):
        change(world, world.hours, officers=[world.pia])
    assert officers_in(world.hours) == [world.paula]


def test_a_second_officer_makes_room_and_goes_again(world: World) -> None:
    change(world, world.hours, officers=[world.paula, world.pia])
    factories.make_appointment(hours=world.hours, index=0, lane=1)
    both = factories.make_appointment(hours=world.hours, index=0, lane=2)
    alone = factories.make_appointment(hours=world.hours, index=1, lane=2)
    change(world, read(world.hours), Way(both.pk, None), officers=[world.paula])
    assert officers_in(world.hours) == [world.paula]
    alone.refresh_from_db()
    assert alone.lane.officer == world.paula  # type: ignore[union-attr]
    assert state_of(both) == Appointment.State.CANCELLED


def test_a_day_moves_with_its_bookings(world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, index=1)
    later = world.hours.day + datetime.timedelta(days=1)
    days = foresee([read(world.hours)], Change(values={"day": later}), now=timezone.now())
    (way,) = find_ways(days, now=timezone.now())
    target = way.offers[0]
    assert target.starts_at - appointment.starts_at == days[0].after.starts_at - days[0].before.starts_at
    change(world, world.hours, Way(appointment.pk, (world.hours.pk, target.starts_at)), day=later)
    appointment.refresh_from_db()
    assert appointment.starts_at == target.starts_at
    assert read(world.hours).day == later


def test_two_days_swap_their_rooms_in_one_update(world: World) -> None:
    """A series that shifts by its own length meets itself on the way; the constraint looks afterwards."""
    series = plan(world, room=None)
    first = days_of(series)[0]
    change(world, first, following=True, starts=NOON, ends=datetime.time(15))
    assert {(d.starts, d.ends) for d in days_of(series)} == {(NOON, datetime.time(15))}


def test_from_this_day_on_the_series_says_the_truth(world: World) -> None:
    series = plan(world, every_weeks=2, last_day=a_last_day(world))
    third = days_of(series)[2]
    change(world, third, following=True, ends=ELEVEN)
    series.refresh_from_db()
    later = series.followed_by.get()
    assert (series.ends, series.last_day) == (NOON, third.day - datetime.timedelta(days=1))
    assert (later.ends, later.first_day, later.every_weeks) == (ELEVEN, third.day, 2)
    assert [day.ends for day in (*days_of(series), *days_of(later))] == [NOON] * 2 + [ELEVEN] * 3


def a_last_day(world: World) -> datetime.date:
    from tests.consultations.test_series import a_first_day

    return a_first_day() + 8 * WEEK


def test_from_the_first_day_on_the_series_itself_changes(world: World) -> None:
    series = plan(world)
    change(world, days_of(series)[0], following=True, slot_minutes=30, officers=[world.paula])
    series.refresh_from_db()
    assert (series.slot_minutes, series.officer) == (30, world.paula)
    assert not series.followed_by.exists()


def test_only_what_was_changed_reaches_later_days(world: World) -> None:
    series = plan(world)
    days = days_of(series)
    change(world, days[2], starts=TEN)
    change(world, days[0], following=True, slot_minutes=30)
    assert [d.starts.hour for d in days_of(series)] == [9, 9, 10, 9, 9]
    assert {d.slot_minutes for d in days_of(series)} == {30}


def test_a_day_held_by_somebody_else_keeps_its_officer(world: World) -> None:
    series = plan(world, room=None)
    days = days_of(series)
    change(world, days[2], officers=[world.paula])
    third = factories.make_person(name="Dritte Person")
    change(world, days[0], following=True, officers=[third])
    assert [officers_in(day) for day in days_of(series)] == [
        [third],
        [third],
        [world.paula],
        [third],
        [third],
    ]


def test_a_change_that_makes_no_sense_for_a_later_day_names_it(world: World) -> None:
    series = plan(world)
    days = days_of(series)
    change(world, days[2], starts=ELEVEN)
    with pytest.raises(Refusal, match=rf"Am {days[2].day.day}\.{days[2].day.month}\."):
        change(world, days[0], following=True, ends=TEN)
    assert days_of(series)[0].ends == NOON


def test_a_public_series_tells_each_officer_once(world: World) -> None:
    series = public(world)
    OutgoingMail.objects.all().delete()
    change(world, days_of(series)[0], following=True, ends=datetime.time(13))
    mail = OutgoingMail.objects.get()
    assert (mail.kind, len(mail.content["changed"]), mail.content["asked"]) == ("hours_changed", 5, True)
    assert {day.state for day in days_of(series)} == {State.PUBLIC}


def test_a_shorter_day_keeps_the_yes(world: World) -> None:
    change(world, world.hours, ends=ELEVEN)
    assert not Lane.objects.waiting_for_yes().exists()
    assert OutgoingMail.objects.get().content["asked"] is False


def test_what_had_run_out_does_not_come_back_outside_the_hours(world: World) -> None:
    booked = book(world.hours, 3)
    run_out(booked)
    change(world, world.hours, ends=ELEVEN)
    assert state_of(booked) == Appointment.State.EXPIRED
    with pytest.raises(SlotTaken, match="gibt es nicht mehr"):
        booking.confirm(appointment_id=booked.pk)


def test_a_hold_that_the_hours_do_not_reach_any_more_ends(world: World) -> None:
    held = booking.hold(
        hours_id=world.hours.pk, starts_at=free_times(partnership=world.partnership)[3].starts_at
    )
    change(world, world.hours, ends=TEN)
    assert state_of(held) == Appointment.State.EXPIRED


@pytest.mark.parametrize("state", [State.CANCELLED])
def test_what_is_cancelled_is_not_changed(world: World, state: str) -> None:
    OfficeHours.objects.filter(pk=world.hours.pk).update(state=state)
    with pytest.raises(Refusal, match="lässt sich nicht mehr ändern"):
        change(world, world.hours, ends=ELEVEN)


def test_an_empty_place_keeps_its_bookings_when_the_times_change(world: World) -> None:
    change(world, world.hours, officers=[world.paula, world.pia])
    kept = factories.make_appointment(hours=world.hours, index=0, lane=2)
    Lane.objects.filter(hours=world.hours, number=2).update(officer=None, asked_at=None, absent=world.pia)
    Claim.objects.filter(hours=world.hours, officer=world.pia).delete()
    change(world, read(world.hours), ends=ELEVEN)
    kept.refresh_from_db()
    assert (kept.state, kept.lane.officer) == ("confirmed", None)  # type: ignore[union-attr]


def test_choosing_somebody_fills_the_empty_place(world: World) -> None:
    kept = factories.make_appointment(hours=world.hours)
    Lane.objects.filter(hours=world.hours).update(officer=None, absent=world.paula)
    Claim.objects.filter(hours=world.hours, officer=world.paula).delete()
    change(world, read(world.hours), officers=[world.pia])
    kept.refresh_from_db()
    assert kept.lane.officer == world.pia  # type: ignore[union-attr]
    assert Lane.objects.get(hours=world.hours).absent is None


def test_the_new_officer_takes_the_place_of_the_one_who_goes_and_the_empty_one_stays(world: World) -> None:
    change(world, world.hours, officers=[world.paula, world.pia])
    waiting = factories.make_appointment(hours=world.hours, index=0, lane=1)
    kept = factories.make_appointment(hours=world.hours, index=0, lane=2)
    Lane.objects.filter(hours=world.hours, number=1).update(officer=None, absent=world.paula)
    Claim.objects.filter(hours=world.hours, officer=world.paula).delete()
    third = factories.make_person(name="Dritte Person")
    change(world, read(world.hours), officers=[third])
    assert officers_in(world.hours) == [None, third]
    assert (state_of(waiting), state_of(kept)) == ("confirmed", "confirmed")


def test_the_mail_about_later_days_leads_to_the_series_they_are_in_now(world: World) -> None:
    series = public(world)
    OutgoingMail.objects.all().delete()
    third = factories.make_person(name="Dritte Person")
    change(world, days_of(series)[2], following=True, officers=[third])
    later = series.followed_by.get()
    asked = OutgoingMail.objects.get(kind="hours_changed", to_email=third.email)
    assert asked.content["page"].endswith(f"/sprechtage/reihe/{later.pk}/")


def test_who_agreed_unasked_learns_that_the_day_has_changed(world: World) -> None:
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + datetime.timedelta(days=1),
        state=State.AGREED,
    )
    change(world, hours, starts=datetime.time(8))
    assert read(hours).state == State.DRAFT
    assert OutgoingMail.objects.get(kind="hours_changed").to_email == world.pia.email
