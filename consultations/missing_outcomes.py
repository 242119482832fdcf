"""Talks and visits that are over without a word of how they went: their officer is told, once for each."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultations import day_mails
from consultations.models import Appointment, Reminder, ReminderPlan
from consultations.reminder_plans import all_plans
from consultations.whereabouts import PLACE, officer_of
from partnership.models import Person
from partnership.times import at_wall_time, berlin_day

LOOKS_BACK = datetime.timedelta(days=14)
"""What is older stands on the officer's page only."""

Kind = Reminder.Kind


def remind_of_outcomes(*, now: datetime.datetime | None = None) -> int:
    """The scan: from the time of day that the plan says, about the days before; returns how many mails."""
    now = now or timezone.now()
    plans = [plan for plan in all_plans() if plan.outcome_on]
    return sum(
        _tell_officers(plan, now=now)
        for plan in plans
        if now >= at_wall_time(berlin_day(now), plan.outcome_at)
    )


@transaction.atomic
def _tell_officers(plan: ReminderPlan, *, now: datetime.datetime) -> int:
    talks: dict[Person, list[Appointment]] = {}
    for appointment in _lacking(plan, today=berlin_day(now)):
        officer = officer_of(appointment)
        assert officer is not None
        talks.setdefault(officer, []).append(appointment)
    for officer, own in talks.items():
        Reminder.objects.bulk_create(
            Reminder(
                appointment=appointment,
                kind=Kind.OUTCOME,
                starts_at=appointment.starts_at,
                due_at=now,
                settled_at=now,
                outcome=Reminder.Outcome.SENT,
            )
            for appointment in own
        )
        day_mails.tell_outcome_missing(plan.partnership, officer=officer, appointments=own)
    return len(talks)


def _lacking(plan: ReminderPlan, *, today: datetime.date) -> list[Appointment]:
    """Locked; whoever scans beside us has theirs. Asked again under the lock who was told meanwhile."""
    told = Reminder.objects.filter(appointment=OuterRef("pk"), kind=Kind.OUTCOME)
    midnight = datetime.time()
    found = list(
        Appointment.objects.filter(
            Q(lane__officer__is_active=True) | Q(visit__officer__is_active=True),
            partnership=plan.partnership,
            state=Appointment.State.CONFIRMED,
            period__startswith__gte=at_wall_time(today - LOOKS_BACK, midnight),
            period__startswith__lt=at_wall_time(today, midnight),
        )
        .exclude(Exists(told))
        .select_related(*PLACE, "lane__officer", "visit__officer")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("period", "pk")
    )
    known_ones = Reminder.objects.filter(appointment__in=found, kind=Kind.OUTCOME)
    known = set(known_ones.values_list("appointment", flat=True))
    return [appointment for appointment in found if appointment.pk not in known]
