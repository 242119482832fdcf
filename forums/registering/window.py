"""When one can register for an event, and until when what one has can still be changed."""

import datetime

from django.utils.translation import gettext as _

from forums.models import Event, Kind
from partnership.refusals import Refusal
from partnership.times import long_moment

CONFIRM_WITHIN = datetime.timedelta(days=1)
LINK_LASTS = datetime.timedelta(days=90)
"""After the event: material and the certificate come behind the same link."""


class TooLate(Refusal):
    """The moment for this has passed."""


def closes_at(event: Event) -> datetime.datetime:
    """Never after the beginning."""
    return min(event.registration_closes_at or event.starts_at, event.starts_at)


def why_not_open(event: Event, *, now: datetime.datetime) -> str:
    """A sentence; empty while one can register. External courses are booked with their provider."""
    if event.kind == Kind.EXTERNAL:
        return _("Zu diesem Kurs meldet man sich beim Anbieter an.")
    if event.state == Event.State.CANCELLED:
        return _("Diese Veranstaltung ist abgesagt.")
    if event.state != Event.State.ANNOUNCED or now >= event.starts_at:
        return _("Diese Veranstaltung hat schon begonnen oder ist vorbei.")
    if event.registration_opens_at and now < event.registration_opens_at:
        return _("Die Anmeldung beginnt am %(when)s.") % {"when": long_moment(event.registration_opens_at)}
    if now >= closes_at(event):
        return _("Die Anmeldung ist seit %(when)s geschlossen.") % {"when": long_moment(closes_at(event))}
    return ""


def refuse_closed(event: Event, *, now: datetime.datetime) -> None:
    if sentence := why_not_open(event, now=now):
        raise TooLate(sentence)


def may_still_change(event: Event, *, now: datetime.datetime) -> bool:
    """Until it begins, also when the registration is closed: whoever cannot come frees a place."""
    return event.state == Event.State.ANNOUNCED and now < event.starts_at


def refuse_late_change(event: Event, *, now: datetime.datetime) -> None:
    if not may_still_change(event, now=now):
        raise TooLate(
            _("Diese Veranstaltung hat begonnen oder findet nicht statt. Es lässt sich nichts mehr ändern.")
        )


def confirm_by(event: Event, *, now: datetime.datetime) -> datetime.datetime:
    return min(now + CONFIRM_WITHIN, event.starts_at)


def link_end(event: Event) -> datetime.datetime:
    return event.ends_at + LINK_LASTS
