"""Counting offered times, appointments and topics: a constant number of statements, however many houses.

A `Unit` is the smallest whole for which is decided what may be shown of its houses. It is never cut by what
somebody asks for or may see, so that nobody can put two answers together.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from consultations.models import Appointment, OfficeHours
from consultations.slots import cut_slots
from partnership.models import Office
from partnership.rules import Posts
from partnership.small_numbers import LEAST
from partnership.times import BERLIN

State = Appointment.State
HOURS = "lane__hours__"
NO_TOPIC = ""
PATTERN = ("starts", "ends", "slot_minutes", "gap_minutes", "pause_starts", "pause_ends")


class Unit(NamedTuple):
    """A chamber with a directorate, in one partnership."""

    partnership_id: int
    host_id: int
    police_id: int


UNIT = ("partnership", "office__organisation", "police")
PARTS = {
    "attended": Q(state=State.ATTENDED),
    "missed": Q(state=State.MISSED),
    "cancelled": Q(state=State.CANCELLED, confirmed_at__isnull=False),
    "open": Q(state=State.CONFIRMED),
}
"""What becomes of a booking; together they are all bookings. `open` has to stay the last."""
IS_BOOKED = Q(state__in=[State.CONFIRMED, State.ATTENDED, State.MISSED]) | Q(
    state=State.CANCELLED, confirmed_at__isnull=False
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose hours, in which houses, from the first day of one month to the last of another."""

    posts: Posts
    office_ids: frozenset[int]
    first: datetime.date
    last: datetime.date

    def within(self, path: str = "") -> Q:
        return seen_by(self.posts, path) & Q(**{f"{path}day__range": (self.first, self.last)})

    def in_houses(self, path: str = "") -> Q:
        return self.within(path) & Q(**{f"{path}office__in": self.office_ids})


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
        OfficeHours.objects.filter(scope.in_houses(), state=OfficeHours.State.PUBLIC)
        .order_by()
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


def booked_parts(scope: Scope) -> dict[tuple[Unit, datetime.date], dict[int, list[int]]]:
    """(unit, month) -> house -> how many bookings came to which end, in the order of `PARTS`.

    Of all houses of a unit, whichever are asked for. Not to be shown as it is.
    """
    keys = [f"{HOURS}{name}" for name in UNIT]
    rows = (
        Appointment.objects.filter(IS_BOOKED, scope.within(HOURS))
        .order_by()
        .annotate(month=_month(f"{HOURS}day"))
        .values_list(*keys, "month", f"{HOURS}office")
        .annotate(**{f"part_{name}": Count("pk", filter=ends) for name, ends in PARTS.items()})
    )
    counted: dict[tuple[Unit, datetime.date], dict[int, list[int]]] = defaultdict(dict)
    for row in rows:
        counted[Unit(*row[:3]), row[3]][row[4]] = list(row[5:])
    return counted


def lead_days(scope: Scope, *keys: str) -> dict[tuple[Any, ...], float]:
    """The median of days from booking to talk, by `office` and `month`, by one of them, or over all.

    Who walked in has not booked ahead. None where fewer than five have.
    """
    names = {"office": f"{HOURS}office", "month": "month"}
    groups = ["whole", *(names[key] for key in keys)]
    whole = ExpressionWrapper(Q(pk__isnull=False), output_field=BooleanField())
    rows = (
        Appointment.objects.filter(IS_BOOKED, scope.in_houses(HOURS), is_walk_in=False)
        .order_by()
        .annotate(month=_month(f"{HOURS}day"), whole=whole)
        .values(*groups)
        .annotate(lead=_Median(_days_ahead()), number=Count("pk"))
        .filter(number__gte=LEAST)
    )
    found = rows.values_list(*groups, "lead")
    return {tuple(row[1:-1]): row[-1].total_seconds() / 86400 for row in found}


def topics_booked(scope: Scope) -> dict[tuple[Unit, datetime.date], dict[int, dict[str, int]]]:
    """(unit, first month of a quarter) -> house -> topic -> bookings.

    The only query for chambers that reads what firms confide. Of all houses of a unit, whichever are asked
    for. Not to be shown as it is.
    """
    keys = [f"{HOURS}{name}" for name in UNIT]
    rows = (
        Appointment.objects.filter(IS_BOOKED, scope.within(HOURS))
        .order_by()
        .annotate(month=_month(f"{HOURS}day"), topic=Coalesce("concern__topic", Value(NO_TOPIC)))
        .values_list(*keys, "month", f"{HOURS}office", "topic")
        .annotate(number=Count("pk"))
    )
    counted: dict[tuple[Unit, datetime.date], dict[int, dict[str, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    for *key, month, office_id, topic, number in rows:
        counted[Unit(*key), quarter_of(month)][office_id][topic] += number
    return counted


def finished_quarters(scope: Scope, *, today: datetime.date) -> list[datetime.date]:
    """First days of those that lie in the scope's months and are over."""
    months = months_between(scope.first, scope.last)
    whole = [month for month in months if month == quarter_of(month) and month_after(month, 2) in months]
    return [quarter for quarter in whole if month_after(quarter, 3) <= today]


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


def _days_ahead() -> Combinable:
    """Whole days of the calendar in Berlin."""
    booked = TruncDate("created_at", tzinfo=BERLIN)
    return ExpressionWrapper(F(f"{HOURS}day") - booked, output_field=DurationField())


def _month(path: str) -> TruncMonth:
    return TruncMonth(path, output_field=DateField())
