"""Who wants to be asked when a time for a visit becomes free soon."""

from django.db.models import QuerySet

from consultations.models import VisitRequest
from consultations.visits.line import in_order


def takers_of_freed_times(police_id: int) -> QuerySet[VisitRequest]:
    """Those in the directorate's line who said so, in its order."""
    waiting = VisitRequest.objects.filter(police=police_id, state__in=VisitRequest.WAITING)
    return in_order(waiting.filter(takes_freed_times=True))
