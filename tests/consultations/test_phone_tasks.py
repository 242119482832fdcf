"""Who is on a call, for how long, and how it ends; what ends it without anybody calling."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.checked_address import write_to_checked_address
from consultations.expiry import expire_due
from consultations.forms.calls import next_attempt
from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.phone_tasks import (
    TAKEN_FOR,
    ask_for_call,
    call_again,
    finish_call,
    leave_call,
    take_call,
    what_was_seen,
)
from partnership.models import LogEntry, OutgoingMail, Person, Post, SecretLink
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin
from tests import factories
from tests.consultations.steps import book, confirm, move, start_of
from tests.personas import World

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
Reason, Result = PhoneTask.Reason, PhoneTask.Result


@pytest.fixture
def berta(world: World) -> Person:
    """Another desk person of the IHK."""
    person = factories.make_person(name="Berta Beispiel")
    factories.make_post(person, Post.Role.DESK, organisation=world.ihk)
    return person


@pytest.fixture
def task(world: World) -> PhoneTask:
    """A booking that was moved from a quarter of an hour before its time."""
    appointment = factories.make_appointment(hours=world.hours, contact_email="", calendar_sequence=1)
    return ask_for_call(
        appointment=appointment,
        reason=Reason.MOVED,
        why="Sturm",
        before=appointment.starts_at - HOUR / 4,
        actor=world.bert,
    )


def finish(task: PhoneTask, actor: Person, result: PhoneTask.Result = Result.REACHED) -> PhoneTask:
    return finish_call(task_id=task.pk, result=result, seen=what_was_seen(task), actor=actor)


def again(task: PhoneTask, actor: Person, at: datetime.datetime) -> PhoneTask:
    return call_again(task_id=task.pk, again_at=at, seen=what_was_seen(task), actor=actor)


def test_who_is_on_it_is_named_to_the_next(world: World, task: PhoneTask, berta: Person) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    for act in (take_call, leave_call):
        with pytest.raises(Refusal, match="Bert Beispiel ruft gerade an"):
            act(task_id=task.pk, actor=berta)
    with pytest.raises(Refusal, match="Bert Beispiel"):
        finish(task, berta)


def test_after_a_quarter_of_an_hour_the_next_may(world: World, task: PhoneTask, berta: Person) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    PhoneTask.objects.update(taken_at=timezone.now() - TAKEN_FOR - MINUTE)
    assert take_call(task_id=task.pk, actor=berta).taken_by == berta


def test_whoever_does_not_call_after_all_leaves_it_to_others(
    world: World, task: PhoneTask, berta: Person
) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    leave_call(task_id=task.pk, actor=world.bert)
    assert take_call(task_id=task.pk, actor=berta).taken_by == berta


def test_a_finished_call_is_not_finished_again(world: World, task: PhoneTask, berta: Person) -> None:
    finish(task, world.bert)
    with pytest.raises(Refusal, match="schon erledigt: erreicht"):
        finish(task, berta)
    assert list(LogEntry.objects.filter(act="phone_task.done").values_list("actor", flat=True)) == [
        world.bert.pk
    ]


def test_nobody_answers_and_the_call_comes_back(world: World, task: PhoneTask) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    later = timezone.now() + HOUR
    tried = again(task, world.bert, later)
    assert (tried.due_at, tried.attempts, tried.taken_by, tried.done_at) == (later, 1, None, None)


def test_a_call_comes_back_before_the_firm_sets_out(world: World, task: PhoneTask) -> None:
    assert task.before
    with pytest.raises(Refusal, match="Rufen Sie davor"):
        again(task, world.bert, task.before)
    with pytest.raises(Refusal, match="schon vorbei"):
        again(task, world.bert, timezone.now() - MINUTE)


def test_what_has_changed_since_is_read_first(world: World, task: PhoneTask) -> None:
    seen = what_was_seen(task)
    desk_booking.cancel_by_desk(appointment_id=task.appointment_id, reason="Sturm", actor=world.bert)
    with pytest.raises(Refusal, match="noch einmal geändert"):
        finish_call(task_id=task.pk, result=Result.REACHED, seen=seen, actor=world.bert)


def test_a_new_reason_is_due_at_once(world: World, task: PhoneTask) -> None:
    again(task, world.bert, timezone.now() + HOUR)
    changed = ask_for_call(appointment=task.appointment, reason=Reason.CANCELLED, actor=world.bert)
    assert changed.pk == task.pk
    assert changed.due_at <= timezone.now()


@pytest.mark.parametrize(
    "act",
    [
        lambda a, hours: move(a, hours, 3),
        lambda a, _hours: booking.cancel_by_firm(appointment_id=a.pk),
    ],
)
def test_a_firm_that_acts_itself_needs_no_call(
    world: World, act: Callable[[object, OfficeHours], object]
) -> None:
    appointment = confirm(world.hours)
    ask_for_call(appointment=appointment, reason=Reason.MOVED)
    act(appointment, world.hours)
    task = PhoneTask.objects.get()
    assert (task.result, task.done_by) == (Result.NOT_NEEDED, None)


def test_to_move_for_a_caller_is_to_have_reached_them(world: World) -> None:
    appointment = confirm(world.hours)
    ask_for_call(appointment=appointment, reason=Reason.MOVED)
    desk_booking.move_for_caller(
        appointment_id=appointment.pk,
        hours_id=world.hours.pk,
        starts_at=start_of(world.hours, 2),
        actor=world.bert,
    )
    task = PhoneTask.objects.get()
    assert (task.result, task.done_by) == (Result.REACHED, world.bert)


@pytest.mark.parametrize(
    ("first", "then", "stays"),
    [
        (Reason.MOVED, Reason.BOUNCED, Reason.MOVED),
        (Reason.CANCELLED, Reason.UNCONFIRMED, Reason.CANCELLED),
        (Reason.BOUNCED, Reason.UNCONFIRMED, Reason.BOUNCED),
        (Reason.UNCONFIRMED, Reason.BOUNCED, Reason.BOUNCED),
        (Reason.BOUNCED, Reason.CANCELLED, Reason.CANCELLED),
    ],
)
def test_what_weighs_more_is_what_is_called_about(
    world: World, first: PhoneTask.Reason, then: PhoneTask.Reason, stays: PhoneTask.Reason
) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    for reason in (first, then):
        ask_for_call(appointment=appointment, reason=reason)
    assert PhoneTask.objects.get().reason == stays


def test_the_same_question_again_does_not_bring_a_call_back_early(world: World) -> None:
    task = ask_for_call(appointment=factories.make_appointment(hours=world.hours), reason=Reason.BOUNCED)
    again(task, world.bert, timezone.now() + HOUR)
    ask_for_call(appointment=task.appointment, reason=Reason.BOUNCED)
    task.refresh_from_db()
    assert task.due_at > timezone.now()


def test_a_question_is_asked_again_before_its_deadline(world: World) -> None:
    unconfirmed = factories.make_appointment(hours=world.hours, state="unconfirmed")
    task = ask_for_call(appointment=unconfirmed, reason=Reason.UNCONFIRMED)
    with pytest.raises(Refusal, match="nur bis"):
        again(task, world.bert, unconfirmed.confirm_by + MINUTE)  # type: ignore[operator]


@pytest.mark.parametrize(
    "act",
    [
        lambda a, _world: booking.confirm(appointment_id=a.pk),
        lambda a, _world: expire_due(now=a.confirm_by),
        lambda a, world: desk_booking.cancel_by_desk(appointment_id=a.pk, reason="Irrtum", actor=world.bert),
    ],
)
def test_who_has_answered_or_run_out_is_not_asked(
    world: World, act: Callable[[Appointment, World], object]
) -> None:
    unconfirmed = book(world.hours)
    ask_for_call(appointment=unconfirmed, reason=Reason.UNCONFIRMED)
    act(unconfirmed, world)
    assert PhoneTask.objects.get().result == Result.NOT_NEEDED


def test_the_desk_confirms_with_the_firms_word(world: World) -> None:
    unconfirmed = book(world.hours)
    ask_for_call(appointment=unconfirmed, reason=Reason.UNCONFIRMED)
    confirmed = desk_booking.confirm_for_caller(appointment_id=unconfirmed.pk, actor=world.bert)
    assert (confirmed.state, confirmed.person) == (Appointment.State.CONFIRMED, None)
    assert confirmed.firm is not None
    assert confirmed.firm.contacts.count() == 0
    assert PhoneTask.objects.get().result == Result.REACHED
    assert OutgoingMail.objects.latest("pk").kind == "booking_confirmed"


def test_a_confirmed_address_is_still_confirmed_by_its_own_link(world: World) -> None:
    unconfirmed = book(world.hours)
    desk_booking.confirm_for_caller(appointment_id=unconfirmed.pk, actor=world.bert)
    assert booking.confirm(appointment_id=unconfirmed.pk)[1] == ""
    assert not Person.objects.filter(email=unconfirmed.contact_email).exists()


def test_what_was_released_and_taken_is_confirmed_for_nobody(world: World) -> None:
    released = book(world.hours)
    expire_due(now=released.confirm_by)
    confirm(world.hours)
    with pytest.raises(Refusal):
        desk_booking.confirm_for_caller(appointment_id=released.pk, actor=world.bert)


@pytest.mark.parametrize(("act", "kind"), [(book, "booking_confirm"), (confirm, "booking_confirmed")])
def test_a_corrected_address_gets_the_mail_and_the_old_links_end(
    world: World, act: Callable[..., Appointment], kind: str
) -> None:
    appointment = act(world.hours)
    old = SecretLink.objects.latest("pk")
    ask_for_call(appointment=appointment, reason=Reason.BOUNCED)
    write_to_checked_address(appointment_id=appointment.pk, email="Neu@Firma.example", actor=world.bert)
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.kind, mail.to_email) == (kind, "neu@firma.example")
    assert not SecretLink.objects.filter(pk=old.pk).exists()
    assert PhoneTask.objects.get().result == Result.REACHED


NOON = at_wall_time(datetime.date(2026, 11, 24), datetime.time(12, 1, 30))


@pytest.mark.parametrize(
    ("now", "before", "clock"),
    [
        (NOON, NOON + 900 * HOUR, "24.11. 12:35"),
        (NOON, NOON + 20 * MINUTE, "24.11. 12:11"),
        (NOON, NOON + 5 * MINUTE, "24.11. 12:35"),
        (NOON + 5 * HOUR, NOON + 900 * HOUR, "25.11. 08:00"),
        (NOON + 3 * 24 * HOUR + 5 * HOUR, NOON + 900 * HOUR, "30.11. 08:00"),
    ],
)
def test_the_next_attempt_is_in_time_and_in_office_hours(
    now: datetime.datetime, before: datetime.datetime, clock: str
) -> None:
    assert f"{berlin(next_attempt(now=now, before=before)):%d.%m. %H:%M}" == clock
