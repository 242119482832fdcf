"""Whether a segment is as it was written, and which row is the first that is not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.chained_log.encoding import digest_of, first_head, hash_of
from partnership.models import ChainedEntry, LogSegment

CHUNK = 2000
ANCHOR = re.compile(r"\b(\d+)/(\d{4}) (\d+) ([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a segment stood at some time, as somebody outside the database remembers it."""

    organisation: int
    year: int
    count: int
    head: str

    def __str__(self) -> str:
        return f"{self.organisation}/{self.year} {self.count} {self.head}"

    def is_of(self, segment: LogSegment) -> bool:
        return (self.organisation, self.year) == (segment.organisation_id, segment.year)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`count` rows and `head` are what was read; `broken_at` is the first row that is wrong."""

    segment: LogSegment
    count: int
    erased: int
    head: str
    broken_at: int | None = None
    fault: str = ""

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.segment.organisation_id, self.segment.year, self.count, self.head)


def anchors_in(text: str) -> list[Anchor]:
    """All that a text names, say the mail they were sent in, also if it has soft breaks."""
    found = ANCHOR.findall(text.replace("=\r\n", "").replace("=\n", ""))
    return [
        Anchor(int(organisation), int(year), int(count), head) for organisation, year, count, head in found
    ]


def known_anchors(segment: LogSegment) -> Iterator[Anchor]:
    """What earlier nights have written down."""
    rows = segment.checks.filter(broken_at__isnull=True)
    for count, head in rows.values_list("count", "head"):
        yield Anchor(segment.organisation_id, segment.year, count, head)


def verify_segment(segment: LogSegment, *, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Rows that are added meanwhile are read or not; both is right."""
    expected = defaultdict(set)
    for anchor in anchors:
        expected[anchor.count].add(anchor.head)
    if segment.erase_after != LogSegment.kept_until(segment.year):
        return Verdict(segment, 0, 0, "", 1, _("Die Frist zum Aufbewahren ist verändert."))
    head = first_head(organisation=segment.organisation_id, year=segment.year)
    heads = {0: head} if segment.count == 0 else {}
    count = erased = 0
    may_be_erased = timezone.localdate() > segment.erase_after
    for entry in segment.entries.order_by("seq").iterator(CHUNK):
        fault = _fault_of(entry, seq=count + 1, previous=head, may_be_erased=may_be_erased)
        if not fault and expected[entry.seq] - {entry.hash}:
            fault = _("Die Kette lautet hier anders als in einem früheren Stand.")
        if fault:
            return Verdict(segment, count, erased, head, count + 1, fault)
        count, head = entry.seq, entry.hash
        erased += entry.payload is None
        if count == segment.count:
            heads[count] = head
    fault = _fault_at_end(segment, count=count, heads=heads, expected=max(expected, default=0))
    return Verdict(segment, count, erased, head, count + 1 if fault else None, fault)


def _fault_of(entry: ChainedEntry, *, seq: int, previous: str, may_be_erased: bool) -> str:
    if entry.seq != seq:
        return _("Die Zeile fehlt.")
    if (entry.salt is None) != (entry.payload is None):
        return _("Der Inhalt ist nur zum Teil gelöscht.")
    if entry.payload is None and not may_be_erased:
        return _("Der Inhalt ist vor dem Ende der Frist gelöscht.")
    if entry.payload is not None and not _is_digest(entry.salt, entry.payload, entry.digest):
        return _("Der Inhalt ist nicht der, der geschrieben wurde.")
    if hash_of(previous=previous, seq=seq, at=entry.at, digest=entry.digest) != entry.hash:
        return _("Zeitpunkt oder Prüfsumme sind nicht die, die geschrieben wurden.")
    return ""


def _is_digest(salt: str | None, payload: dict[str, Any], digest: str) -> bool:
    try:
        return digest_of(salt=salt or "", payload=payload) == digest
    except TypeError:
        return False


def _fault_at_end(segment: LogSegment, *, count: int, heads: dict[int, str], expected: int) -> str:
    if count < max(segment.count, expected):
        return _("Hier bricht die Kette ab. Es gab schon mehr Zeilen.")
    if heads.get(segment.count) != segment.head:
        return _("Der Jahrgang nennt ein anderes Ende als seine letzte Zeile.")
    if count > segment.count and LogSegment.objects.get(pk=segment.pk).count < count:
        return _("Es gibt mehr Zeilen, als der Jahrgang zählt.")
    return ""
