"""Requests for visits that nobody looks after: so long that the lead hears of it, or since a post is over."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.models import VisitRequest
from consultations.visits.line import TAKEN_WITHIN, in_order
from consultations.visits.request_mails import tell_lead_of_untaken
from consultations.visits.taking import return_from_former_officer
from partnership.journal import log_act
from partnership.models import Organisation, Post
from partnership.queries import holders_of
from partnership.times import at_wall_time, berlin_day
from partnership.working_days import is_working_day, working_days_before

NAMED_FROM = datetime.time(8)

State = VisitRequest.State


def too_long_since(day: datetime.date) -> datetime.datetime:
    """Who asked before this has waited too long for somebody to take the request."""
    after = working_days_before(day, TAKEN_WITHIN) + datetime.timedelta(days=1)
    return at_wall_time(after, datetime.time())


def name_to_leads(*, now: datetime.datetime | None = None) -> int:
    """The scan: on working days from eight on, each request once, with all others of that day in one mail for
    each lead; returns how many requests.
    """
    now = now or timezone.now()
    day = berlin_day(now)
    if not is_working_day(day) or now < at_wall_time(day, NAMED_FROM):
        return 0
    due = VisitRequest.objects.filter(
        state=State.OPEN, named_to_lead_at__isnull=True, asked_since__lt=too_long_since(day)
    )
    concerned = Organisation.objects.filter(pk__in=due.values("police")).order_by("pk")
    return sum(_name(police, now=now) for police in concerned)


def return_from_former_officers() -> int:
    """The scan: what somebody has taken whose post is over since; returns how many go back into the list."""
    posts = Post.objects.in_force().filter(
        person=OuterRef("officer"),
        organisation=OuterRef("police"),
        role__in=(Post.Role.OFFICER, Post.Role.LEAD),
    )
    left = VisitRequest.objects.filter(state=State.TAKEN).exclude(Exists(posts))
    keys = list(left.order_by("pk").values_list("pk", flat=True))
    return sum(return_from_former_officer(request_id=key) for key in keys)


@transaction.atomic
def _name(police: Organisation, *, now: datetime.datetime) -> int:
    """One mail a day at most: what becomes due later, or comes back, is named the next morning."""
    Organisation.objects.select_for_update(no_key=True).get(pk=police.pk)
    midnight = at_wall_time(berlin_day(now), datetime.time())
    requests = VisitRequest.objects.filter(police=police)
    if requests.filter(named_to_lead_at__gte=midnight).exists():
        return 0
    due = requests.filter(
        state=State.OPEN, named_to_lead_at__isnull=True, asked_since__lt=too_long_since(berlin_day(now))
    )
    locked = due.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    found = list(locked.values_list("pk", flat=True))
    rows = list(in_order(VisitRequest.objects.filter(pk__in=found).select_related("partnership", "police")))
    for request in rows:
        request.named_to_lead_at = now
        log_act(act="visit_request.named", thing=request, organisation=police)
    VisitRequest.objects.filter(pk__in=found).update(named_to_lead_at=now)
    for partnership in dict.fromkeys(request.partnership for request in rows):
        own = [request for request in rows if request.partnership == partnership]
        for lead in holders_of(Post.Role.LEAD, police.pk):
            tell_lead_of_untaken(partnership, lead=lead, police=police, requests=own)
    return len(rows)
