"""Reading requests for visits: police only, as what a firm confides with one never reaches a chamber."""

from django.db.models import QuerySet

from consultations.models import VisitRequest
from partnership.rules import Posts


def requests_visible_to(posts: Posts) -> QuerySet[VisitRequest]:
    """The own directorate's; what nobody has confirmed yet is nobody's request."""
    if not posts.police:
        return VisitRequest.objects.none()
    return (
        VisitRequest.objects.filter(police__in=posts.police)
        .exclude(state=VisitRequest.State.UNCONFIRMED)
        .select_related("police", "partnership", "officer", "area", "matter")
    )
