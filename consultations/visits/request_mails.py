"""Mails about requests for visits: to officers and leads, and the last one to a firm. None says why the firm
asked."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from consultations.models import VisitRequest
from partnership.current import absolute_url
from partnership.models import Organisation, Partnership, Person, Post
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.times import berlin_day, long_day, today
from partnership.working_days import working_days_since


def tell_handed_over(request: VisitRequest, *, to: Person, by: Person, reason: str) -> None:
    """Nobody is told of an act of their own."""
    if to.pk != by.pk:
        _tell(request, to, "visit_handed_over", {"by": str(by), "reason": reason})


def tell_leads_of_moved(request: VisitRequest, *, reason: str) -> None:
    for lead in holders_of(Post.Role.LEAD, request.police_id):
        _tell(request, lead, "visit_moved_here", {"reason": reason})


def tell_lead_of_untaken(
    partnership: Partnership, *, lead: Person, police: Organisation, requests: Sequence[VisitRequest]
) -> None:
    """One mail about all that nobody has taken for so long."""
    content = {
        "about": [request.pk for request in requests],
        "police": police.name,
        "count": len(requests),
        "rows": [_row(request) for request in requests],
        "page": f"{absolute_url(partnership, reverse('appointments:visit_requests'))}?wer=frei",
    }
    queue_mail(
        partnership=partnership,
        kind="visit_untaken",
        to_name=lead.name,
        to_email=lead.email,
        content=content,
    )


def tell_ended(request: VisitRequest) -> None:
    """To the firm; nothing for whoever has no address: the page says that a call is due."""
    if not request.contact_email:
        return
    with translation.override(request.page_language):
        content = {
            "reference": request.reference,
            "asked_on": long_day(berlin_day(request.asked_since)) if request.asked_since else "",
            "address": request.address,
            "reason": request.end_reason,
            "phone": request.partnership.phone,
            "book_page": absolute_url(request.partnership, reverse("consultations:times")),
        }
    queue_mail(
        partnership=request.partnership,
        kind="visit_ended",
        to_name=request.contact_name,
        to_email=request.contact_email,
        language=request.page_language,
        content=content,
        thing=request,
    )


def _row(request: VisitRequest) -> dict[str, Any]:
    assert request.asked_since is not None
    return {
        "reference": request.reference,
        "firm": request.firm_name,
        "city": request.city,
        "asked_on": long_day(berlin_day(request.asked_since)),
        "days": working_days_since(request.asked_since, today()),
        "page": _page(request),
    }


def _tell(request: VisitRequest, person: Person, kind: str, content: dict[str, Any]) -> None:
    queue_mail(
        partnership=request.partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        content=_row(request) | content,
        thing=request,
    )


def _page(request: VisitRequest) -> str:
    path = reverse("appointments:visit_request", args=[request.reference])
    return absolute_url(request.partnership, path)
