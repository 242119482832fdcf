"""What those who wait want: whether a time suits them, and in words. Pure."""

import datetime

from django.utils.translation import gettext as _

from consultations.models import VisitRequest, Waiting
from partnership.times import WEEKDAYS, berlin, current_language, long_day

NOON = datetime.time(12)
PartOfDay = Waiting.PartOfDay


def suits(waiting: Waiting | VisitRequest, starts_at: datetime.datetime) -> bool:
    local = berlin(starts_at)
    day = local.date()
    if waiting.weekdays and day.weekday() not in waiting.weekdays:
        return False
    if waiting.not_before and day < waiting.not_before:
        return False
    if isinstance(waiting, Waiting) and waiting.not_after and day > waiting.not_after:
        return False
    if waiting.part_of_day == PartOfDay.ANY:
        return True
    return (local.time() < NOON) == (waiting.part_of_day == PartOfDay.MORNING)


def wishes_in_words(waiting: Waiting | VisitRequest) -> str:
    """'Montag, Mittwoch; vormittags; ab 24. November 2026', or 'jede Zeit'."""
    names = WEEKDAYS[current_language()]
    not_after = waiting.not_after if isinstance(waiting, Waiting) else None
    parts = [
        ", ".join(names[number] for number in sorted(waiting.weekdays)),
        "" if waiting.part_of_day == PartOfDay.ANY else str(waiting.get_part_of_day_display()),
        _("ab %(day)s") % {"day": long_day(waiting.not_before)} if waiting.not_before else "",
        _("bis %(day)s") % {"day": long_day(not_after)} if not_after else "",
    ]
    return "; ".join(part for part in parts if part) or _("jede Zeit")
