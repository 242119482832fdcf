"""Contents of the chained log go after the end of the following year, unless their segment is held."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.models import ChainedEntry, LogCheck, LogSegment, Organisation
from partnership.retention.holds import Holdable, holds_cover
from partnership.retention.kinds import Erasable, Keys, RetentionKind
from partnership.rules import Posts


def full_entries() -> QuerySet[ChainedEntry]:
    return ChainedEntry.objects.filter(payload__isnull=False)


def full_segments() -> QuerySet[LogSegment]:
    """Those of which something can still be erased."""
    return LogSegment.objects.filter(Exists(full_entries().filter(segment=OuterRef("pk"))))


def entries_due(before: datetime.datetime) -> QuerySet[ChainedEntry]:
    """The database goes by its own clock, so do we: the setting can only make it later."""
    return full_entries().filter(at__lt=before, segment__erase_after__lt=timezone.localdate())


def _lock_with_segment(rows: QuerySet[ChainedEntry], limit: int) -> Keys:
    """Of one segment: whoever places a hold takes the same lock."""
    first = rows.order_by("segment", "pk").first()
    if first is None:
        return []
    segments = LogSegment.objects.select_for_update(no_key=True, skip_locked=True)
    if not segments.filter(pk=first.segment_id).exists():
        return []
    of_segment = rows.filter(segment=first.segment_id).order_by("pk")
    return list(of_segment.values_list("pk", flat=True)[:limit])


def _empty(keys: Keys) -> None:
    """The hashes stay: what is left can still be verified."""
    ChainedEntry.objects.filter(pk__in=keys).update(salt=None, payload=None)


KINDS = [
    RetentionKind(
        key="lookups",
        order=63,
        label=gettext_lazy("Abrufprotokoll"),
        what=gettext_lazy("Wer was abgerufen hat und warum; Nummer, Zeitpunkt und Prüfsumme bleiben"),
        since=gettext_lazy("Abruf"),
        period="log",
        counts_years=True,
        erasable=Erasable(
            model=ChainedEntry,
            made="at",
            owner="segment__organisation",
            left=full_entries,
            erase=_empty,
            lock=_lock_with_segment,
        ),
        due=entries_due,
    ),
    RetentionKind(
        key="log_checks",
        order=74,
        label=gettext_lazy("Prüfungen des Abrufprotokolls"),
        what=gettext_lazy("Wie viele Zeilen eine Nacht geprüft hat"),
        since=gettext_lazy("Prüfung"),
        period="evidence",
        erasable=Erasable(
            model=LogCheck,
            made="checked_at",
            owner="segment__organisation",
            left=LogCheck.objects.all,
            erase=lambda keys: LogCheck.objects.filter(pk__in=keys).delete(),
        ),
        due=lambda before: LogCheck.objects.filter(checked_at__lt=before),
        is_listed=False,
    ),
]


def _lock_full_segment(key: int) -> LogSegment | None:
    rows = LogSegment.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    segment = rows.get(pk=key)
    return segment if segment.entries.filter(payload__isnull=False).exists() else None


def segments_visible_to(posts: Posts) -> QuerySet[LogSegment]:
    """An auditor's: those of the own organisation, the latest first."""
    rows = LogSegment.objects.filter(organisation__in=posts.auditor_of)
    return rows.select_related("organisation").order_by("-year", "organisation__name", "pk")


def _holders(posts: Posts, segment: LogSegment) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=posts.auditor_of & {segment.organisation_id})


HELD_SEGMENT = Holdable(
    slug="abrufprotokoll",
    model=LogSegment,
    visible_to=segments_visible_to,
    holders=_holders,
    lock=_lock_full_segment,
    words=lambda segment: _("Abrufprotokoll %(year)d") % {"year": segment.year},
    url=lambda segment: reverse("workplace:lookups"),
)


def hold_with_segments() -> None:
    holds_cover(ChainedEntry, through=LogSegment, path="segment")
