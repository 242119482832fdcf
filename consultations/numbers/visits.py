"""Visits that took place, by month and directorate. They stand in no house's sums, and chambers read none.

Few are hidden; what is added up is what is shown (docs/decisions/0012-small-numbers.md).
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import DateTimeField, F, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Appointment
from consultations.numbers.counting import Scope, months_between
from consultations.numbers.report import month_name
from partnership.models import Organisation
from partnership.small_numbers import ZERO, Count, shown
from partnership.spreadsheets import Cell, Sheet
from partnership.times import BERLIN, at_wall_time

RULE = gettext_lazy(
    "Besuche vor Ort zählen für die Dienststelle der Polizei in dem Monat, in dem sie stattfanden, und in "
    "keinem Haus. Die Auswahl der Häuser ändert daran nichts."
)


@dataclass(frozen=True, slots=True)
class VisitLine:
    month: str
    counts: list[Count]


@dataclass(frozen=True, slots=True)
class VisitTable:
    """A column for each directorate."""

    police: list[str]
    lines: list[VisitLine]
    total: VisitLine


def visits_made(scope: Scope) -> VisitTable | None:
    """Two statements. For leads and coordinators; None where there are none to show."""
    midnight = datetime.time()
    seen = Q(police__in=scope.posts.lead_of) | Q(partnership__in=scope.posts.coordinates)
    rows = (
        Appointment.objects.filter(
            seen,
            mode=Appointment.Mode.ON_SITE,
            state=Appointment.State.ATTENDED,
            period__startswith__gte=at_wall_time(scope.first, midnight),
            period__startswith__lt=at_wall_time(scope.last + datetime.timedelta(days=1), midnight),
        )
        .order_by()
        .annotate(month=TruncMonth(F("period__startswith"), tzinfo=BERLIN, output_field=DateTimeField()))
        .values_list("month", "police")
        .annotate(number=Number("pk"))
    )
    counted: dict[tuple[datetime.date, int], int] = defaultdict(int)
    for month, police, number in rows:
        counted[month.date(), police] += number
    if not counted:
        return None
    names = dict(
        Organisation.objects.filter(pk__in={police for _month, police in counted})
        .order_by("short_name", "pk")
        .values_list("pk", "short_name")
    )
    lines = [
        VisitLine(month_name(month), [shown(counted[month, police]) for police in names])
        for month in months_between(scope.first, scope.last)
    ]
    sums = [sum((line.counts[column] for line in lines), ZERO) for column in range(len(names))]
    return VisitTable(list(names.values()), lines, VisitLine(_("zusammen"), sums))


def visits_sheet(table: VisitTable) -> Sheet:
    rows: list[list[Cell]] = [
        [line.month, *(_cell(count) for count in line.counts)] for line in [*table.lines, table.total]
    ]
    return Sheet(_("Besuche vor Ort"), [_("Monat"), *table.police], rows, frozenset({len(rows) - 1}))


def _cell(number: Count) -> Cell:
    return number.low if number.is_exact else str(number)
