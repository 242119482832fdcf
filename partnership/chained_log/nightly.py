"""Every night each segment is checked; where rows have been added, auditors are told where it stands.

What lies in their mailboxes is out of reach of whoever could write the whole chain anew.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from partnership.account_changes import partnership_of
from partnership.chained_log.retention import full_segments
from partnership.chained_log.verifying import Verdict, known_anchors, verify_segment
from partnership.current import absolute_url
from partnership.models import ChainedEntry, LogCheck, LogSegment, Post
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.retention.running import NIGHT, night_of
from partnership.times import at_wall_time, long_moment, numeric_date


def check_logs(*, now: datetime.datetime | None = None) -> int:
    """The scan; returns how many segments it has checked. A night that fell out is made up for."""
    night = night_of(now or timezone.now())
    first = ChainedEntry.objects.filter(segment=OuterRef("pk"), seq=1, at__lt=at_wall_time(night, NIGHT))
    checked = LogCheck.objects.filter(segment=OuterRef("pk"), night=night)
    due = full_segments().filter(Exists(first)).exclude(Exists(checked)).select_related("organisation")
    return sum(_check(segment, night=night) for segment in due)


def _check(segment: LogSegment, *, night: datetime.date) -> bool:
    """Reading may take long and holds no lock; whoever writes the check first also writes the mails."""
    verdict = verify_segment(segment, anchors=known_anchors(segment))
    before = segment.checks.order_by("night").last()
    with transaction.atomic():
        _row, is_first = LogCheck.objects.get_or_create(
            segment=segment,
            night=night,
            defaults={
                "count": verdict.count,
                "head": verdict.head,
                "broken_at": verdict.broken_at,
                "fault": verdict.fault,
            },
        )
        if is_first and (verdict.fault or before is None or verdict.count > before.count):
            _tell_auditors(verdict, before=before)
    return is_first


def _tell_auditors(verdict: Verdict, *, before: LogCheck | None) -> None:
    segment = verdict.segment
    for auditor in holders_of(Post.Role.AUDITOR, segment.organisation_id):
        partnership = partnership_of(auditor)
        if partnership is None:
            continue
        queue_mail(
            partnership=partnership,
            kind="log_broken" if verdict.fault else "log_anchor",
            to_name=auditor.name,
            to_email=auditor.email,
            content={
                "organisation": segment.organisation.name,
                "year": segment.year,
                "count": verdict.count,
                "new": verdict.count - (before.count if before else 0),
                "since": numeric_date(before.night) if before else "",
                "anchor": str(verdict.anchor),
                "checked": long_moment(timezone.now()),
                "broken_at": verdict.broken_at,
                "fault": verdict.fault,
                "page": absolute_url(partnership, reverse("workplace:lookups")),
            },
            thing=segment,
        )
