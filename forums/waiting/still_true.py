"""What a mail about a wait says: does it hold at the moment it leaves?"""

from django.db.models import QuerySet
from django.utils import timezone

from forums.models import PartBooking, Registration
from partnership.models import OutgoingMail

State = PartBooking.State


def place_is_theirs(mail: OutgoingMail) -> bool:
    return _booking(mail).filter(state=State.CONFIRMED).exists()


def offer_is_open(mail: OutgoingMail) -> bool:
    """Somebody can still say yes."""
    return _booking(mail).filter(state=State.OFFERED, offer_until__gt=timezone.now()).exists()


def offer_has_lapsed(mail: OutgoingMail) -> bool:
    return _booking(mail).filter(lapsed_at__isnull=False, part__event__starts_at__gt=timezone.now()).exists()


def call_is_due(mail: OutgoingMail) -> bool:
    """The place, or the offer, still stands, and nobody has got another way to tell of it."""
    return _booking(mail).filter(state__in=(State.CONFIRMED, State.OFFERED)).exists()


CHECKS = {
    "event_moved_up": place_is_theirs,
    "event_offer": offer_is_open,
    "event_offer_lapsed": offer_has_lapsed,
    "event_waiting_call": call_is_due,
}


def _booking(mail: OutgoingMail) -> "QuerySet[PartBooking]":
    rows = PartBooking.objects.filter(pk=mail.content["booking"])
    return rows.filter(registration__state=Registration.State.CONFIRMED)
