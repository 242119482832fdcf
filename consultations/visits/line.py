"""The line of those who ask for a visit: after a burglary first, then whoever has asked for longest."""

from django.db.models import Case, QuerySet, Value, When

from consultations.models import VisitMatter, VisitRequest
from partnership.models import Organisation


def waiting_requests(police: Organisation) -> QuerySet[VisitRequest]:
    """Those of a directorate without an appointment, in their order."""
    return in_line(VisitRequest.objects.filter(police=police, state__in=VisitRequest.WAITING))


def in_line(requests: QuerySet[VisitRequest]) -> QuerySet[VisitRequest]:
    rank = Case(When(matter__reason=VisitMatter.Reason.BURGLARY, then=Value(0)), default=Value(1))
    return requests.order_by(rank, "asked_since", "pk")
