"""Whose registration it is, for the account: by the person, or by the confirmed address."""

from collections.abc import Collection

from django.db.models import Q

from forums.models import PartBooking, Registration
from forums.seats import lock_parts
from partnership.links import revoke_links
from partnership.locking import lock_rows
from partnership.models import Person


def follow_to_new_address(person: Person, old_email: str) -> None:
    """Standing registrations write to the new address, but where that is registered itself; the links that
    the old mailbox holds end.
    """
    theirs = Registration.objects.filter(Q(person=person) | Q(person__isnull=True), email__iexact=old_email)
    there = Registration.objects.filter(email__iexact=person.email, state__in=Registration.STANDING)
    for registration in theirs:
        revoke_links(thing=registration)
    moving = theirs.filter(state__in=Registration.STANDING).exclude(event__in=there.values("event"))
    moving.update(email=person.email, person=person, mail_lost_at=None)


def lock_registrations_of_firms(firm_ids: Collection[int]) -> None:
    """Whoever confirms a registration holds its parts and its row before a firm's: so does who moves it."""
    keys = list(Registration.objects.filter(firm__in=firm_ids).values_list("pk", flat=True))
    lock_parts(PartBooking.objects.filter(registration__in=keys).values_list("part", flat=True))
    lock_rows(Registration, keys)
