"""Offered times of visits that nobody answered, or whose request has gone another way."""

import datetime

from django.db.models import F, Q
from django.utils import timezone

from consultations.models import Appointment, VisitRequest, WaitingOffer
from consultations.taking_time import takes_time
from consultations.visits import planning_mails
from consultations.visits.freed import pass_on_visit
from consultations.visits.placing import Step, give_up_times, lock_request, note_step, open_times
from consultations.waiting.asking import end_offer
from partnership.journal import log_act

State = Appointment.State
Outcome = WaitingOffer.Outcome
BATCH = 200


def expire_visits_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: late answers, and times of requests that were withdrawn, put back or handed over. What came
    from the waiting list goes to the next. Returns how many requests had some.
    """
    now = now or timezone.now()
    rows = Appointment.objects.filter(_due(now), state=State.PROPOSED, visit__isnull=False)
    keys = rows.order_by("visit__request").values_list("visit__request", flat=True).distinct()[:BATCH]
    return sum(_expire(request_id=key, now=now) for key in list(keys))


def _due(now: datetime.datetime) -> Q:
    goes_on = Q(visit__request__state__in=VisitRequest.WAITING)
    is_officers = Q(visit__request__officer=F("visit__officer"))
    return Q(held_until__lte=now) | ~goes_on | Q(offer__isnull=True) & ~is_officers


@takes_time
def _expire(*, request_id: int, now: datetime.datetime) -> bool:
    request = lock_request(request_id, with_line=True)
    due = list(open_times(request).filter(_due(now)))
    own = [appointment for appointment in due if not hasattr(appointment, "offer")]
    late = [appointment for appointment in own if appointment.held_until and appointment.held_until <= now]
    give_up_times(own, Outcome.LAPSED, now=now)
    if late:
        log_act(act="visit.lapsed", thing=request, organisation=request.police)
    if late and request.state == VisitRequest.State.TAKEN:
        note_step(request, Step.LAPSED, by=None)
        planning_mails.tell_officer(late[0], planning_mails.News.LAPSED)
    for appointment in due:
        if appointment not in own:
            waits = request.state in VisitRequest.WAITING
            freed = end_offer(appointment, Outcome.LAPSED if waits else Outcome.WITHDRAWN, now=now)
            pass_on_visit(appointment, now=now, freed=freed)
    return bool(due)
