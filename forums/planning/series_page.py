"""Series as the page shows them: the last one, the next one, and what is overdue in words."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forums.models import EventSeries
from forums.planning.due import DueSeries, cadence, due_series
from partnership.times import berlin_day, long_day, numeric_date, today


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """`last` is the latest event's reference, to begin the next one like it."""

    series: EventSeries
    cadence: str
    last: str
    last_words: str
    due_words: str
    is_overdue: bool


def lay_out_series(rows: QuerySet[EventSeries]) -> list[SeriesRow]:
    return [_row(one) for one in due_series(rows)]


def overdue_words(one: DueSeries) -> str:
    """'Sicherheitsforum: seit 3. Dezember 2026 überfällig'."""
    return _("%(title)s: seit %(day)s überfällig") % {"title": one.series.title, "day": long_day(one.due)}


def _row(one: DueSeries) -> SeriesRow:
    due = numeric_date(one.due)
    return SeriesRow(
        series=one.series,
        cadence=cadence(one.series),
        last=one.last.reference if one.last else "",
        last_words=_last_words(one),
        due_words=_("überfällig seit %(day)s") % {"day": due} if one.is_overdue else _until(due),
        is_overdue=one.is_overdue,
    )


def _until(due: str) -> str:
    return _("nächste bis %(day)s") % {"day": due}


def _last_words(one: DueSeries) -> str:
    if one.last is None:
        return _("noch keine")
    day = berlin_day(one.last.starts_at)
    words = _("angekündigt für %(day)s") if day >= today() else _("zuletzt am %(day)s")
    return words % {"day": numeric_date(day)}
