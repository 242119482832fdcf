"""A feasibility study as ready strings, for its page and its report."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assetmarking.models import Campaign, Pilot
from assetmarking.pilots.chart import Bar, draw_bars
from assetmarking.pilots.figures import Figures, count_pilot, restored
from assetmarking.pilots.shown import REST, Line
from assetmarking.pilots.targets import Target, targets_of
from assetmarking.pilots.words import FIGURES, decimal_words
from partnership.small_numbers import Count
from partnership.times import long_day, numeric_date

NOT_TOLD = "–"
DECIDED = {
    Pilot.Decision.GO: "success",
    Pilot.Decision.GO_CHANGED: "success",
    Pilot.Decision.NO_GO: "info",
}


@dataclass(frozen=True, slots=True)
class Mark:
    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`counts` for each of the page's columns."""

    label: str
    counts: list[str]
    meaning: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """`reached` for each of the page's columns."""

    label: str
    wanted: str
    reached: list[str]


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """`campaign` is None for a sum."""

    campaign: Campaign | None
    label: str
    partners: str
    typed: list[str]
    outcome: list[str]


@dataclass(frozen=True, slots=True)
class Decided:
    words: str
    on: str
    by: str
    reason: str
    corrected: str
    correction: str


@dataclass(frozen=True, slots=True)
class PilotPage:
    """`columns` name what figures stand for: those of the decision first, where there is one."""

    period: str
    mark: Mark
    finding: str
    columns: list[str]
    rows: list[FigureRow]
    targets: list[TargetRow]
    bars: list[Bar]
    bars_as_of: str
    campaigns: list[CampaignRow]
    decided: Decided | None


def lay_out_pilot(pilot: Pilot, *, today: datetime.date) -> PilotPage:
    campaigns = list(pilot.campaigns.prefetch_related("partners"))
    counted = count_pilot(pilot, campaigns, today=today)
    now = counted.figures
    columns = [(_("jetzt"), now)]
    if pilot.decision:
        columns.insert(0, (_("bei der Entscheidung"), restored(pilot.decision_figures)))
    figures = [one for _name, one in columns]
    return PilotPage(
        period=period_of(pilot),
        mark=mark_of(pilot, today=today),
        finding=_finding(figures[0]),
        columns=[f"{name}, {_stand(one)}" for name, one in columns],
        rows=_figure_rows(figures),
        targets=_target_rows(targets_of(pilot, *figures), is_over=pilot.ends < today),
        bars=draw_bars(pilot, figures[0]),
        bars_as_of=_stand(figures[0]),
        campaigns=_campaign_rows(campaigns, counted.lines, now),
        decided=_decided(pilot),
    )


def period_of(pilot: Pilot) -> str:
    """'1. März 2026 bis 31. August 2026'."""
    days = {"first": long_day(pilot.starts), "last": long_day(pilot.ends)}
    return _("%(first)s bis %(last)s") % days


def mark_of(pilot: Pilot, *, today: datetime.date) -> Mark:
    if pilot.decision:
        return Mark(str(pilot.get_decision_display()), DECIDED[Pilot.Decision(pilot.decision)])
    if pilot.ends < today:
        return Mark(_("Entscheidung steht aus"), "warning")
    return Mark(_("läuft") if pilot.starts <= today else _("geplant"))


def _stand(figures: Figures) -> str:
    return _("Stand %(day)s") % {"day": numeric_date(figures.as_of)}


def _finding(figures: Figures) -> str:
    if not figures.counts["recorded"].low:
        return _("Noch ist nichts erfasst.")
    each = figures.hours_per_mark
    words = {
        "campaigns": figures.campaigns,
        "recorded": figures.counts["recorded"],
        "marked": figures.counts["marked"],
        "hours": decimal_words(figures.hours, places=1).removesuffix(",0"),
        "each": NOT_TOLD if each is None else decimal_words(each, places=2),
    }
    return (
        _(
            "Aktionen: %(campaigns)d. Erfasst: %(recorded)s Geräte, davon %(marked)s gekennzeichnet, in "
            "%(hours)s Stunden: %(each)s Stunden je gekennzeichnetem Gerät."
        )
        % words
    )


def _figure_rows(figures: list[Figures]) -> list[FigureRow]:
    return [
        FigureRow(
            str(row.label),
            [_count(one.counts.get(row.key)) for one in figures],
            str(row.meaning),
        )
        for row in FIGURES
    ]


def _target_rows(targets: list[Target], *, is_over: bool) -> list[TargetRow]:
    verdicts = {
        True: _("erreicht"),
        False: _("nicht erreicht") if is_over else _("noch nicht erreicht"),
        None: _("nicht zu sagen"),
    }
    return [
        TargetRow(row.label, row.wanted, [f"{one.words}, {verdicts[one.is_met]}" for one in row.reached])
        for row in targets
    ]


def _campaign_rows(campaigns: list[Campaign], lines: Mapping[int, Line], now: Figures) -> list[CampaignRow]:
    rows = [
        CampaignRow(
            campaign,
            f"{campaign.place}, {numeric_date(campaign.day)}",
            ", ".join(sorted(partner.short_name for partner in campaign.partners.all())),
            _typed(str(campaign.firms), campaign.recorded, campaign.marked, campaign.hours),
            _outcome(lines.get(campaign.pk)),
        )
        for campaign in campaigns
    ]
    if REST in lines:
        rest = CampaignRow(None, _("übrige Aktionen zusammen"), "", [""] * 5, _outcome(lines[REST]))
        rows.append(rest)
    if len(campaigns) > 1:
        typed = _typed("", now.counts["recorded"].low, now.counts["marked"].low, now.hours)
        outcome = [_count(now.counts.get(key)) for key in ("things", "marked_later", "stolen")]
        rows.append(CampaignRow(None, _("zusammen"), "", typed, outcome))
    return rows


def _typed(firms: str, recorded: int, marked: int, hours: Decimal) -> list[str]:
    each = decimal_words(hours / marked, places=2) if marked else NOT_TOLD
    return [firms, str(recorded), str(marked), decimal_words(hours, places=1).removesuffix(",0"), each]


def _outcome(line: Line | None) -> list[str]:
    if line is None:
        return [NOT_TOLD] * 3
    return [_count(line.things), _count(line.marked_later), _count(line.stolen)]


def _count(count: Count | None) -> str:
    return NOT_TOLD if count is None else str(count)


def _decided(pilot: Pilot) -> Decided | None:
    if not pilot.decision or pilot.decided_on is None:
        return None
    return Decided(
        words=str(pilot.get_decision_display()),
        on=long_day(pilot.decided_on),
        by=pilot.decided_by,
        reason=pilot.decision_reason,
        corrected=long_day(pilot.corrected_on) if pilot.corrected_on else "",
        correction=pilot.correction,
    )
