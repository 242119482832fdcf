"""A place that becomes free reaches those who wait, in order, the sooner the nearer the event is."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.models import Event, Mode, PartBooking, Registration
from forums.registering.cancelling import cancel
from forums.registering.confirming import confirm
from forums.seats import NoPlaceLeft, free_places, open_places
from forums.waiting import answers
from forums.waiting.offers import lapse_due, pass_on_free_places
from partnership.locking import constraint_of
from partnership.models import LogEntry, OutgoingMail
from partnership.refusals import Refusal
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.forums.registering_steps import states_of
from tests.forums.waiting_steps import (
    attending,
    beginning_in,
    make_full_part,
    raise_to,
    someone_waiting,
    state_of,
)
from tests.personas import World

State = PartBooking.State


def mails(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to_email", flat=True))


@pytest.fixture
def offered(world: World) -> PartBooking:
    """Two wait, three days before; the first has the offer."""
    part = make_full_part(world, days=3)
    first, _second = someone_waiting(part), someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    first.refresh_from_db()
    return first


def second_of(first: PartBooking) -> PartBooking:
    return PartBooking.objects.filter(part=first.part, pk__gt=first.pk).get()


def test_long_before_the_event_the_first_in_line_moves_up(world: World) -> None:
    part = make_full_part(world, days=21)
    first, second = someone_waiting(part), someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    assert (state_of(first), state_of(second)) == (State.CONFIRMED, State.WAITLISTED)
    assert mails("event_moved_up") == [first.registration.email]


def test_whoever_moves_up_gets_the_part_into_the_calendar(world: World) -> None:
    part = make_full_part(world)
    first = someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    mail = OutgoingMail.objects.get(kind="event_moved_up")
    assert mail.calendar is not None
    assert (mail.calendar["method"], mail.calendar["sequence"]) == ("REQUEST", 1)
    assert part.title in mail.calendar["description"]
    assert LogEntry.objects.get(act="registration.moved_up").object_id == first.registration_id


@pytest.mark.parametrize(("days", "hours"), [(3, 24), (7, 24)])
def test_in_the_last_week_a_place_is_offered_for_a_day(world: World, days: int, hours: int) -> None:
    part = make_full_part(world, days=21)
    first = someone_waiting(part)
    beginning_in(part.event, days=days, minutes=-1)
    cancel(registration_id=attending(part).pk)
    first.refresh_from_db()
    assert first.offered_at is not None
    assert first.offer_until is not None
    assert first.offer_until - first.offered_at == datetime.timedelta(hours=hours)
    assert (first.state, mails("event_offer")) == (State.OFFERED, [first.registration.email])


def test_an_offered_place_is_taken(offered: PartBooking) -> None:
    assert free_places(offered.part, Mode.SITE) == 0


def test_an_offer_that_is_accepted_is_a_place(offered: PartBooking) -> None:
    answers.accept(booking_id=offered.pk)
    answers.accept(booking_id=offered.pk)
    assert state_of(offered) == State.CONFIRMED
    assert mails("event_moved_up") == [offered.registration.email]


def test_an_offer_that_is_declined_goes_to_the_next(offered: PartBooking) -> None:
    answers.leave(booking_id=offered.pk)
    assert (state_of(offered), state_of(second_of(offered))) == (State.CANCELLED, State.OFFERED)


def test_an_offer_without_an_answer_goes_to_the_next(offered: PartBooking) -> None:
    assert offered.offer_until is not None
    assert lapse_due(now=offered.offer_until) == 1
    assert (state_of(offered), state_of(second_of(offered))) == (State.CANCELLED, State.OFFERED)
    assert mails("event_offer_lapsed") == [offered.registration.email]


def test_an_offer_that_still_runs_is_left_alone(offered: PartBooking) -> None:
    assert offered.offer_until is not None
    assert lapse_due(now=offered.offer_until - datetime.timedelta(seconds=1)) == 0
    assert (state_of(offered), mails("event_offer_lapsed")) == (State.OFFERED, [])


def test_a_late_yes_is_taken_while_the_scan_has_not_come_by(offered: PartBooking) -> None:
    assert offered.offer_until is not None
    answers.accept(booking_id=offered.pk, now=offered.offer_until + datetime.timedelta(minutes=5))
    assert state_of(offered) == State.CONFIRMED


def test_a_late_yes_is_taken_while_the_place_is_free(offered: PartBooking) -> None:
    answers.leave(booking_id=second_of(offered).pk)
    lapse_due(now=offered.offer_until)
    assert state_of(offered) == State.CANCELLED
    answers.accept(booking_id=offered.pk)
    assert state_of(offered) == State.CONFIRMED


def test_a_late_yes_is_refused_when_the_next_has_the_offer(offered: PartBooking) -> None:
    lapse_due(now=offered.offer_until)
    with pytest.raises(NoPlaceLeft):
        answers.accept(booking_id=offered.pk)
    assert state_of(offered) == State.CANCELLED


def test_after_a_lapsed_offer_one_can_wait_again_at_the_end(offered: PartBooking) -> None:
    third = someone_waiting(offered.part)
    lapse_due(now=offered.offer_until)
    answers.wait_again(booking_id=offered.pk)
    answers.leave(booking_id=second_of_line(offered))
    assert (state_of(offered), state_of(third)) == (State.WAITLISTED, State.OFFERED)


def second_of_line(first: PartBooking) -> int:
    return PartBooking.objects.get(part=first.part, state=State.OFFERED).pk


def test_in_the_last_hours_nobody_is_offered_a_place(world: World) -> None:
    part = make_full_part(world)
    first = someone_waiting(part)
    beginning_in(part.event, hours=5)
    cancel(registration_id=attending(part).pk)
    assert (state_of(first), free_places(part, Mode.SITE)) == (State.WAITLISTED, 1)
    assert mails("event_offer") == []


def test_a_place_online_goes_to_those_who_wait_for_one_online(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1, online=1)
    leaving = make_registration(event, part, mode=Mode.ONLINE)
    on_site, online = someone_waiting(part), someone_waiting(part, mode=Mode.ONLINE)
    cancel(registration_id=leaving.pk)
    assert (state_of(on_site), state_of(online)) == (State.WAITLISTED, State.CONFIRMED)


def test_whoever_attends_another_part_then_is_not_given_a_second(world: World) -> None:
    part = make_full_part(world)
    other = make_part(part.event)
    busy, second = someone_waiting(part), someone_waiting(part)
    make_booking(busy.registration, other)
    cancel(registration_id=attending(part).pk)
    assert (state_of(busy), state_of(second)) == (State.WAITLISTED, State.CONFIRMED)


def test_nobody_moves_up_in_an_event_that_is_cancelled(world: World) -> None:
    part = make_full_part(world)
    first = someone_waiting(part)
    Event.objects.filter(pk=part.event_id).update(state=Event.State.CANCELLED, cancelled_at=timezone.now())
    raise_to(part, 5)
    assert (pass_on_free_places(), state_of(first)) == (0, State.WAITLISTED)


def test_the_scan_finds_places_that_nobody_has_passed_on(world: World) -> None:
    part = make_full_part(world)
    first, second, third = (someone_waiting(part) for _number in range(3))
    raise_to(part, 3)
    assert (pass_on_free_places(), pass_on_free_places()) == (2, 0)
    states = [state_of(booking) for booking in (first, second, third)]
    assert states == [State.CONFIRMED, State.CONFIRMED, State.WAITLISTED]
    assert len(mails("event_moved_up")) == 2


def test_with_the_beginning_all_waiting_ends_and_each_is_told_once(world: World) -> None:
    part = make_full_part(world)
    both = someone_waiting(part)
    other = make_full_part(world)
    other.event, other.choice = part.event, ""
    other.save()
    make_booking(both.registration, other, state=State.WAITLISTED)
    now = part.event.starts_at
    assert (answers.end_lines(now=now), answers.end_lines(now=now)) == (1, 0)
    assert mails("event_waiting_ended") == [both.registration.email]
    assert not PartBooking.objects.filter(state__in=PartBooking.WAITING).exists()


def test_before_the_beginning_nobody_stops_waiting(world: World) -> None:
    first = someone_waiting(make_full_part(world))
    assert answers.end_lines() == 0
    assert (state_of(first), mails("event_waiting_ended")) == (State.WAITLISTED, [])


def test_the_desk_takes_somebody_in_out_of_order(world: World) -> None:
    part = make_full_part(world)
    first, second = someone_waiting(part), someone_waiting(part)
    beginning_in(part.event, hours=3)
    cancel(registration_id=attending(part).pk)
    answers.take_in(booking_id=second.pk, reason="ist schon da", is_beyond=False, actor=world.bert)
    assert (state_of(first), state_of(second)) == (State.WAITLISTED, State.CONFIRMED)
    assert LogEntry.objects.get(act="registration.taken_in").detail["reason"] == "ist schon da"


def test_without_a_free_place_the_desk_takes_nobody_in_by_chance(world: World) -> None:
    first = someone_waiting(make_full_part(world))
    with pytest.raises(NoPlaceLeft):
        answers.take_in(booking_id=first.pk, reason="eilig", is_beyond=False, actor=world.bert)
    assert state_of(first) == State.WAITLISTED


def test_beyond_the_capacity_the_desk_says_why(world: World) -> None:
    first = someone_waiting(make_full_part(world))
    answers.take_in(booking_id=first.pk, reason="Stuhl dazu", is_beyond=True, actor=world.bert)
    assert state_of(first) == State.CONFIRMED
    assert (first.beyond_reason, first.beyond_by) == ("Stuhl dazu", world.bert)
    assert "Stuhl" not in str(LogEntry.objects.get(act="registration.let_in_beyond").detail)


def test_whoever_is_taken_off_reads_the_reason(world: World) -> None:
    first = someone_waiting(make_full_part(world))
    answers.take_off(booking_id=first.pk, reason="doppelt angemeldet", actor=world.bert)
    mail = OutgoingMail.objects.get(kind="event_waiting_ended")
    assert (state_of(first), mail.content["reason"]) == (State.CANCELLED, "doppelt angemeldet")


def test_nobody_is_taken_off_twice(world: World) -> None:
    first = someone_waiting(make_full_part(world))
    answers.take_off(booking_id=first.pk, reason="doppelt", actor=world.bert)
    with pytest.raises(Refusal):
        answers.take_off(booking_id=first.pk, reason="doppelt", actor=world.bert)
    assert len(mails("event_waiting_ended")) == 1


def test_whoever_has_no_address_is_called(world: World) -> None:
    part = make_full_part(world)
    someone_waiting(part, email="", phone="0341 123456")
    cancel(registration_id=attending(part).pk)
    mail = OutgoingMail.objects.get(kind="event_waiting_call")
    assert (mail.to_email, mail.content["contact_phone"]) == (world.bert.email, "0341 123456")
    assert mails("event_moved_up") == []


def test_a_colleague_without_an_address_is_told_through_who_registered_them(world: World) -> None:
    part = make_full_part(world)
    boss = make_registration(part.event)
    someone_waiting(part, email="", registered_by=boss)
    Registration.objects.filter(pk=attending(part).pk)
    cancel(registration_id=attending(part).pk)
    assert mails("event_moved_up") == [boss.email]
    assert mails("event_waiting_call") == []


def test_the_database_refuses_a_place_whose_offer_has_lapsed(offered: PartBooking) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PartBooking.objects.filter(pk=offered.pk).update(lapsed_at=timezone.now())
    assert constraint_of(refused.value) == "part_booking_lapsed_is_over"


def test_somebody_new_does_not_pass_those_who_wait(world: World) -> None:
    """In the last hours a place stays free while people wait for it."""
    part = make_full_part(world)
    someone_waiting(part)
    beginning_in(part.event, hours=5)
    cancel(registration_id=attending(part).pk)
    new = make_registration(part.event, part, state=Registration.State.UNCONFIRMED)
    confirm(registration_id=new.pk)
    assert states_of(new) == {part.title: State.WAITLISTED}
    assert (open_places(part, Mode.SITE), free_places(part, Mode.SITE)) == (0, 1)
