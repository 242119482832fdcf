"""Office hours from two weeks ago to eight weeks ahead, and the signed-in officer's day today."""

import datetime
from contextlib import suppress

from django.utils import timezone

from consultations.demo.cast import Cast
from consultations.demo.rota import LONG_BEFORE, TODAYS, Turn, turns_on
from consultations.demo.rows import PLANNED_BEFORE, write_hours
from consultations.models import OfficeHours
from consultations.office_hours import Plan, agree_to_hours, plan_hours, publish_hours
from partnership.demo import leipzig
from partnership.journal import entries_about
from partnership.refusals import Refusal
from partnership.times import today

DAYS_BACK = 14
DAYS_AHEAD = 56
State = OfficeHours.State


def create_missing_hours(cast: Cast) -> list[OfficeHours]:
    """What the rota names and nobody has entered yet; where somebody needs the time, the rota gives way."""
    window = [today() + datetime.timedelta(days=n) for n in range(-DAYS_BACK, DAYS_AHEAD + 1)]
    known = set(
        OfficeHours.objects.filter(day__range=(window[0], window[-1])).values_list(
            "office__name", "day", "starts"
        )
    )
    missing = [
        (turn, day)
        for day in window
        for turn in turns_on(day)
        if (turn.office, day, turn.hours[0]) not in known
    ]
    created = [_create(cast, turn, day) for turn, day in missing]
    return [hours for hours in created if hours]


def ensure_today(cast: Cast) -> OfficeHours | None:
    """The signed-in officer's office hours; None only where somebody has planned the day otherwise."""
    officer = cast.people[leipzig.OFFICER]
    hours = (
        OfficeHours.objects.filter(day=today(), lanes__officer=officer)
        .exclude(state=State.CANCELLED)
        .select_related("office__organisation", "police", "partnership")
        .first()
    )
    if hours is None:
        return next(filter(None, (_create(cast, turn, today()) for turn in TODAYS)), None)
    if hours.state == State.DRAFT:
        agree_to_hours(hours_id=hours.pk, actor=officer, for_all=True)
        hours.refresh_from_db(fields=["state"])
    if hours.state == State.AGREED:
        return publish_hours(hours_id=hours.pk, actor=cast.desk_of(hours.office))
    return hours


def _create(cast: Cast, turn: Turn, day: datetime.date) -> OfficeHours | None:
    plan = cast.plan(turn, day)
    if plan is None or cast.is_closed(plan.office, day):
        return None
    with suppress(Refusal):
        if day <= today():
            return write_hours(plan=plan, actor=cast.desk_of(plan.office))
        return _plan_ahead(cast, plan, asks=turn.asks_late and day >= today() + LONG_BEFORE)
    return None


def _plan_ahead(cast: Cast, plan: Plan, *, asks: bool) -> OfficeHours:
    desk = cast.desk_of(plan.office)
    hours = plan_hours(plan=plan, actor=desk)
    if not asks:
        for officer in plan.officers:
            agree_to_hours(hours_id=hours.pk, actor=officer)
    hours = publish_hours(hours_id=hours.pk, actor=desk)
    if not asks:
        _date_back(hours)
    return hours


def _date_back(hours: OfficeHours) -> None:
    """What firms booked last week was published before."""
    planned_at = timezone.now() - PLANNED_BEFORE
    OfficeHours.objects.filter(pk=hours.pk).update(created_at=planned_at)
    hours.lanes.update(agreed_at=planned_at)
    entries_about(hours).update(at=planned_at)
