"""Photos of what was found: the directorate's while the log is a draft."""

from django.http import HttpRequest

from consultations.models import Finding
from partnership.rules import posts_for


def may_see_photos(request: HttpRequest, finding: Finding) -> bool:
    return finding.report.police_id in posts_for(request).police


def may_remove_photos(request: HttpRequest, finding: Finding) -> bool:
    """Not from a report that is released."""
    return finding.report.is_draft and may_see_photos(request, finding)
