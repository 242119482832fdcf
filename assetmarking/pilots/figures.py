"""The figures of a feasibility study as they may be shown: today, and as a decision was made on them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from assetmarking.models import Asset, Campaign, Mark, Pilot, SearchCount, StolenThing, TheftReport
from assetmarking.pilots.shown import Line, Shown, Tally, publish_tallies
from assetmarking.thefts.finding import BY_POLICE
from partnership.models import Membership
from partnership.small_numbers import Count, shown
from partnership.times import at_wall_time

MIDNIGHT = datetime.time()
A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """`counts` by the keys of `words.FIGURES`; what is missing cannot be told. `campaigns`: those that were
    held. `as_of`: what firms record and report is counted to the end of this day."""

    as_of: datetime.date
    campaigns: int
    hours: Decimal
    counts: Mapping[str, Count]

    @property
    def hours_per_mark(self) -> Decimal | None:
        marked = self.counts["marked"].low
        return (self.hours / marked).quantize(Decimal("0.01"), ROUND_HALF_UP) if marked else None

    @property
    def percent_marked(self) -> int | None:
        recorded = self.counts["recorded"].low
        return 100 * self.counts["marked"].low // recorded if recorded else None


@dataclass(frozen=True, slots=True)
class PilotFigures:
    """`lines` by campaign, or `shown.REST`."""

    figures: Figures
    lines: Mapping[int, Line]


def figures_of(pilot: Pilot, *, today: datetime.date) -> Figures:
    return count_pilot(pilot, list(pilot.campaigns.all()), today=today).figures


def count_pilot(pilot: Pilot, campaigns: list[Campaign], *, today: datetime.date) -> PilotFigures:
    """In three statements. Counted to the end of the last month, so that no two days tell what has happened
    between them."""
    month = today.replace(day=1)
    outcome = publish_tallies(_tallies(pilot, before=month))
    recorded, marked = (sum(getattr(c, name) for c in campaigns) for name in ("recorded", "marked"))
    counts = {"recorded": Count(recorded, recorded), "marked": Count(marked, marked)}
    counts |= _outcome(outcome) | _searched(pilot, before=month)
    held = sum(campaign.day <= today for campaign in campaigns)
    hours = sum((campaign.hours for campaign in campaigns), Decimal())
    figures = Figures(month - A_DAY, held, hours, counts)
    return PilotFigures(figures, outcome.lines if outcome else {})


def stored(figures: Figures) -> dict[str, Any]:
    """For the pilot's row."""
    return {
        "as_of": figures.as_of.isoformat(),
        "campaigns": figures.campaigns,
        "hours": str(figures.hours),
        "counts": {key: [count.low, count.high] for key, count in figures.counts.items()},
    }


def restored(row: Mapping[str, Any]) -> Figures:
    return Figures(
        as_of=datetime.date.fromisoformat(row["as_of"]),
        campaigns=row["campaigns"],
        hours=Decimal(row["hours"]),
        counts={key: Count(*span) for key, span in row["counts"].items()},
    )


def _outcome(outcome: Shown | None) -> dict[str, Count]:
    if outcome is None:
        return {}
    whole = outcome.whole
    return {
        "things": whole.things,
        "marked_later": whole.marked_later,
        "stolen": whole.stolen,
        "traced": whole.traced,
        "returned": whole.returned,
    }


def _tallies(pilot: Pilot, *, before: datetime.date) -> dict[int, Tally]:
    end = at_wall_time(before, MIDNIGHT)
    own_marks = Mark.objects.filter(asset=OuterRef("pk")).exclude(kind__in=Mark.MANUFACTURERS)
    thefts = StolenThing.objects.filter(
        asset=OuterRef("pk"),
        report__reported_at__date__gte=OuterRef("campaign__day"),
        report__reported_at__lt=end,
    ).exclude(report__state=TheftReport.State.WITHDRAWN)
    rows = Asset.objects.filter(campaign__pilot=pilot, created_at__lt=end).values_list(
        "campaign",
        "firm",
        Exists(own_marks.filter(added_at__date__lte=OuterRef("campaign__day"))),
        Exists(own_marks.filter(added_at__lt=end)),
        Exists(thefts),
        Exists(thefts.filter(found_by__in=BY_POLICE, found_on__lt=before)),
        Exists(thefts.filter(returned_on__lt=before)),
    )
    tallies: dict[int, Tally] = {}
    for campaign, firm, had_mark, has_mark, *thefts_of_it in rows.order_by():
        one = Tally(frozenset({firm}), 1, int(has_mark and not had_mark), *map(int, thefts_of_it))
        tallies[campaign] = tallies.get(campaign, Tally()) + one
    return tallies


def _searched(pilot: Pilot, *, before: datetime.date) -> dict[str, Count]:
    """Of all directorates that were members in that time."""
    in_time = Q(starts__lte=pilot.ends) & (Q(ends__isnull=True) | Q(ends__gte=pilot.starts))
    members = Membership.objects.filter(in_time, partnership=pilot.partnership_id)
    rows = SearchCount.objects.filter(
        organisation__in=members.values("organisation"),
        day__range=(pilot.starts, pilot.ends),
        day__lt=before,
    )
    numbers = rows.aggregate(searched=Coalesce(Sum("numbers"), 0), hits=Coalesce(Sum("with_hits"), 0))
    return {"searched": Count(numbers["searched"], numbers["searched"]), "hits": shown(numbers["hits"])}
