"""Counting offered times, appointments and topics: a constant number of statements, however many houses.

A `Unit` is the smallest thing that is counted: one house of one partnership with one directorate. What may
be shown is decided for each unit alone, so that two people who see different parts cannot put them
together.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    QuerySet,
)
from django.db.models.functions import TruncDate, TruncMonth

from consultations.models import Appointment, Concern, OfficeHours
from consultations.slots import cut_slots
from partnership.models import Office
from partnership.rules import Posts
from partnership.times import BERLIN

State = Appointment.State
By = Appointment.CancelledBy
PATTERN = ("starts", "ends", "slot_minutes", "gap_minutes", "pause_starts", "pause_ends")


class Unit(NamedTuple):
    partnership_id: int
    office_id: int
    police_id: int


class Advised(NamedTuple):
    """The smallest thing whose topics are counted: a chamber with a directorate."""

    partnership_id: int
    host_id: int
    police_id: int


PARTS = {
    "attended": Q(state=State.ATTENDED),
    "missed": Q(state=State.MISSED),
    "cancelled_by_firm": Q(state=State.CANCELLED, cancelled_by=By.FIRM, confirmed_at__isnull=False),
    "cancelled_by_house": Q(state=State.CANCELLED, confirmed_at__isnull=False) & ~Q(cancelled_by=By.FIRM),
    "open": Q(state=State.CONFIRMED),
}
"""What becomes of a booking; together they are all bookings."""
IS_BOOKED = Q(state__in=[State.CONFIRMED, State.ATTENDED, State.MISSED]) | Q(
    state=State.CANCELLED, confirmed_at__isnull=False
)
TOOK_PLACE = Q(state__in=[State.CONFIRMED, State.ATTENDED, State.MISSED])


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose hours, in which houses, from the first day of one month to the last of another."""

    posts: Posts
    office_ids: frozenset[int]
    first: datetime.date
    last: datetime.date

    def hours(self) -> QuerySet[OfficeHours]:
        return OfficeHours.objects.filter(
            seen_by(self.posts), office__in=self.office_ids, day__range=(self.first, self.last)
        ).order_by()

    def booked(self) -> QuerySet[Appointment]:
        return Appointment.objects.filter(
            IS_BOOKED,
            seen_by(self.posts, "lane__hours__"),
            lane__hours__office__in=self.office_ids,
            lane__hours__day__range=(self.first, self.last),
        ).order_by()


def seen_by(posts: Posts, path: str = "") -> Q:
    """Desks: the own chamber's houses; leads: their directorate; coordinators: the whole partnership."""
    return (
        Q(**{f"{path}office__organisation__in": posts.desks})
        | Q(**{f"{path}police__in": posts.lead_of})
        | Q(**{f"{path}partnership__in": posts.coordinates})
    )


def houses_counted_for(posts: Posts) -> list[Office]:
    """Those that have, or had, office hours."""
    hours = OfficeHours.objects.filter(seen_by(posts)).order_by().values("office")
    return list(
        Office.objects.filter(pk__in=hours)
        .select_related("organisation")
        .order_by("organisation__name", "kind", "city", "pk")
    )


def days_counted_for(posts: Posts) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of office hours."""
    days = OfficeHours.objects.filter(seen_by(posts)).aggregate(first=Min("day"), last=Max("day"))
    return (days["first"], days["last"]) if days["first"] else None


def offered_times(scope: Scope) -> dict[tuple[int, datetime.date], int]:
    """(house, month) -> talks that public office hours had room for, each officer's counted."""
    rows = (
        scope.hours()
        .filter(state=OfficeHours.State.PUBLIC)
        .annotate(month=_month("day"))
        .values("office", "month", *PATTERN)
        .annotate(lanes=Count("lanes"))
    )
    talks: dict[tuple[Any, ...], int] = {}
    offered: dict[tuple[int, datetime.date], int] = defaultdict(int)
    for row in rows:
        pattern = tuple(row[name] for name in PATTERN)
        if pattern not in talks:
            hours = OfficeHours(day=row["month"], **dict(zip(PATTERN, pattern, strict=True)))
            talks[pattern] = len(cut_slots(hours))
        offered[row["office"], row["month"]] += talks[pattern] * row["lanes"]
    return offered


def booked_parts(scope: Scope) -> dict[tuple[Unit, datetime.date], dict[str, int]]:
    """(unit, month) -> how many bookings came to which end. Not to be shown as it is."""
    hours = "lane__hours__"
    keys = (f"{hours}partnership", f"{hours}office", f"{hours}police", "month")
    rows = scope.booked().annotate(month=_month(f"{hours}day")).values_list(*keys)
    parts = {f"part_{name}": Count("pk", filter=condition) for name, condition in PARTS.items()}
    return {
        (Unit(*row[:3]), row[3]): dict(zip(PARTS, row[4:], strict=True)) for row in rows.annotate(**parts)
    }


def lead_days(scope: Scope, *keys: str) -> dict[tuple[Any, ...], float]:
    """The median of days from booking to talk, by `office` and `month`, by one of them, or over all."""
    names = {"office": "lane__hours__office", "month": "month"}
    rows = (
        scope.booked()
        .annotate(month=_month("lane__hours__day"))
        .values(*(names[key] for key in keys))
        .annotate(lead=_Median(_days_ahead()))
    )
    found = rows.values_list(*(names[key] for key in keys), "lead")
    return {tuple(row[:-1]): row[-1].total_seconds() / 86400 for row in found if row[-1] is not None}


def topics_talked_about(scope: Scope) -> dict[tuple[Advised, datetime.date], dict[str, int]]:
    """(chamber and directorate, first month of a quarter) -> topic -> talks; '' is without a topic.

    The only query for chambers that reads what firms confide. It returns sums of a quarter of a whole
    chamber, and `numbers_report` shows none of fewer than five. The scope's houses do not narrow it.
    """
    hours = "appointment__lane__hours__"
    rows = (
        Concern.objects.filter(
            seen_by(scope.posts, hours),
            appointment__state__in=[State.CONFIRMED, State.ATTENDED, State.MISSED],
            **{f"{hours}day__range": (scope.first, scope.last)},
        )
        .annotate(month=_month(f"{hours}day"))
        .values_list(
            f"{hours}partnership", f"{hours}office__organisation", f"{hours}police", "month", "topic"
        )
        .annotate(talks=Count("pk"))
        .order_by()
    )
    counted: dict[tuple[Advised, datetime.date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for *key, month, topic, talks in rows:
        counted[Advised(*key), quarter_of(month)][topic] += talks
    return counted


def quarter_of(day: datetime.date) -> datetime.date:
    """Its first day."""
    return datetime.date(day.year, day.month - (day.month - 1) % 3, 1)


def month_after(month: datetime.date, count: int = 1) -> datetime.date:
    number = month.year * 12 + month.month - 1 + count
    return datetime.date(number // 12, number % 12 + 1, 1)


def months_between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Both included; each as its first day."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_after(first.replace(day=1), number) for number in range(count)]


class _Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def _days_ahead() -> ExpressionWrapper:
    """Whole days of the calendar in Berlin."""
    booked = TruncDate("created_at", tzinfo=BERLIN)
    return ExpressionWrapper(F("lane__hours__day") - booked, output_field=DurationField())


def _month(path: str) -> TruncMonth:
    return TruncMonth(path, output_field=DateField())
