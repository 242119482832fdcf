"""Two people at the same moment. They meet behind a lock that somebody holds, so that none is early."""

import datetime
from collections.abc import Iterable

import pytest
from django.db.models import Model

from consultations import booking, desk_booking
from consultations.booking import HoldLost
from consultations.claims import claim_time
from consultations.displaced import Way
from consultations.models import Appointment, Claim, OfficeHours
from consultations.office_hours import cancel_hours, plan_hours, upcoming_in
from consultations.placing import TooLate
from consultations.taking_time import SlotTaken, TimeClash
from partnership.models import OutgoingMail, Person
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import book, confirm, details, hold, move, run_out, start_of, state_of
from tests.consultations.test_office_hours import make_plan
from tests.personas import World, build_world
from tests.races.locks import holding, own_connection, wait_until_waiting
from tests.threads import Job, in_background

pytestmark = pytest.mark.django_db(transaction=True)

State = Appointment.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def elsewhere(world: World) -> OfficeHours:
    return factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])


def behind(thing: Model, *jobs: Job) -> list[object]:
    """What the jobs answer; each has begun and waits for the thing before the first goes on."""
    with holding(thing):
        futures = []
        for number, job in enumerate(jobs, start=1):
            futures.append(in_background(job))
            wait_until_waiting(number)
    return [future.result(timeout=30) for future in futures]


def calling_off(hours: OfficeHours, desk: Person) -> Job:
    """The desk has looked at the bookings before the others come."""
    ways = [Way(appointment.pk, None) for appointment in upcoming_in(hours)]
    return lambda: cancel_hours(hours_id=hours.pk, ways=ways, reason="Krankheit", actor=desk)


def refusals(answers: Iterable[object]) -> list[type]:
    """What was refused; anything else that went wrong is no refusal."""
    answers = list(answers)
    assert [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refusal)] == []
    return [type(answer) for answer in answers if isinstance(answer, Refusal)]


def place_of(appointment: Appointment) -> tuple[int, datetime.datetime]:
    found = Appointment.objects.select_related("lane").get(pk=appointment.pk)
    assert found.lane is not None
    return found.lane.hours_id, found.starts_at


def test_two_firms_choose_one_time(world: World) -> None:
    answers = behind(world.hours, lambda: hold(world.hours), lambda: hold(world.hours))
    assert refusals(answers) == [SlotTaken]
    assert Appointment.objects.count() == 1


def test_the_desk_books_for_a_caller_while_the_public_chooses(world: World) -> None:
    def desk() -> Appointment:
        return desk_booking.book_for_caller(
            hours_id=world.hours.pk, starts_at=start_of(world.hours), details=details(), actor=world.bert
        )

    assert refusals(behind(world.hours, lambda: hold(world.hours), desk)) == [SlotTaken]
    assert Appointment.objects.count() == 1


def test_a_double_click_of_the_desk_is_one_booking_and_a_polite_answer(world: World) -> None:
    def click() -> Appointment:
        return desk_booking.book_for_caller(
            hours_id=world.hours.pk, starts_at=start_of(world.hours), details=details(), actor=world.bert
        )

    assert refusals(behind(world.hours, click, click)) == [SlotTaken]
    assert Appointment.objects.count() == 1


def test_a_double_click_on_a_time_by_whoever_holds_one_already_is_one_hold(world: World) -> None:
    held = hold(world.hours)
    answers = behind(
        world.hours, lambda: hold(world.hours, 1, held=held), lambda: hold(world.hours, 1, held=held)
    )
    assert answers == [held, held]
    assert Appointment.objects.count() == 1


def test_a_double_click_on_book_is_one_booking_with_one_mail(world: World) -> None:
    held = hold(world.hours)

    def click() -> Appointment:
        return booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details())

    assert refusals(behind(world.hours, click, click)) == [HoldLost]
    assert OutgoingMail.objects.count() == 1


def test_a_double_click_on_confirm_confirms_once(world: World) -> None:
    booked = book(world.hours)

    def click() -> tuple[Appointment, str]:
        return booking.confirm(appointment_id=booked.pk)

    answers = behind(world.hours, click, click)
    assert refusals(answers) == []
    assert OutgoingMail.objects.filter(kind="booking_confirmed").count() == 1


def test_two_tabs_one_books_while_the_other_chooses_in_another_house(
    world: World, elsewhere: OfficeHours
) -> None:
    """What one tab has booked is not taken along by the other as a mere hold."""
    held, in_the_way = hold(world.hours), hold(elsewhere)
    run_out(in_the_way)
    with holding(in_the_way):
        choosing = in_background(lambda: hold(elsewhere, held=held))
        wait_until_waiting(1)
        booked = in_background(
            lambda: booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details())
        )
        wait_until_waiting(2)
    assert refusals([choosing.result(30), booked.result(30)]) == [HoldLost]
    assert (state_of(held), place_of(held)[0]) == (State.HELD, elsewhere.pk)


def test_two_firms_move_to_one_time(world: World) -> None:
    first, second = confirm(world.hours, 0), confirm(world.hours, 1)
    answers = behind(world.hours, lambda: move(first, world.hours, 2), lambda: move(second, world.hours, 2))
    assert refusals(answers) == [SlotTaken]
    assert state_of(first) == state_of(second) == State.CONFIRMED
    assert place_of(first) == (world.hours.pk, start_of(world.hours, 2))
    assert place_of(second) == (world.hours.pk, start_of(world.hours, 1))


def test_two_firms_move_to_one_time_from_different_houses(world: World, elsewhere: OfficeHours) -> None:
    third = factories.make_hours(
        office=world.office, police=world.police, officers=[factories.make_person()], starts=datetime.time(8)
    )
    first, second = confirm(world.hours), confirm(elsewhere, contact_email="bob@elektro.example")
    answers = behind(third, lambda: move(first, third), lambda: move(second, third))
    assert refusals(answers) == [SlotTaken]
    assert place_of(first) == (third.pk, start_of(third))
    assert place_of(second) == (elsewhere.pk, start_of(elsewhere))


def test_two_firms_that_want_each_others_time_both_keep_their_own(
    world: World, elsewhere: OfficeHours
) -> None:
    first, second = confirm(world.hours), confirm(elsewhere, contact_email="bob@elektro.example")
    answers = behind(world.hours, lambda: move(first, elsewhere), lambda: move(second, world.hours))
    assert refusals(answers) == [SlotTaken, SlotTaken]
    assert place_of(first)[0] == world.hours.pk
    assert place_of(second)[0] == elsewhere.pk


def test_a_time_is_moved_to_or_booked_never_both(world: World) -> None:
    moving, held = confirm(world.hours), hold(world.hours, 1)
    run_out(held)
    answers = behind(
        world.hours,
        lambda: move(moving, world.hours, 1),
        lambda: booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details()),
    )
    assert refusals(answers) == [SlotTaken]
    assert place_of(moving) == (world.hours.pk, start_of(world.hours, 1))
    assert state_of(held) == State.EXPIRED


@pytest.mark.parametrize("desk_first", [True, False])
def test_the_desk_cancels_the_day_while_a_firm_books(world: World, desk_first: bool) -> None:
    held = hold(world.hours)
    jobs: list[Job] = [
        calling_off(world.hours, world.bert),
        lambda: booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details()),
    ]
    answers = behind(world.hours, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == ([SlotTaken] if desk_first else [Refusal])
    assert state_of(held) == (State.EXPIRED if desk_first else State.UNCONFIRMED)


@pytest.mark.parametrize("desk_first", [True, False])
def test_the_desk_cancels_the_day_while_a_firm_confirms(world: World, desk_first: bool) -> None:
    booked = book(world.hours)
    jobs: list[Job] = [
        calling_off(world.hours, world.bert),
        lambda: booking.confirm(appointment_id=booked.pk),
    ]
    answers = behind(world.hours, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == ([TooLate] if desk_first else [])
    assert state_of(booked) == State.CANCELLED


@pytest.mark.parametrize("desk_first", [True, False])
def test_the_desk_cancels_the_day_while_a_firm_moves_away(
    world: World, elsewhere: OfficeHours, desk_first: bool
) -> None:
    appointment = confirm(world.hours)
    jobs: list[Job] = [
        calling_off(world.hours, world.bert),
        lambda: move(appointment, elsewhere),
    ]
    answers = behind(world.hours, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == ([TooLate] if desk_first else [])
    assert state_of(appointment) == (State.CANCELLED if desk_first else State.CONFIRMED)
    assert place_of(appointment)[0] == (world.hours if desk_first else elsewhere).pk


@pytest.mark.parametrize("desk_first", [True, False])
def test_the_desk_cancels_the_day_that_a_firm_moves_to(
    world: World, elsewhere: OfficeHours, desk_first: bool
) -> None:
    appointment = confirm(world.hours)
    jobs: list[Job] = [
        calling_off(elsewhere, world.hanna),
        lambda: move(appointment, elsewhere),
    ]
    answers = behind(elsewhere, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == ([SlotTaken] if desk_first else [Refusal])
    assert state_of(appointment) == State.CONFIRMED
    assert place_of(appointment)[0] == (world.hours if desk_first else elsewhere).pk


@pytest.mark.parametrize("desk_first", [True, False])
def test_the_desk_cancels_an_appointment_while_its_firm_moves_it(
    world: World, elsewhere: OfficeHours, desk_first: bool
) -> None:
    appointment = confirm(world.hours)
    jobs: list[Job] = [
        lambda: desk_booking.cancel_by_desk(
            appointment_id=appointment.pk, reason="Krankheit", actor=world.bert
        ),
        lambda: move(appointment, elsewhere),
    ]
    answers = behind(world.hours, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == ([TooLate] if desk_first else [])
    assert state_of(appointment) == State.CANCELLED


@pytest.mark.parametrize("hours_first", [True, False])
def test_office_hours_or_a_visit_take_an_officer_never_both(world: World, hours_first: bool) -> None:
    plan = make_plan(world, officers=[world.pia], room=None)
    starts_at = plan.as_hours().starts_at
    ends_at = starts_at + datetime.timedelta(hours=1)
    jobs: list[Job] = [
        lambda: plan_hours(plan=plan, actor=world.bert),
        lambda: claim_time(kind=Claim.Kind.VISIT, officer=world.pia, starts_at=starts_at, ends_at=ends_at),
    ]
    answers = behind(world.pia, *(jobs if hours_first else jobs[::-1]))
    assert refusals(answers) == [TimeClash]
    assert [c.kind for c in Claim.objects.filter(officer=world.pia)] == [
        Claim.Kind.OFFICE_HOURS if hours_first else Claim.Kind.VISIT
    ]


@pytest.mark.parametrize("hours_first", [True, False])
def test_office_hours_or_a_talk_take_a_room_never_both(world: World, hours_first: bool) -> None:
    plan = make_plan(world, officers=[world.pia])
    starts_at = plan.as_hours().starts_at
    ends_at = starts_at + datetime.timedelta(hours=1)
    jobs: list[Job] = [
        lambda: plan_hours(plan=plan, actor=world.bert),
        lambda: claim_time(kind=Claim.Kind.VISIT, room=world.room, starts_at=starts_at, ends_at=ends_at),
    ]
    answers = behind(world.room, *(jobs if hours_first else jobs[::-1]))
    assert refusals(answers) == [TimeClash]
    assert OfficeHours.objects.filter(day=plan.day).exists() is hours_first
    assert Claim.objects.filter(officer=world.pia).exists() is hours_first


def test_two_chambers_plan_one_officer(world: World) -> None:
    plans = [make_plan(world), make_plan(world, office=world.hwk_office, room=None)]
    answers = behind(world.paula, *(lambda p=p: plan_hours(plan=p, actor=world.bert) for p in plans))
    assert refusals(answers) == [TimeClash]


def test_a_third_booking_of_one_address_is_refused_even_in_different_houses(
    world: World, elsewhere: OfficeHours
) -> None:
    book(world.hours, 0)
    first, second = hold(world.hours, 1), hold(elsewhere, 0)

    def book_in(hours: OfficeHours, held: Appointment) -> Appointment:
        return booking.book(held_id=held.pk, hours_id=hours.pk, details=details())

    with holding(world.hours), holding(elsewhere):
        waiting = [in_background(lambda: book_in(world.hours, first))]
        waiting.append(in_background(lambda: book_in(elsewhere, second)))
        wait_until_waiting(2)
    assert refusals(job.result(30) for job in waiting) == [Refusal]
    assert Appointment.objects.filter(state=State.UNCONFIRMED).count() == 2


def test_two_first_bookings_of_one_address_confirmed_at_once_make_one_person(
    world: World, elsewhere: OfficeHours
) -> None:
    bookings = [book(world.hours), book(elsewhere)]
    with holding(world.hours), holding(elsewhere):
        waiting = [
            in_background(lambda b=b: booking.confirm(appointment_id=b.pk))  # type: ignore[misc]
            for b in bookings
        ]
        wait_until_waiting(2)
    assert refusals(job.result(30) for job in waiting) == []
    assert {state_of(booked) for booked in bookings} == {State.CONFIRMED}
    assert Person.objects.filter(email="alice@tischlerei.example").count() == 1


def test_a_person_that_somebody_else_is_just_making_is_waited_for(world: World) -> None:
    booked = book(world.hours)
    with own_connection() as somebody:
        somebody.execute(
            "INSERT INTO partnership_person"
            " (email, name, password, is_active, is_staff, is_superuser, joined_at)"
            " VALUES (%s, 'Alice', '!', true, false, false, now())",
            [booked.contact_email],
        )
        confirming = in_background(lambda: booking.confirm(appointment_id=booked.pk))
        wait_until_waiting(1)
    assert refusals([confirming.result(30)]) == []
    assert Appointment.objects.get(pk=booked.pk).person == Person.objects.get(name="Alice")
