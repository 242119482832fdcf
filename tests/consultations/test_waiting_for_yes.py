"""A booking without its yes: a reminder by mail, a call on the last day, then it is released."""

import datetime

import pytest
from django.utils import timezone

from consultations import booking, tasks
from consultations.access import appointment_behind
from consultations.confirmations import ask_for_calls, call_moment, end_late_calls, remind_unconfirmed
from consultations.expiry import expire_due
from consultations.models import Appointment, OfficeHours, PhoneTask, ReminderPlan
from consultations.phone_tasks import ask_for_call, finish_call, what_was_seen
from partnership.models import OutgoingMail, SecretLink
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import MINUTE, book, confirm, token_in
from tests.personas import World
from tests.smtp import Postbox

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
Reason, State = PhoneTask.Reason, Appointment.State


@pytest.fixture
def booked(world: World) -> Appointment:
    """Five hours ago, with two days to confirm."""
    appointment = book(world.hours)
    now = timezone.now()
    appointment.asked_at, appointment.confirm_by = now - 5 * HOUR, now + 48 * HOUR
    appointment.save()
    return appointment


def change(appointment: Appointment, **fields: object) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(**fields)


def test_after_four_hours_the_firm_is_asked_again(booked: Appointment, mails_of: MailsOf) -> None:
    (mail,) = mails_of(remind_unconfirmed)
    assert (mail.kind, mail.to_email) == ("booking_unconfirmed", booked.contact_email)
    assert mails_of(remind_unconfirmed) == []


def test_both_links_confirm(booked: Appointment) -> None:
    first = OutgoingMail.objects.get(kind="booking_confirm")
    remind_unconfirmed()
    again = OutgoingMail.objects.get(kind="booking_unconfirmed")
    for mail in (first, again):
        assert appointment_behind(token_in(mail), purpose=SecretLink.Purpose.CONFIRM) == booked


@pytest.mark.parametrize(
    "fields",
    [
        lambda now: {"asked_at": now - 3 * HOUR},
        lambda now: {"confirm_by": now + HOUR / 2},
        lambda now: {"state": State.CONFIRMED},
    ],
)
def test_nobody_is_asked_too_early_too_late_or_for_nothing(
    booked: Appointment, mails_of: MailsOf, fields: object
) -> None:
    change(booked, **fields(timezone.now()))  # type: ignore[operator]
    assert mails_of(remind_unconfirmed) == []


def test_the_partnership_decides_after_how_many_hours_and_whether(
    world: World, booked: Appointment, mails_of: MailsOf
) -> None:
    plan = ReminderPlan.objects.create(partnership=world.partnership, confirm_hours=6)
    assert mails_of(remind_unconfirmed) == []
    ReminderPlan.objects.filter(pk=plan.pk).update(confirm_hours=2, confirm_on=False)
    assert mails_of(remind_unconfirmed) == []


def test_a_yes_before_the_mail_leaves_withdraws_it(booked: Appointment, postbox: Postbox) -> None:
    remind_unconfirmed()
    booking.confirm(appointment_id=booked.pk)
    mail = OutgoingMail.objects.get(kind="booking_unconfirmed")
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, postbox.messages) == (OutgoingMail.State.WITHDRAWN, [])


def moment(text: str) -> datetime.datetime:
    """In the week from Monday, 30 November 2026."""
    day, clock = text.split()
    return at_wall_time(datetime.date.fromisoformat(f"2026-{day}"), datetime.time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("asked_at", "confirm_by", "call_at"),
    [
        ("11-30 10:00", "12-01 18:00", "12-01 09:00"),
        ("11-27 10:00", "11-30 18:00", "11-30 09:00"),
        ("11-26 10:00", "11-30 07:00", "11-27 09:00"),
        ("11-29 12:00", "11-30 07:00", "11-29 13:00"),
        ("11-30 15:00", "12-01 09:30", "11-30 16:00"),
        ("11-17 10:00", "11-19 08:00", "11-17 11:00"),
    ],
    ids=["the day itself", "monday", "before nine", "asked on sunday", "too near nine", "a holiday"],
)
def test_the_call_is_at_nine_of_the_last_day_or_soon_enough(
    asked_at: str, confirm_by: str, call_at: str
) -> None:
    appointment = Appointment(asked_at=moment(asked_at), confirm_by=moment(confirm_by))
    assert call_moment(appointment) == moment(call_at)


@pytest.fixture
def last_day(world: World) -> tuple[Appointment, datetime.datetime]:
    """A booking to be confirmed by six on the Tuesday before its week, and nine o'clock of that day."""
    day = world.hours.day
    booked = book(world.hours)
    while day.weekday() != 1:
        day -= datetime.timedelta(days=1)
    nine = at_wall_time(day, datetime.time(9))
    change(booked, asked_at=nine - 20 * HOUR, confirm_by=nine + 9 * HOUR)
    return booked, nine


def test_at_nine_of_the_last_day_the_desk_is_to_call_once(
    last_day: tuple[Appointment, datetime.datetime],
) -> None:
    booked, nine = last_day
    assert [ask_for_calls(now=nine - MINUTE), ask_for_calls(now=nine), ask_for_calls(now=nine)] == [0, 1, 0]
    task = PhoneTask.objects.get()
    assert (task.reason, task.appointment) == (Reason.UNCONFIRMED, booked)


def test_whoever_was_reached_is_not_called_again(
    world: World, last_day: tuple[Appointment, datetime.datetime]
) -> None:
    _booked, nine = last_day
    ask_for_calls(now=nine)
    task = PhoneTask.objects.get()
    PhoneTask.objects.update(made_at=nine)
    finish_call(task_id=task.pk, result=PhoneTask.Result.REACHED, seen=what_was_seen(task), actor=world.bert)
    assert ask_for_calls(now=nine + HOUR) == 0


def test_then_the_time_is_released_and_the_call_ends(
    last_day: tuple[Appointment, datetime.datetime],
) -> None:
    booked, nine = last_day
    ask_for_calls(now=nine)
    expire_due(now=nine + 9 * HOUR)
    booked.refresh_from_db()
    assert (booked.state, PhoneTask.objects.get().result) == (State.EXPIRED, PhoneTask.Result.NOT_NEEDED)
    assert ask_for_calls(now=nine + 9 * HOUR) == 0


def test_an_open_call_about_something_else_is_enough(
    last_day: tuple[Appointment, datetime.datetime],
) -> None:
    booked, nine = last_day
    ask_for_call(appointment=booked, reason=Reason.BOUNCED)
    assert ask_for_calls(now=nine) == 0
    assert PhoneTask.objects.get().reason == Reason.BOUNCED


@pytest.mark.parametrize(("reason", "stays"), [(Reason.BOUNCED, False), (Reason.CANCELLED, True)])
def test_questions_end_when_the_talk_begins_and_apologies_do_not(
    world: World, reason: PhoneTask.Reason, stays: bool
) -> None:
    appointment = confirm(world.hours)
    ask_for_call(appointment=appointment, reason=reason)
    end_late_calls(now=appointment.starts_at)
    assert (PhoneTask.objects.get().done_at is None) == stays


def test_the_schedule_runs_them(booked: Appointment) -> None:
    tasks.remind_unconfirmed()
    change(booked, confirm_by=timezone.now() + MINUTE)
    tasks.ask_for_calls()
    assert OutgoingMail.objects.filter(kind="booking_unconfirmed").exists()
    assert PhoneTask.objects.get().reason == Reason.UNCONFIRMED


def test_hours_in_another_partnership_follow_its_own_plan(world: World, mails_of: MailsOf) -> None:
    other = factories.make_partnership()
    ReminderPlan.objects.create(partnership=other, confirm_on=False)
    hours: OfficeHours = factories.make_hours(
        office=world.hwk_office, police=world.police, officers=[world.pia], partnership=other
    )
    change(book(hours), asked_at=timezone.now() - 5 * HOUR, confirm_by=timezone.now() + 9 * HOUR)
    assert mails_of(remind_unconfirmed) == []
