"""How a released report is fixed: the next number of its directorate, and the digest printed on it."""

import hashlib
import re

from django.db.models import IntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr

from consultations.models import VisitReport
from partnership.sealed_content import digest_of

NOT_HEXADECIMAL = re.compile(r"[^0-9a-f]")
YEAR_AND_DASH = 5


def is_intact(report: VisitReport) -> bool:
    """Whether a released report, not erased, still says what was sealed."""
    assert report.content is not None
    return digest_of(report.content, report.salt or "") == report.digest


def next_reference(police_id: int, year: int) -> str:
    """'2026-0001', without gaps. The caller holds the lock on the directorate."""
    rows = VisitReport.objects.filter(police=police_id, reference__startswith=f"{year}-")
    counted = rows.annotate(count=Cast(Substr("reference", YEAR_AND_DASH + 1), IntegerField()))
    return f"{year}-{(counted.aggregate(last=Max('count'))['last'] or 0) + 1:04d}"


def find_by_digest(reports: QuerySet[VisitReport], typed: str) -> VisitReport | None:
    """Among these, with or without the spaces; None unless all of it was typed."""
    digest = NOT_HEXADECIMAL.sub("", typed.lower())
    return reports.filter(digest=digest).first() if len(digest) == hashlib.sha256().digest_size * 2 else None
