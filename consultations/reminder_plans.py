"""What a partnership's plan means for its appointments: which reminders each owes, and when."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.models import Appointment, Reminder, ReminderPlan
from partnership.administration.changes import log_in_members, write_changes
from partnership.models import Partnership, Person
from partnership.times import at_wall_time, berlin

Kind = Reminder.Kind


def plan_of(partnership_id: int) -> ReminderPlan:
    """The defaults, unsaved, for a partnership that has changed none of them."""
    stored = ReminderPlan.objects.filter(partnership=partnership_id).first()
    return stored or ReminderPlan(partnership_id=partnership_id)


def all_plans() -> list[ReminderPlan]:
    """One for each partnership."""
    partnerships = Partnership.objects.select_related("reminder_plan")
    return [
        getattr(partnership, "reminder_plan", None) or ReminderPlan(partnership=partnership)
        for partnership in partnerships
    ]


def due_moment(starts_at: datetime.datetime, *, days: int) -> datetime.datetime:
    """The same time of day in Berlin, so many days earlier: 23 or 25 hours, when the clocks change."""
    local = berlin(starts_at)
    return at_wall_time(local.date() - datetime.timedelta(days=days), local.time())


def plan_reminders(*, appointment: Appointment, now: datetime.datetime) -> None:
    """Call it where an appointment comes to stand at a time, confirmed or moved, in the act's transaction.

    What it owed for another time goes. A moment that is past already is no reminder.
    """
    owed = Reminder.objects.filter(appointment=appointment, settled_at=None)
    owed.exclude(starts_at=appointment.starts_at).delete()
    plan = plan_of(appointment.partnership_id)
    Reminder.objects.bulk_create(_rows(appointment, plan, now=now), ignore_conflicts=True)


@transaction.atomic
def change_plan(*, partnership_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Holds for reminders not sent yet, too. Raises ChangedMeanwhile. Gives the names of what has changed."""
    partnership = Partnership.objects.get(pk=partnership_id)
    ReminderPlan.objects.get_or_create(partnership=partnership)
    plan = ReminderPlan.objects.select_for_update(no_key=True).get(partnership=partnership)
    fields = write_changes(plan, seen=seen, values=values)
    if fields:
        log_in_members(
            act="reminders.changed",
            thing=partnership,
            partnership=partnership,
            actor=actor,
            detail={"fields": ", ".join(fields)},
        )
        _apply(plan, now=timezone.now())
    return fields


def _apply(plan: ReminderPlan, *, now: datetime.datetime) -> None:
    """A reminder whose new moment is past already keeps its old one, so that nobody is left out."""
    coming = Appointment.objects.filter(
        partnership=plan.partnership, state=Appointment.State.CONFIRMED, period__startswith__gt=now
    )
    owed = Reminder.objects.filter(appointment__partnership=plan.partnership, settled_at=None)
    owed.exclude(kind__in=_moments(plan, now)).delete()
    moved = []
    for reminder in owed.select_for_update(no_key=True, of=("self",)):
        moment = _moments(plan, reminder.starts_at)[Kind(reminder.kind)]
        if moment > now:
            reminder.due_at = moment
            moved.append(reminder)
    Reminder.objects.bulk_update(moved, ["due_at"], batch_size=500)
    rows = [row for appointment in coming.iterator() for row in _rows(appointment, plan, now=now)]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _rows(appointment: Appointment, plan: ReminderPlan, *, now: datetime.datetime) -> list[Reminder]:
    starts_at = appointment.starts_at
    return [
        Reminder(appointment=appointment, kind=kind, starts_at=starts_at, due_at=moment)
        for kind, moment in _moments(plan, starts_at).items()
        if moment > now
    ]


def _moments(plan: ReminderPlan, starts_at: datetime.datetime) -> dict[Reminder.Kind, datetime.datetime]:
    """Of the kinds that are sent before a talk, the earlier one first."""
    days = {Kind.WEEK: plan.week_days if plan.week_on else 0, Kind.DAY: plan.day_days if plan.day_on else 0}
    return {kind: due_moment(starts_at, days=number) for kind, number in days.items() if number}
