"""Content of the mails to those who ask for a visit. Each leads to the request's page by a link of its own.

What the firm confides stands in none of them: not the reason, not the place within the town.
"""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import VisitRequest
from consultations.visits.line import place_in_line, usually_taken_by
from consultations.waiting.wishes import wishes_in_words
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.outbox import queue_mail
from partnership.times import long_date, long_moment

CONFIRMABLE_AFTER = datetime.timedelta(days=7)
"""So long after its deadline a request can still be confirmed."""
LINK_LASTS = datetime.timedelta(days=180)
"""Every mail brings a new one."""
Purpose = SecretLink.Purpose


def issue_page_link(request: VisitRequest) -> str:
    """The token of a link to the firm's page."""
    return issue_link(thing=request, purpose=Purpose.VISIT, expires_at=timezone.now() + LINK_LASTS)


def ask_to_confirm(request: VisitRequest) -> None:
    _ask(request, "visit_confirm")


def remind_to_confirm(request: VisitRequest) -> None:
    _ask(request, "visit_unconfirmed")


def tell_place(request: VisitRequest) -> None:
    """That the request waits from now on, whoever entered it."""
    assert request.asked_since is not None
    place, total = place_in_line(request)
    with translation.override(request.page_language):
        content = _facts(request) | {
            "page_url": _url(request, "consultations:visit_request", issue_page_link(request)),
            "place": place,
            "total": total,
            "usually_by": long_date(usually_taken_by(request.asked_since)),
            "was_entered": request.entered_for_id is not None,
        }
    _queue(request, "visit_waiting", content)


def tell_withdrawn(request: VisitRequest) -> None:
    with translation.override(request.page_language):
        content = _facts(request) | {"ask_page": _url(request, "consultations:visit_ask")}
    _queue(request, "visit_withdrawn", content)


def _ask(request: VisitRequest, kind: str) -> None:
    assert request.confirm_by is not None
    expires_at = request.confirm_by + CONFIRMABLE_AFTER
    token = issue_link(thing=request, purpose=Purpose.VISIT_CONFIRM, expires_at=expires_at)
    with translation.override(request.page_language):
        content = _facts(request) | {
            "confirm_by": long_moment(request.confirm_by),
            "confirm_url": _url(request, "consultations:visit_confirm", token),
        }
    _queue(request, kind, content)


def _facts(request: VisitRequest) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "city": request.city,
        "police": request.police.name,
        "phone": request.partnership.phone,
        "wishes": wishes_in_words(request),
    }


def _url(request: VisitRequest, name: str, *args: str) -> str:
    return absolute_url(request.partnership, reverse(name, args=args))


def _queue(request: VisitRequest, kind: str, content: dict[str, Any]) -> None:
    """Nothing for callers without an address: whoever takes the request, calls."""
    if not request.contact_email:
        return
    queue_mail(
        partnership=request.partnership,
        kind=kind,
        to_name=request.contact_name,
        to_email=request.contact_email,
        language=request.page_language,
        content=content,
        thing=request,
    )
