"""Content of the mails to those who wait for a time in a house. Each has a link of its own to their page."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from consultations.models import Appointment, Waiting, WaitingOffer
from consultations.offers import choice_value
from consultations.queries import FreeTime
from consultations.waiting.wishes import wishes_in_words
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.outbox import queue_mail
from partnership.times import at_wall_time, long_day, long_moment, long_period

TIMES_IN_MAIL = 5
LINK_OUTLASTS = datetime.timedelta(days=30)


def ask_to_confirm(waiting: Waiting, *, token: str, expires_at: datetime.datetime) -> None:
    with translation.override(waiting.page_language):
        path = reverse("consultations:waiting_confirm", args=[token])
        content = _facts(waiting) | {
            "confirm_url": absolute_url(waiting.partnership, path),
            "confirm_by": long_moment(expires_at),
        }
    _queue(waiting, "waiting_confirm", content)


def tell_place(waiting: Waiting, *, place: int, total: int) -> None:
    """That somebody waits from now on, or does so already."""
    with translation.override(waiting.page_language):
        content = _facts(waiting) | _links(waiting) | {"place": place, "total": total}
    _queue(waiting, "waiting_joined", content)


def offer_time(offer: WaitingOffer, appointment: Appointment) -> None:
    waiting = offer.waiting
    assert waiting is not None
    assert appointment.lane is not None
    hours = appointment.lane.hours
    with translation.override(waiting.page_language):
        content = _facts(waiting) | _links(waiting)
        content |= {
            "when": long_period(appointment.starts_at, appointment.ends_at),
            "room": hours.room.name if hours.room else "",
            "expires": long_moment(offer.expires_at),
        }
    _queue(waiting, "waiting_offer", content)


def tell_new_times(waiting: Waiting, *, times: list[FreeTime]) -> None:
    with translation.override(waiting.page_language):
        book_url = absolute_url(waiting.partnership, reverse("consultations:times"))
        content = _facts(waiting) | _links(waiting)
        content |= {
            "count": len(times),
            "times": [
                {"when": long_moment(time.starts_at), "page": f"{book_url}?zeit={choice_value(time)}"}
                for time in times[:TIMES_IN_MAIL]
            ],
            "book_page": f"{book_url}?ort={waiting.office_id}",
        }
    _queue(waiting, "waiting_new_times", content)


def tell_ended(waiting: Waiting) -> None:
    """The time of waiting is over, or the house has taken somebody off, with a reason."""
    with translation.override(waiting.page_language):
        path = reverse("consultations:waiting_join")
        content = _facts(waiting) | {
            "reason": waiting.end_reason,
            "join_page": absolute_url(waiting.partnership, f"{path}?ort={waiting.office_id}"),
        }
    _queue(waiting, "waiting_ended", content)


def link_end(waiting: Waiting) -> datetime.datetime:
    return at_wall_time(waiting.waits_until, datetime.time()) + LINK_OUTLASTS


def _facts(waiting: Waiting) -> dict[str, Any]:
    office = waiting.office
    return {
        "office": office.name,
        "address": office.address,
        "phone": office.phone or waiting.partnership.phone,
        "wishes": wishes_in_words(waiting),
        "waits_until": long_day(waiting.waits_until),
    }


def _links(waiting: Waiting) -> dict[str, str]:
    token = issue_link(thing=waiting, purpose=SecretLink.Purpose.WAITING, expires_at=link_end(waiting))
    page = absolute_url(waiting.partnership, reverse("consultations:waiting", args=[token]))
    leave = absolute_url(waiting.partnership, reverse("consultations:waiting_leave", args=[token]))
    return {"page_url": page, "unsubscribe_url": leave}


def _queue(waiting: Waiting, kind: str, content: dict[str, Any]) -> None:
    """Nothing for callers without an address: whoever offers them a time, calls."""
    if not waiting.contact_email:
        return
    queue_mail(
        partnership=waiting.partnership,
        kind=kind,
        to_name=waiting.contact_name,
        to_email=waiting.contact_email,
        language=waiting.page_language,
        content=content,
        thing=waiting,
    )
