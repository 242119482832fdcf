"""Photos of what was found: the directorate's while the log is a draft, then also the readers'. Those of what
was carried out are the firm's and the directorate's."""

from django.http import HttpRequest

from consultations.models import Finding, ReportReader, Uptake
from consultations.visit_reports.queries import all_versions_of
from consultations.visit_reports.reading import may_read_photos, readers_unlocked
from partnership.models import Person
from partnership.rules import posts_for


def may_see_photos(request: HttpRequest, finding: Finding) -> bool:
    return _is_of_the_directorate(request, finding.report.police_id) or may_read_photos(request, finding)


def may_remove_photos(request: HttpRequest, finding: Finding) -> bool:
    """Not from a report that is released."""
    return finding.report.is_draft and _is_of_the_directorate(request, finding.report.police_id)


def may_see_uptake_photos(request: HttpRequest, uptake: Uptake) -> bool:
    """Also whoever was confirmed on site and has typed the code; third parties do not."""
    if _is_of_the_directorate(request, uptake.visit.request.police_id):
        return True
    confirmed = readers_unlocked(request.session).filter(kind=ReportReader.Kind.RECIPIENT)
    return may_remove_uptake_photos(request, uptake) or confirmed.filter(visit=uptake.visit_id).exists()


def may_remove_uptake_photos(request: HttpRequest, uptake: Uptake) -> bool:
    """The firm, signed in."""
    person = request.user
    return isinstance(person, Person) and all_versions_of(person).filter(visit=uptake.visit_id).exists()


def _is_of_the_directorate(request: HttpRequest, police_id: int) -> bool:
    return police_id in posts_for(request).police
