"""Bookings that wait for their yes: a reminder by mail, a call on the last day. The end is `expiry`'s."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from consultations import mails
from consultations.deadlines import link_end
from consultations.models import Appointment, PhoneTask, Reminder, ReminderPlan
from consultations.phone_tasks import TELL_OF_A_LOST_TIME, ask_for_call, end_call
from consultations.placing import lock_appointment, with_everything
from consultations.reminder_plans import all_plans
from consultations.taking_time import takes_time
from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.times import at_wall_time, berlin_day
from partnership.working_days import is_working_day, working_day_before

CALLS_FROM = datetime.time(9)
TO_CALL = datetime.timedelta(hours=1)
"""So long the desk has for a call at least, and a firm before it is called."""
NEAR = datetime.timedelta(hours=1)
"""A reminder by mail is too late when the booking runs out within this time."""
BATCH = 200

State, Reason = Appointment.State, PhoneTask.Reason


def remind_unconfirmed(*, now: datetime.datetime | None = None) -> int:
    """Ask again, once for each time, so many hours after the last asking as the partnership's plan says."""
    now = now or timezone.now()
    return sum(_remind(plan, now=now) for plan in all_plans() if plan.confirm_on)


def ask_for_calls(*, now: datetime.datetime | None = None) -> int:
    """Open the calls that are due; returns how many."""
    now = now or timezone.now()
    open_calls = PhoneTask.objects.filter(appointment=OuterRef("pk"), done_at=None)
    waiting = _waiting(now).exclude(Exists(open_calls)).order_by("confirm_by")
    due = [a.pk for a in waiting if call_moment(a) <= now]
    return sum(_ask_for_call(appointment_id=key, now=now) for key in due)


def end_late_calls(*, now: datetime.datetime | None = None) -> int:
    """Whom nobody has reached with a question before the talk began, is not called any more."""
    now = now or timezone.now()
    late = PhoneTask.objects.filter(done_at=None, appointment__period__startswith__lte=now)
    keys = late.exclude(reason__in=TELL_OF_A_LOST_TIME).values_list("appointment", flat=True)
    for key in keys:
        _end_late_call(appointment_id=key)
    return len(keys)


def call_moment(appointment: Appointment) -> datetime.datetime:
    """At nine of the day on which the booking runs out; where nobody works then or that is too late, at nine
    of the working day before. Whoever has only just been asked is given an hour."""
    assert appointment.confirm_by is not None
    assert appointment.asked_at is not None
    day = berlin_day(appointment.confirm_by)
    if not is_working_day(day) or at_wall_time(day, CALLS_FROM) + TO_CALL > appointment.confirm_by:
        day = working_day_before(day)
    return max(at_wall_time(day, CALLS_FROM), appointment.asked_at + TO_CALL)


def _waiting(now: datetime.datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(state=State.UNCONFIRMED, confirm_by__gt=now)


def _remind(plan: ReminderPlan, *, now: datetime.datetime) -> int:
    longest_ago = now - datetime.timedelta(hours=plan.confirm_hours)
    reminded = Reminder.objects.filter(
        appointment=OuterRef("pk"), starts_at=OuterRef("period__startswith"), kind=Reminder.Kind.CONFIRM
    )
    due = (
        _waiting(now)
        .filter(partnership=plan.partnership, confirm_by__gt=now + NEAR, asked_at__lte=longest_ago)
        .exclude(Exists(reminded))
    )
    keys = list(due.order_by("confirm_by").values_list("pk", flat=True)[:BATCH])
    return sum(_remind_one(key, plan, now=now) for key in keys)


@transaction.atomic
def _remind_one(appointment_id: int, plan: ReminderPlan, *, now: datetime.datetime) -> bool:
    """Under the lock on the row: whoever acts on the booking, or scans beside us, is seen or waits."""
    appointment = (
        with_everything()
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .filter(pk=appointment_id, state=State.UNCONFIRMED)
        .first()
    )
    if appointment is None:
        return False
    _row, is_first = Reminder.objects.get_or_create(
        appointment=appointment,
        starts_at=appointment.starts_at,
        kind=Reminder.Kind.CONFIRM,
        defaults={"due_at": now, "settled_at": now, "outcome": Reminder.Outcome.SENT},
    )
    if is_first:
        token = issue_link(
            thing=appointment, purpose=SecretLink.Purpose.CONFIRM, expires_at=link_end(appointment)
        )
        text = plan.text_for("confirm", appointment.page_language)
        mails.remind_to_confirm(appointment, token=token, text=text)
    return is_first


@takes_time
def _ask_for_call(*, appointment_id: int, now: datetime.datetime) -> bool:
    """Once for each asking: a firm that said "ich bestätige gleich" is not called again."""
    appointment = lock_appointment(appointment_id)
    if appointment.state != State.UNCONFIRMED or not appointment.confirm_by or appointment.confirm_by <= now:
        return False
    called = PhoneTask.objects.filter(appointment=appointment, made_at__gte=appointment.asked_at)
    if called.exists():
        return False
    ask_for_call(appointment=appointment, reason=Reason.UNCONFIRMED)
    return True


@takes_time
def _end_late_call(*, appointment_id: int) -> None:
    appointment = lock_appointment(appointment_id)
    questions = [reason for reason in Reason if reason not in TELL_OF_A_LOST_TIME]
    end_call(appointment=appointment, result=PhoneTask.Result.NOT_NEEDED, actor=None, only=questions)
