"""How it was: one mail, with a link that serves once."""

import datetime

from django.urls import reverse
from django.utils import translation

from forums.event_words import place_of, when_of
from forums.models import Registration
from partnership.current import absolute_url
from partnership.models import OutgoingMail
from partnership.outbox import queue_mail
from partnership.times import long_day


def ask_for_feedback(registration: Registration, *, token: str, until: datetime.date) -> OutgoingMail:
    event = registration.event
    with translation.override(registration.page_language):
        content = {
            "title": event.title,
            "when": when_of(event),
            "place": place_of(event),
            "until": long_day(until),
            "feedback_url": absolute_url(event.partnership, reverse("forums:feedback", args=[token])),
        }
    return queue_mail(
        partnership=event.partnership,
        kind="event_feedback",
        to_name=registration.name,
        to_email=registration.email,
        language=registration.page_language,
        content=content,
        thing=registration,
    )
