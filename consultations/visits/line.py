"""The line of those who ask a directorate for a visit, in the one order that officers and firms go by."""

import datetime

from django.db.models import Case, Q, QuerySet, SmallIntegerField, Value, When

from consultations.models import VisitMatter, VisitRequest
from partnership.models import Organisation
from partnership.times import berlin_day
from partnership.working_days import next_working_day

TAKEN_WITHIN = 5
"""Working days within which somebody usually takes a request; then the lead is told."""
BURGLARY = VisitMatter.Reason.BURGLARY


def in_order(requests: QuerySet[VisitRequest]) -> QuerySet[VisitRequest]:
    """After a burglary first, then who has asked longest."""
    urgency = Case(When(matter__reason=BURGLARY, then=Value(0)), default=1, output_field=SmallIntegerField())
    return requests.alias(urgency=urgency).order_by("urgency", "asked_since", "pk")


def waiting_requests(police: Organisation) -> QuerySet[VisitRequest]:
    """In the list, taken or not, without an appointment."""
    return in_order(VisitRequest.objects.filter(police=police, state__in=VisitRequest.WAITING))


def takers_of_freed_times(police_id: int) -> QuerySet[VisitRequest]:
    """Those in line who want to be asked when a time becomes free soon."""
    rows = VisitRequest.objects.filter(police=police_id, state__in=VisitRequest.WAITING)
    return in_order(rows.filter(takes_freed_times=True))


def place_in_line(request: VisitRequest) -> tuple[int, int]:
    """(place, how many) among those that nobody has taken yet."""
    line = VisitRequest.objects.filter(police=request.police_id, state=VisitRequest.State.OPEN)
    longer = Q(asked_since__lt=request.asked_since) | Q(asked_since=request.asked_since, pk__lt=request.pk)
    urgent = Q(matter__reason=BURGLARY)
    ahead = urgent & longer if request.matter.reason == BURGLARY else urgent | longer
    return line.filter(ahead).exclude(pk=request.pk).count() + 1, line.count()


def usually_taken_by(asked_since: datetime.datetime) -> datetime.date:
    """The last of the working days within which somebody usually calls or offers times."""
    day = berlin_day(asked_since)
    for _number in range(TAKEN_WITHIN):
        day = next_working_day(day)
    return day
