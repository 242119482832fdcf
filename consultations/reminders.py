"""Reminders that are due: sent once, in time, and only where they are still true.

There is no lower bound to what is due: a day's pause makes them late, never lost. What a pause has made
pointless is settled without a mail.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations import mails
from consultations.deadlines import link_end
from consultations.models import Appointment, Reminder, ReminderPlan
from consultations.reminder_plans import plan_of
from consultations.whereabouts import PLACE
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import SecretLink

BATCH = 200
BATCHES_AT_ONCE = 20
TOO_LATE = datetime.timedelta(hours=2)
CLOSE = datetime.timedelta(hours=12)
"""A reminder that is so late that the next one follows within these hours leaves it to that."""

Kind, Outcome = Reminder.Kind, Reminder.Outcome


def send_due(*, now: datetime.datetime | None = None) -> int:
    """The scan; returns how many have been settled. Any number may run at once."""
    now = now or timezone.now()
    settled = 0
    for _number in range(BATCHES_AT_ONCE):
        count = _settle_batch(now=now)
        settled += count
        if count < BATCH:
            break
    return settled


def replaced_by(*, close_to: datetime.datetime) -> Exists:
    """Whether the later reminder of the same time is due by then, or was."""
    return Exists(
        Reminder.objects.filter(
            appointment=OuterRef("appointment"),
            starts_at=OuterRef("starts_at"),
            kind=Kind.DAY,
            due_at__lte=close_to,
        )
    )


def lock_due(*, now: datetime.datetime) -> list[int]:
    """Keys of the next ones in nobody else's hands, in a transaction. The index alone answers this."""
    due = Reminder.objects.filter(settled_at=None, due_at__lte=now).order_by("due_at", "pk")
    locked = due.select_for_update(skip_locked=True, no_key=True)
    return list(locked.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _settle_batch(*, now: datetime.datetime) -> int:
    due = list(
        Reminder.objects.filter(pk__in=lock_due(now=now))
        .annotate(has_later=replaced_by(close_to=now + CLOSE))
        .select_related(*(f"appointment__{path}" for path in (*PLACE, "host", "police")))
        .order_by("due_at", "pk")
    )
    plans: dict[int, ReminderPlan] = {}
    found: dict[Reminder.Outcome, list[int]] = {}
    for reminder in due:
        outcome = _judge(reminder, now=now)
        found.setdefault(outcome, []).append(reminder.pk)
        key = reminder.appointment.partnership_id
        if outcome == Outcome.SENT:
            plan = plans.get(key) or plans.setdefault(key, plan_of(key))
            _send(reminder, plan)
        elif outcome == Outcome.NO_ADDRESS:
            appointment = reminder.appointment
            organisation = appointment.host or appointment.police
            log_act(act="reminder.no_address", thing=appointment, organisation=organisation)
    for outcome, keys in found.items():
        Reminder.objects.filter(pk__in=keys).update(settled_at=now, outcome=outcome)
    return len(due)


def _judge(reminder: Reminder, *, now: datetime.datetime) -> Reminder.Outcome:
    appointment = reminder.appointment
    stands = appointment.state == Appointment.State.CONFIRMED and appointment.starts_at == reminder.starts_at
    if not stands or reminder.starts_at - now < TOO_LATE:
        return Outcome.MOOT
    if reminder.kind == Kind.WEEK and reminder.has_later:  # type: ignore[attr-defined]
        return Outcome.REPLACED
    return Outcome.SENT if appointment.contact_email else Outcome.NO_ADDRESS


def _send(reminder: Reminder, plan: ReminderPlan) -> None:
    appointment = reminder.appointment
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    text = plan.text_for(reminder.kind, appointment.page_language)
    mails.remind(appointment, kind=reminder.kind, token=token, text=text)
