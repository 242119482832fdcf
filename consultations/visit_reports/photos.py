"""Photos of what was found: the directorate's while the log is a draft, then also the readers'."""

from django.http import HttpRequest

from consultations.models import Finding
from consultations.visit_reports.reading import may_read_photos
from partnership.rules import posts_for


def may_see_photos(request: HttpRequest, finding: Finding) -> bool:
    return _is_of_the_directorate(request, finding) or may_read_photos(request, finding)


def may_remove_photos(request: HttpRequest, finding: Finding) -> bool:
    """Not from a report that is released."""
    return finding.report.is_draft and _is_of_the_directorate(request, finding)


def _is_of_the_directorate(request: HttpRequest, finding: Finding) -> bool:
    return finding.report.police_id in posts_for(request).police
