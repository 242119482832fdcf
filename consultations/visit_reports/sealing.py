"""How a released report is fixed: the next number of its directorate, and the digest printed on it."""

import hashlib
import json
import re
import secrets

from django.db.models import IntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr

from consultations.models import VisitReport
from consultations.visit_reports.content import Content

NOT_HEXADECIMAL = re.compile(r"[^0-9a-f]")
YEAR_AND_DASH = 5


def canonical(content: Content) -> bytes:
    """The one way to write it down: keys in order, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Content) -> str:
    """Of a draft as somebody has read it."""
    return hashlib.sha256(canonical(content)).hexdigest()


def new_salt() -> str:
    """So that nobody guesses from the digest of an erased report what it said."""
    return secrets.token_hex(32)


def digest_of(content: Content, salt: str) -> str:
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def is_intact(report: VisitReport) -> bool:
    """Whether a released report, not erased, still says what was sealed."""
    assert report.content is not None
    return digest_of(report.content, report.salt or "") == report.digest


def next_reference(police_id: int, year: int) -> str:
    """'2026-0001', without gaps. The caller holds the lock on the directorate."""
    rows = VisitReport.objects.filter(police=police_id, reference__startswith=f"{year}-")
    counted = rows.annotate(count=Cast(Substr("reference", YEAR_AND_DASH + 1), IntegerField()))
    return f"{year}-{(counted.aggregate(last=Max('count'))['last'] or 0) + 1:04d}"


def grouped(digest: str) -> str:
    """As it is printed: '7c1e 09ab …'."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def find_by_digest(reports: QuerySet[VisitReport], typed: str) -> VisitReport | None:
    """Among these, with or without the spaces; None unless all of it was typed."""
    digest = NOT_HEXADECIMAL.sub("", typed.lower())
    return reports.filter(digest=digest).first() if len(digest) == hashlib.sha256().digest_size * 2 else None
