"""Requests of a firm's person, and those that a desk has handed on."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations.models import VisitRequest
from consultations.visits.asking import lock_request
from partnership.journal import log_act
from partnership.models import Person
from partnership.queries import firms_of, has_confirmed_address
from partnership.refusals import Refusal
from partnership.rules import Posts

State = VisitRequest.State


def requests_of(person: Person) -> QuerySet[VisitRequest]:
    """The person's own, and what was asked for the confirmed address on the telephone; the latest first."""
    whose = Q(person=person)
    if has_confirmed_address(person):
        whose |= Q(person__isnull=True, contact_email__iexact=person.email)
    rows = VisitRequest.objects.filter(whose, emptied_at__isnull=True)
    rows = rows.select_related("partnership", "police", "matter")
    return rows.order_by("-created_at", "-pk")


def entered_visible_to(posts: Posts) -> QuerySet[VisitRequest]:
    """What the own desks have handed on: who asks, when it was entered. What was confided is not read back,
    nor is the place."""
    rows = VisitRequest.objects.filter(entered_for__in=posts.desks, emptied_at__isnull=True)
    rows = rows.order_by("-created_at", "-pk")
    return rows.only("reference", "state", "firm_name", "contact_name", "created_at", "entered_for")


def lock_requests_of_firms(firm_ids: Collection[int]) -> None:
    """Whoever confirms a request holds its row before a firm's: so does who moves it to another firm."""
    rows = VisitRequest.objects.select_for_update(no_key=True).filter(firm__in=firm_ids)
    list(rows.order_by("pk").values_list("pk"))


@transaction.atomic
def claim_request(*, request_id: int, person: Person) -> VisitRequest:
    """What a desk entered for this address becomes the person's own. Twice changes nothing."""
    request = lock_request(request_id)
    if request.person_id == person.pk:
        return request
    if not requests_of(person).filter(pk=request.pk).exists():
        raise Refusal(
            _("Diese Anfrage lässt sich nicht übernehmen: Sie nennt nicht Ihre bestätigte Adresse.")
        )
    firms = list(firms_of(person)[:2])
    request.person = person
    request.firm = request.firm or (firms[0] if len(firms) == 1 else None)
    request.save(update_fields=["person", "firm"])
    log_act(act="visit_request.claimed", thing=request, actor=person, organisation=request.police)
    return request
