"""How much of the advice is carried out, by area, kind of premises and quarter (docs/decisions/0030-…).

Counted is how things stood when the last quarter ended: nothing that is told now changes a number today.
Every line stands for five visits and ten recommendations at least, so that none tells of one firm.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import VisitRequest
from consultations.numbers.counting import month_after, quarter_of
from consultations.numbers.words import quarter_name
from partnership.models import Organisation, Partnership
from partnership.rules import Posts
from partnership.small_numbers import LEAST, LEAST_SHARED
from partnership.times import at_wall_time

QUARTERS = 8
EDGE = 10
"""Shares below it and above its complement are not told exactly, in percent: nearly all would be of each."""
RULES = [
    gettext_lazy(
        "Gezählt ist der Stand am Ende des letzten Quartals, für Besuche der acht Quartale davor und mit der "
        "Fassung des Berichts, die damals galt. Was ein Betrieb heute angibt, zählt ab dem nächsten Quartal."
    ),
    gettext_lazy(
        "Jede Zeile steht für mindestens fünf Besuche und zehn Empfehlungen. Kleinere sind mit der kleinsten "
        "der übrigen zusammengezählt. Anteile unter 10 und über 90 Prozent stehen nicht genau da."
    ),
    gettext_lazy("Umgesetzt ist, was der Betrieb so angibt. Nachgeprüft wird es nicht."),
]

COUNTED = """
WITH in_force AS MATERIALIZED (
    SELECT DISTINCT ON (report.visit_id) report.id, report.visit_id, report.erased_at
    FROM consultations_visitreport report
    WHERE report.police_id = %(police)s AND report.state = 'released' AND report.released_at < %(until)s
    ORDER BY report.visit_id, report.number DESC
), advice AS (
    SELECT report.visit_id AS visit,
        date_trunc('quarter', lower(appointment.period) AT TIME ZONE 'Europe/Berlin')::date AS quarter,
        request.premises AS premises,
        coalesce(area.title, '') AS area,
        CASE WHEN uptake.told_at < %(until)s THEN uptake.state ELSE uptake.state_before END AS state
    FROM in_force report
    JOIN consultations_appointment appointment ON appointment.id = report.visit_id
    JOIN consultations_visit visit ON visit.appointment_id = report.visit_id
    JOIN consultations_visitrequest request ON request.id = visit.request_id
    JOIN consultations_recommendation recommendation ON recommendation.report_id = report.id
    JOIN consultations_finding finding ON finding.id = recommendation.finding_id
    LEFT JOIN consultations_checklistitem item ON item.id = finding.item_id
    LEFT JOIN consultations_checklistarea area ON area.id = coalesce(item.area_id, finding.area_id)
    LEFT JOIN consultations_uptake uptake
        ON uptake.visit_id = report.visit_id AND uptake.key = recommendation.key
    WHERE report.erased_at IS NULL AND request.partnership_id = %(partnership)s
        AND lower(appointment.period) >= %(since)s AND lower(appointment.period) < %(until)s
)
SELECT GROUPING(area, premises, quarter), area, premises, quarter, count(DISTINCT visit), sum(number)::int,
    sum(done)::int, sum(planned)::int, sum(declined)::int
FROM (
    SELECT visit, area, premises, quarter, count(*) AS number,
        count(*) FILTER (WHERE state = 'done') AS done,
        count(*) FILTER (WHERE state = 'planned') AS planned,
        count(*) FILTER (WHERE state = 'declined') AS declined
    FROM advice
    GROUP BY visit, area, premises, quarter
) of_visit
GROUP BY GROUPING SETS ((), (area), (premises), (quarter))
ORDER BY quarter, premises, area
"""
WHOLE, BY_AREA, BY_PREMISES, BY_QUARTER = 0b111, 0b011, 0b101, 0b110


@dataclass(frozen=True, slots=True)
class Unit:
    """A directorate in one partnership: the smallest whole, whoever reads."""

    partnership: Partnership
    police: Organisation

    @property
    def key(self) -> str:
        return f"{self.partnership.pk}-{self.police.pk}"


@dataclass(frozen=True, slots=True)
class Group:
    """`visits`: so many at least, where areas are counted together."""

    label: str
    visits: int
    advice: int
    done: int
    planned: int
    declined: int

    @property
    def can_stand(self) -> bool:
        return self.visits >= LEAST and self.advice >= LEAST_SHARED

    def with_others(self, others: Sequence["Group"]) -> "Group":
        every = [self, *others]
        return Group(
            label=_("%(label)s, zusammen mit: %(others)s")
            % {"label": self.label, "others": ", ".join(group.label for group in others)},
            visits=max(group.visits for group in every),
            advice=sum(group.advice for group in every),
            done=sum(group.done for group in every),
            planned=sum(group.planned for group in every),
            declined=sum(group.declined for group in every),
        )


@dataclass(frozen=True, slots=True)
class Share:
    """In percent, between `low` and `high`, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        if self.low == self.high:
            return _("%(percent)d %%") % {"percent": self.low}
        if self.low == 0:
            return _("unter %(percent)d %%") % {"percent": EDGE}
        return _("über %(percent)d %%") % {"percent": 100 - EDGE}


@dataclass(frozen=True, slots=True)
class Line:
    """`shares`: done, planned, declined, nothing told."""

    label: str
    advice: int
    shares: list[Share]


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    first: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class UptakeReport:
    unit: Unit
    first: datetime.date
    last: datetime.date
    visits: int
    whole: Line
    tables: list[Table]


def units_read_by(posts: Posts) -> list[Unit]:
    """Leads: their directorate, wherever it is asked for visits; coordinators: all of the partnership."""
    asked = VisitRequest.objects.filter(police__in=posts.lead_of) | VisitRequest.objects.filter(
        partnership__in=posts.coordinates
    )
    pairs = set(asked.order_by().values_list("partnership", "police").distinct())
    partnerships = Partnership.objects.in_bulk([pair[0] for pair in pairs])
    police = Organisation.objects.in_bulk([pair[1] for pair in pairs])
    units = [Unit(partnerships[pair[0]], police[pair[1]]) for pair in pairs]
    return sorted(units, key=lambda unit: (unit.police.short_name, unit.partnership.short_name, unit.key))


def make_uptake_report(unit: Unit, *, today: datetime.date) -> UptakeReport | None:
    """One statement. None while there is too little that could be told."""
    until = quarter_of(today)
    since = month_after(until, -3 * QUARTERS)
    found = _count(unit, since, until)
    whole = next(iter(found[WHOLE]), None)
    if whole is None or not whole.can_stand:
        return None
    tables = [
        Table("bereich", _("Nach Bereichen"), _("Bereich"), _lines(found[BY_AREA])),
        Table("betrieb", _("Nach Art des Betriebs"), _("Art des Betriebs"), _lines(found[BY_PREMISES])),
        Table(
            "quartal",
            _("Nach dem Quartal des Besuchs"),
            _("Quartal"),
            [line_of(group) for group in join_neighbours(found[BY_QUARTER])],
        ),
    ]
    return UptakeReport(
        unit=unit,
        first=since,
        last=until - datetime.timedelta(days=1),
        visits=whole.visits,
        whole=line_of(whole),
        tables=[table for table in tables if table.lines],
    )


def fold(groups: Sequence[Group]) -> list[Group]:
    """Those that are too small go together with the smallest that is not; where all are, none is told."""
    small = [group for group in groups if not group.can_stand]
    large = [group for group in groups if group.can_stand]
    if not small or not large:
        return large
    host = min(large, key=lambda group: (group.visits, group.advice))
    return [group.with_others(small) if group is host else group for group in large]


def join_neighbours(groups: Sequence[Group]) -> list[Group]:
    """Quarters that are too small go together with the next; what is left at the end with those before."""
    runs: list[list[Group]] = [[]]
    for group in groups:
        if runs[-1] and _span(runs[-1]).can_stand:
            runs.append([])
        runs[-1].append(group)
    if len(runs) > 1 and not _span(runs[-1]).can_stand:
        runs[-2] += runs.pop()
    return [span for run in runs if run and (span := _span(run)).can_stand]


def _span(groups: Sequence[Group]) -> Group:
    """Their visits are others each."""
    first, last = groups[0].label, groups[-1].label
    return Group(
        label=first if first == last else _("%(first)s bis %(last)s") % {"first": first, "last": last},
        visits=sum(group.visits for group in groups),
        advice=sum(group.advice for group in groups),
        done=sum(group.done for group in groups),
        planned=sum(group.planned for group in groups),
        declined=sum(group.declined for group in groups),
    )


def line_of(group: Group) -> Line:
    untold = group.advice - group.done - group.planned - group.declined
    parts = (group.done, group.planned, group.declined, untold)
    return Line(group.label, group.advice, [share_of(part, group.advice) for part in parts])


def share_of(part: int, whole: int) -> Share:
    percent = round(100 * part / whole)
    if percent < EDGE:
        return Share(0, EDGE - 1)
    if percent > 100 - EDGE:
        return Share(101 - EDGE, 100)
    return Share(percent, percent)


def _lines(groups: Sequence[Group]) -> list[Line]:
    return [line_of(group) for group in fold(groups)]


def _count(unit: Unit, since: datetime.date, until: datetime.date) -> dict[int, list[Group]]:
    midnight = datetime.time()
    asked: dict[str, int | datetime.datetime] = {
        "police": unit.police.pk,
        "partnership": unit.partnership.pk,
        "since": at_wall_time(since, midnight),
        "until": at_wall_time(until, midnight),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        rows = cursor.fetchall()
    found: dict[int, list[Group]] = {kind: [] for kind in (WHOLE, BY_AREA, BY_PREMISES, BY_QUARTER)}
    for kind, area, premises, quarter, *numbers in rows:
        found[kind].append(Group(_label(kind, area, premises, quarter), *numbers))
    return found


def _label(kind: int, area: str, premises: str, quarter: datetime.date) -> str:
    if kind == BY_AREA:
        return area or _("Außerdem")
    if kind == BY_PREMISES:
        return str(VisitRequest.Premises(premises).label)
    return quarter_name(quarter) if kind == BY_QUARTER else _("zusammen")
