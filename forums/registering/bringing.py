"""Colleagues whom somebody who takes part registers along later."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.models import EventPart, Registration, Visibility
from forums.registering.bookings import lock_registration
from forums.registering.choosing import Parts, chosen_parts
from forums.registering.confirming import confirm_each_locked
from forums.registering.registering import Colleague, Entry, refuse_address_twice, write_colleagues
from forums.registering.window import TooLate, why_not_open
from forums.seats import NoPlaceLeft, open_places, takes_places
from partnership.models import Person
from partnership.refusals import Refusal

MOST_COLLEAGUES = 10
"""Of one person, all together."""
State = Registration.State


def why_not_bring(registration: Registration, *, now: datetime.datetime) -> str:
    """A sentence; empty while it is possible. An invitation is for one person."""
    event = registration.event
    if registration.state != State.CONFIRMED:
        return _("Diese Anmeldung gilt nicht mehr.")
    if registration.registered_by_id or event.visibility == Visibility.INVITED:
        return _("Zu dieser Anmeldung lässt sich niemand mit anmelden.")
    return why_not_open(event, now=now)


@takes_places
def bring_along(
    *,
    registration_id: int,
    parts: Parts,
    colleagues: Sequence[Colleague],
    may_wait_for: frozenset[int] = frozenset(),
    actor: Person | None = None,
) -> list[Registration]:
    """Confirmed at once: who asks has proven a mailbox. Whoever is registered already, by an address or as
    one of these colleagues, is left out. `may_wait_for` as of `change_parts`. Raises NoPlaceLeft, TooLate,
    Refusal.
    """
    now = timezone.now()
    registration = lock_registration(registration_id)
    if sentence := why_not_bring(registration, now=now):
        raise TooLate(sentence)
    if not colleagues:
        raise Refusal(_("Tragen Sie ein, wen Sie mit anmelden."))
    known = registration.colleagues.filter(state=State.CONFIRMED)
    entry = Entry(
        event=registration.event,
        parts=parts,
        name=registration.name,
        email=registration.email,
        firm_name=registration.firm_name,
        page_language=registration.page_language,
        colleagues=_without(colleagues, set(known.filter(email="").values_list("name", flat=True))),
    )
    refuse_address_twice(entry)
    if known.count() + len(entry.colleagues) > MOST_COLLEAGUES:
        raise Refusal(_("Mehr als zehn Personen lassen sich nicht mit anmelden. Rufen Sie uns an."))
    chosen = chosen_parts(EventPart.objects.filter(event=entry.event).prefetch_related("places"), parts)
    _refuse_unexpected_waits(chosen, len(entry.colleagues), may_wait_for)
    brought = write_colleagues(entry, chosen, registered_by=registration, confirm_by=now)
    if brought:
        by = actor or registration.person
        confirm_each_locked(brought, firm=registration.firm, now=now, actor=by)
        mails.tell_brought_along(registration, brought)
    return brought


def _without(colleagues: Sequence[Colleague], known: set[str]) -> list[Colleague]:
    """Without whom a double click, or Back and once more, names again."""
    return [one for one in colleagues if one.email or one.name not in known]


def _refuse_unexpected_waits(
    chosen: Mapping[EventPart, str], people: int, may_wait_for: frozenset[int]
) -> None:
    for part, mode in chosen.items():
        if part.pk not in may_wait_for and open_places(part, mode) < people:
            raise NoPlaceLeft(
                _(
                    "In „%(part)s“ sind nicht für alle Plätze frei. Es ist noch niemand mit angemeldet: "
                    "Wählen Sie anders, oder melden Sie weniger Personen an."
                )
                % {"part": part.title}
            )
