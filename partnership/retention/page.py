"""The evidence of deletion as ready strings, for the auditor of an organisation.

What belongs to no organisation, such as accounts and mails, is told to every auditor as common.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.log_words import names_of_things
from partnership.models import ErasedThing, RetentionHold, RetentionRun
from partnership.retention.holds import holds_visible_to
from partnership.retention.kinds import RetentionKind, all_kinds, kind_called
from partnership.retention.running import night_of
from partnership.rules import Posts
from partnership.spreadsheets import Cell, Sheet
from partnership.times import BERLIN, clock_text, numeric_date, short_date

NIGHTS = 14
DAYS = 30
BROKEN_OFF_AFTER = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`due` counts what is due by now, `last` what the last night has erased; of one's own and in common."""

    label: str
    what: str
    period: str
    since: str
    whose: str
    last: int
    due: int
    fault: str


@dataclass(frozen=True, slots=True)
class RunRow:
    night: str
    state: str
    badge: str
    finished: str
    erased: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    thing: str
    reason: str
    until: str
    since: str
    organisation: str


@dataclass(frozen=True, slots=True)
class DayRow:
    day: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """`finding` is the one sentence of how it stands, `badge` its kind."""

    finding: str
    badge: str
    rules: list[RuleRow]
    runs: list[RunRow]
    holds: list[HoldRow]
    days: list[DayRow]


def gather_evidence(posts: Posts) -> Evidence:
    now = timezone.now()
    runs = list(RetentionRun.objects.prefetch_related("tallies")[:NIGHTS])
    erased = _erased_in(runs, posts)
    latest = runs[0] if runs else None
    rules = [_rule_row(kind, latest, erased, posts, now=now) for kind in all_kinds()]
    finding, badge = _finding(latest, rules, now=now)
    first = now - datetime.timedelta(days=DAYS)
    return Evidence(
        finding=finding,
        badge=badge,
        rules=rules,
        runs=[_run_row(run, erased, now=now) for run in runs],
        holds=_hold_rows(holds_visible_to(posts)),
        days=[
            DayRow(short_date(day), _rule_label(rule), count)
            for day, rule, _controller, count in _per_day(erasures_visible_to(posts), first)
        ],
    )


def erasures_visible_to(posts: Posts) -> QuerySet[ErasedThing]:
    """An auditor's: of the own organisation, and what is common to all."""
    if not posts.auditor_of:
        return ErasedThing.objects.none()
    return ErasedThing.objects.filter(Q(organisation__in=posts.auditor_of) | Q(organisation__isnull=True))


def erasures_sheet(posts: Posts) -> Sheet:
    """Everything there is, by day."""
    rows: list[list[Cell]] = [
        [f"{day:%Y-%m-%d}", _rule_label(rule), controller or _("gemeinsam"), count]
        for day, rule, controller, count in _per_day(erasures_visible_to(posts), None)
    ]
    return Sheet(_("Löschungen"), [_("Tag"), _("Was"), _("Verantwortlich"), _("Anzahl")], rows)


def _per_day(
    rows: QuerySet[ErasedThing], first: datetime.datetime | None
) -> list[tuple[datetime.date, str, str | None, int]]:
    """Latest first."""
    if first:
        rows = rows.filter(erased_at__gte=first)
    return list(
        rows.annotate(day=TruncDate("erased_at", tzinfo=BERLIN))
        .order_by("-day", "rule", "organisation")
        .values_list("day", "rule", "organisation__short_name")
        .annotate(Count("pk"))
    )


def _erased_in(runs: list[RetentionRun], posts: Posts) -> dict[tuple[int, str], int]:
    """(run, rule) -> how many, where each is listed; else the run's own count, which names nobody's."""
    found: Counter[tuple[int, str]] = Counter()
    rows = erasures_visible_to(posts).filter(run__in=runs).order_by().values_list("run", "rule")
    for run, rule, count in rows.annotate(Count("pk")):
        if run:
            found[run, rule] = count
    unlisted = {kind.key for kind in all_kinds() if not kind.is_listed}
    found.update(
        {(run.pk, t.kind): t.erased for run in runs for t in run.tallies.all() if t.kind in unlisted}
    )
    return found


def _rule_row(
    kind: RetentionKind,
    run: RetentionRun | None,
    erased: dict[tuple[int, str], int],
    posts: Posts,
    *,
    now: datetime.datetime,
) -> RuleRow:
    due, owner = kind.due_rows(now), kind.erasable.owner
    if owner:
        due = due.filter(Q(**{f"{owner}__in": posts.auditor_of}) | Q(**{f"{owner}__isnull": True}))
    tallies = {tally.kind: tally for tally in run.tallies.all()} if run else {}
    return RuleRow(
        label=str(kind.label),
        what=str(kind.what),
        period=kind.period_words,
        since=str(kind.since),
        whose=_("eigene") if owner else _("gemeinsam"),
        last=erased.get((run.pk, kind.key), 0) if run else 0,
        due=due.count(),
        fault=tallies[kind.key].fault if kind.key in tallies else "",
    )


def _run_row(run: RetentionRun, erased: dict[tuple[int, str], int], *, now: datetime.datetime) -> RunRow:
    if run.finished_at:
        state, badge = _("fertig"), "success"
    elif now - run.active_at > BROKEN_OFF_AFTER:
        state, badge = _("nicht fertig geworden"), "danger"
    else:
        state, badge = _("läuft noch"), "info"
    return RunRow(
        night=f"{short_date(run.night)}{run.night.year}",
        state=state,
        badge=badge,
        finished=_span(run),
        erased=sum(count for (key, _rule), count in erased.items() if key == run.pk),
    )


def _span(run: RetentionRun) -> str:
    """'2:30 Uhr bis 2:31 Uhr, 42 Sekunden'."""
    seconds = max(1, round((run.active_at - run.started_at).total_seconds()))
    if seconds < 120:
        took = ngettext("%(count)d Sekunde", "%(count)d Sekunden", seconds) % {"count": seconds}
    else:
        took = _("%(count)d Minuten") % {"count": round(seconds / 60)}
    return _("%(start)s, %(took)s") % {"start": clock_text(run.started_at), "took": took}


def _finding(run: RetentionRun | None, rules: list[RuleRow], *, now: datetime.datetime) -> tuple[str, str]:
    faults = [rule.label for rule in rules if rule.fault]
    if run is None or run.night < night_of(now) - datetime.timedelta(days=1):
        last = (
            _("zuletzt in der Nacht zum %(day)s") % {"day": numeric_date(run.night)} if run else _("noch nie")
        )
        return _("Der Löschlauf ist ausgefallen, %(last)s. Sagen Sie der Technik Bescheid.") % {
            "last": last
        }, "danger"
    if faults:
        return _("Nicht alles ließ sich löschen: %(rules)s. Sagen Sie der Technik Bescheid.") % {
            "rules": ", ".join(faults)
        }, "danger"
    if not run.finished_at:
        return _("Der Löschlauf dieser Nacht ist noch nicht fertig."), "warning"
    if due := sum(rule.due for rule in rules):
        words = ngettext(
            "Der letzte Löschlauf ist fertig. Seither ist %(count)d Eintrag fällig geworden.",
            "Der letzte Löschlauf ist fertig. Seither sind %(count)d Einträge fällig geworden.",
            due,
        )
        return words % {"count": due}, "info"
    return _("Der letzte Löschlauf ist fertig. Was fällig war, ist gelöscht."), "success"


def _hold_rows(holds: QuerySet[RetentionHold]) -> list[HoldRow]:
    rows = list(holds)
    names = names_of_things(rows)
    return [
        HoldRow(
            thing=names[hold.content_type_id, hold.object_id],
            reason=hold.reason,
            until=numeric_date(hold.until),
            since=numeric_date(hold.placed_at.astimezone(BERLIN).date()),
            organisation=hold.organisation.short_name,
        )
        for hold in rows
    ]


def _rule_label(rule: str) -> str:
    if rule == ErasedThing.REQUEST:
        return _("auf Antrag")
    kind = kind_called(rule)
    return str(kind.label) if kind else rule
