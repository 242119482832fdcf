"""The auditor's page of look-ups and openings as ready strings, and the same as a file."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.chained_log.retention import HELD_SEGMENT, full_segments, segments_visible_to
from partnership.chained_log.words import chained_act_label
from partnership.log_page import MIDNIGHT
from partnership.log_words import detail_words
from partnership.models import ChainedEntry, LogCheck, LogSegment
from partnership.queries import people_with_duties
from partnership.retention.holds import hold_note
from partnership.retention.running import night_of
from partnership.rules import Posts
from partnership.spreadsheets import Cell, Sheet
from partnership.times import at_wall_time, berlin, numeric_date, short_moment

A_DAY = datetime.timedelta(days=1)
OWN_COLUMNS = ("act", "actor", "thing", "purpose", "reference")


@dataclass(frozen=True, slots=True)
class LookupRow:
    """`is_erased`: number, moment and hash are left."""

    number: int
    when: str
    organisation: str
    who: str
    act: str
    thing: str
    purpose: str
    reference: str
    detail: str
    is_erased: bool


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """How a year's log stands; `hold_url` leads to where the auditor has it kept longer.

    Where everything is erased, nothing is kept until a day.
    """

    year: int
    organisation: str
    count: int
    state: str
    badge: str
    kept_until: str
    held_until: str
    hold_url: str


def lookups_visible_to(posts: Posts) -> QuerySet[ChainedEntry]:
    """An auditor's: those of the own organisation, latest first."""
    return (
        ChainedEntry.objects.filter(segment__organisation__in=posts.auditor_of)
        .select_related("segment__organisation")
        .order_by("-at", "-pk")
    )


def filter_lookups(entries: QuerySet[ChainedEntry], wanted: dict[str, Any]) -> QuerySet[ChainedEntry]:
    """`wanted` holds act, person, first and last day, purpose or Vorgangsnummer, as far as given."""
    if act := wanted.get("vorgang"):
        entries = entries.filter(payload__act=act)
    if first := wanted.get("von"):
        entries = entries.filter(at__gte=at_wall_time(first, MIDNIGHT))
    if last := wanted.get("bis"):
        entries = entries.filter(at__lt=at_wall_time(last + A_DAY, MIDNIGHT))
    if text := wanted.get("person"):
        named = people_with_duties().filter(Q(name__icontains=text) | Q(email__icontains=text))
        entries = entries.filter(payload__actor__in=list(named.values_list("pk", flat=True)))
    if text := wanted.get("zweck"):
        entries = entries.filter(Q(payload__purpose__icontains=text) | Q(payload__reference__icontains=text))
    return entries


def lay_out_lookups(entries: Collection[ChainedEntry]) -> list[LookupRow]:
    """Who acted for a firm is not named: a sole trader's name would be the firm's."""
    actors = {entry.payload["actor"] for entry in entries if entry.payload}
    names = dict(people_with_duties().filter(pk__in=actors - {None}).values_list("pk", "name"))
    return [_lookup_row(entry, names) for entry in entries]


def _lookup_row(entry: ChainedEntry, names: dict[int, str]) -> LookupRow:
    content = entry.payload or {}
    actor = content.get("actor")
    who = names.get(actor, _("Firma")) if actor else _("ohne Anmeldung")
    rest = {key: value for key, value in content.items() if key not in OWN_COLUMNS}
    return LookupRow(
        number=entry.seq,
        when=short_moment(entry.at),
        organisation=entry.segment.organisation.short_name,
        who=who if content else "",
        act=chained_act_label(content["act"]) if content else _("Inhalt gelöscht"),
        thing=str(content.get("thing", "")),
        purpose=str(content.get("purpose", "")),
        reference=str(content.get("reference", "")),
        detail=detail_words(rest),
        is_erased=not content,
    )


def lookups_sheet(entries: Collection[ChainedEntry]) -> Sheet:
    """With the hash of each row, to be held against the chain."""
    rows: list[list[Cell]] = [
        [
            row.organisation,
            entry.segment.year,
            row.number,
            f"{berlin(entry.at):%Y-%m-%d %H:%M:%S}",
            *(row.who, row.act, row.thing, row.purpose, row.reference, row.detail),
            entry.hash,
        ]
        for entry, row in zip(entries, lay_out_lookups(entries), strict=True)
    ]
    header = [
        *(_("Organisation"), _("Jahr"), _("Nr."), _("Zeitpunkt"), _("Wer"), _("Vorgang"), _("Woran")),
        *(_("Zweck"), _("Vorgangsnummer"), _("Einzelheiten"), _("Prüfsumme")),
    ]
    return Sheet(_("Abrufprotokoll"), header, rows)


def lay_out_segments(posts: Posts) -> list[SegmentRow]:
    segments = list(segments_visible_to(posts))
    newest = LogCheck.objects.filter(segment__in=segments).order_by("segment_id", "-night")
    checks = {check.segment_id: check for check in newest.distinct("segment_id")}
    full = set(full_segments().filter(pk__in=[s.pk for s in segments]).values_list("pk", flat=True))
    return [
        _segment_row(segment, checks.get(segment.pk), posts, is_full=segment.pk in full)
        for segment in segments
    ]


def _segment_row(segment: LogSegment, check: LogCheck | None, posts: Posts, *, is_full: bool) -> SegmentRow:
    state, badge = _state(check, is_full=is_full)
    hold = hold_note(HELD_SEGMENT, segment, posts)
    return SegmentRow(
        year=segment.year,
        organisation=segment.organisation.short_name,
        count=segment.count,
        state=state,
        badge=badge,
        kept_until=numeric_date(segment.erase_after) if is_full else "",
        held_until=hold.until,
        hold_url=hold.url if is_full else "",
    )


def _state(check: LogCheck | None, *, is_full: bool) -> tuple[str, str]:
    if not is_full and not (check and check.fault):
        return _("die Inhalte sind gelöscht; Nummern und Prüfsummen bleiben"), "info"
    if check is None:
        return _("wird in der nächsten Nacht zum ersten Mal geprüft"), "info"
    night = {"night": numeric_date(check.night), "count": check.count}
    if check.fault:
        words = _("nicht unversehrt ab Zeile %(row)d, geprüft in der Nacht zum %(night)s: %(fault)s")
        return words % {**night, "row": check.broken_at, "fault": check.fault}, "danger"
    if check.night < night_of(timezone.now()) - A_DAY:
        words = _("seit der Nacht zum %(night)s nicht mehr geprüft. Geben Sie der Technik Bescheid.")
        return words % night, "warning"
    return _("unversehrt bis Zeile %(count)d, geprüft in der Nacht zum %(night)s") % night, "success"
