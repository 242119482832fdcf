"""Who was there, as whom: for each event of a year, with small numbers kept apart."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.event_words import short_when_of
from forums.models import Event, Registration, Role
from forums.planning.plan import HELD, value_of
from partnership.small_numbers import Cell as TableCell
from partnership.small_numbers import Count as Known
from partnership.small_numbers import publish, sum_of
from partnership.spreadsheets import Cell, Sheet, workbook_of
from partnership.times import at_wall_time, berlin, numeric_date

SHORT = {
    Role.BUSINESS: gettext_lazy("Unternehmen"),
    Role.FULL_TIME: gettext_lazy("hauptamtlich"),
    Role.HONORARY: gettext_lazy("ehrenamtlich"),
    Role.VOLUNTEER: gettext_lazy("freiwillig"),
    Role.PUBLIC: gettext_lazy("Öffentlichkeit"),
}
"""The heads of the columns; `Role` has the whole words."""
RULES = (
    gettext_lazy("Gezählt ist, wer in mindestens einem Teil da war; je Veranstaltung einmal."),
    gettext_lazy("Zahlen von 1 bis 4 stehen als „< 5“; manche größere daneben nur ungefähr."),
    gettext_lazy("Veranstaltungen zählen, wenn vermerkt ist, dass sie stattgefunden haben."),
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """`counts` in the order of `SHORT`."""

    title: str
    when: str
    counts: list[Known]
    total: Known
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RoleTable:
    year: int
    lines: list[RoleLine]
    total: RoleLine


def make_role_table(registrations: QuerySet[Registration], *, year: int) -> RoleTable:
    """`registrations` are those that a person may read; in two statements for any number."""
    there = registrations.filter(
        event__state__in=HELD,
        event__starts_at__gte=_new_year(year),
        event__starts_at__lt=_new_year(year + 1),
        bookings__attendances__isnull=False,
    )
    counted = {
        (event, role): number
        for event, role, number in there.order_by()
        .values_list("event", "role")
        .annotate(number=Count("pk", distinct=True))
    }
    events = list(
        Event.objects.filter(pk__in={event for event, _role in counted}).order_by("starts_at", "pk")
    )
    numbers: dict[TableCell, int] = {
        (event.pk, role): counted.get((event.pk, role), 0) for event in events for role in SHORT
    }
    block = publish(numbers, [*SHORT, *(event.pk for event in events)])
    lines = [
        RoleLine(
            title=event.title,
            when=short_when_of(event),
            counts=[block.cells[event.pk, role] for role in SHORT],
            total=block.sums[event.pk],
            reference=event.reference,
        )
        for event in events
    ]
    columns = [block.sums.get(role, Known(0, 0)) for role in SHORT]
    whole = sum_of(columns) & sum_of(line.total for line in lines)
    return RoleTable(year, lines, RoleLine(_("zusammen"), "", columns, whole))


def years_of(registrations: QuerySet[Registration], *, today: datetime.date) -> list[int]:
    """In which something was held, and this one; the latest first."""
    held = registrations.filter(event__state__in=HELD).order_by()
    moments: Iterable[datetime.datetime] = held.values_list("event__starts_at", flat=True).distinct()
    return sorted({berlin(moment).year for moment in moments} | {today.year}, reverse=True)


def role_sheet(table: RoleTable) -> Sheet:
    header = [_("Veranstaltung"), _("Wann"), *(str(Role(role).label) for role in SHORT), _("zusammen")]
    rows = [_row(line) for line in [*table.lines, table.total]]
    return Sheet(_("Teilnahmen %(year)d") % {"year": table.year}, header, rows, frozenset({len(rows) - 1}))


def role_workbook(table: RoleTable, *, made_on: datetime.date) -> bytes:
    rows: list[list[Cell]] = [[_("Jahr"), table.year], [_("Stand"), numeric_date(made_on)]]
    rows += [[_("Regel"), str(rule)] for rule in RULES]
    return workbook_of(role_sheet(table), Sheet(_("Erläuterung"), [_("Was"), _("Bedeutung")], rows))


def _row(line: RoleLine) -> list[Cell]:
    return [line.title, line.when, *map(value_of, line.counts), value_of(line.total)]


def _new_year(year: int) -> datetime.datetime:
    return at_wall_time(datetime.date(year, 1, 1), datetime.time())
