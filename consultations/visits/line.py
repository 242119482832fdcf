"""The order in which requests for visits wait: after a burglary first, then who has asked longest."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from consultations.models import VisitMatter, VisitRequest

AFTER_BURGLARY = Case(
    When(matter__reason=VisitMatter.Reason.BURGLARY, then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)


def waiting_requests(police_id: int) -> QuerySet[VisitRequest]:
    """Without an appointment, in their order."""
    rows = VisitRequest.objects.filter(police=police_id, state__in=VisitRequest.WAITING)
    return rows.order_by(AFTER_BURGLARY, "asked_since", "pk")


def takers_of_freed_times(police_id: int) -> QuerySet[VisitRequest]:
    """Those in line who want to be asked when a time becomes free soon."""
    return waiting_requests(police_id).filter(takes_freed_times=True)


def place_in_line(request: VisitRequest) -> tuple[int, int]:
    """(place, how many wait); (0, …) for whoever does not wait any more."""
    keys = list(waiting_requests(request.police_id).values_list("pk", flat=True))
    return (keys.index(request.pk) + 1 if request.pk in keys else 0), len(keys)
