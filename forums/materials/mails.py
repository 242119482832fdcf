"""That there is material to read: one mail, with a link of one's own."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone, translation

from forums.event_words import place_of, when_of
from forums.mails import by_address
from forums.models import Registration
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.outbox import queue_mail
from partnership.times import berlin_day, long_day

READ_WITHIN = datetime.timedelta(days=60)


def tell_of_materials(registrations: Iterable[Registration]) -> int:
    """One mail for each address, also for colleagues who have given none; returns how many."""
    groups = by_address(registrations)
    for group in groups:
        _tell(group[0])
    return len(groups)


def _tell(registration: Registration) -> None:
    reader = registration if registration.email else registration.registered_by or registration
    event, until = registration.event, timezone.now() + READ_WITHIN
    token = issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=until)
    with translation.override(registration.page_language):
        content = {
            "title": event.title,
            "when": when_of(event),
            "place": place_of(event),
            "until": long_day(berlin_day(until)),
            "materials_url": absolute_url(event.partnership, reverse("forums:own_materials", args=[token])),
        }
    queue_mail(
        partnership=event.partnership,
        kind="event_materials",
        to_name=reader.name,
        to_email=reader.email,
        language=registration.page_language,
        content=content,
        thing=registration,
    )
