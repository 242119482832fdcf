"""Who may do what with reports. Pure functions of a person's posts and a report."""

from consultations.models import VisitReport
from partnership.rules import Posts


def may_open_reports(posts: Posts) -> bool:
    """Police: what was found and advised is theirs and the firm's."""
    return bool(posts.police)


def may_release_report(posts: Posts, report: VisitReport) -> bool:
    """Release, correct, and confirm who may read: officers of the directorate and their lead."""
    return report.police_id in posts.police
