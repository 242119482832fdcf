"""Somebody registers for an event, with colleagues; nothing is taken before the address has said yes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.models import (
    Event,
    EventInvitation,
    EventPart,
    PartBooking,
    Registration,
    RegistrationNeeds,
    Role,
)
from forums.references import draw_registration_reference
from forums.registering.bookings import lock_registration
from forums.registering.choosing import Parts, chosen_parts
from forums.registering.confirming import confirm_locked
from forums.registering.window import confirm_by, refuse_closed
from forums.seats import lock_parts_of_event, takes_places
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal

MOST_ASKED = 4
ASKED_WITHIN = datetime.timedelta(days=1)
State = Registration.State


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Who is registered along, for the same parts. Without an address the other one gets the mails."""

    name: str
    role: str = Role.BUSINESS
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Who registers, for which parts, and what somebody needs on the day."""

    event: Event
    parts: Parts
    name: str
    email: str = ""
    phone: str = ""
    firm_name: str = ""
    role: str = Role.BUSINESS
    page_language: str = "de"
    catering: str = ""
    accessibility: str = ""
    colleagues: Sequence[Colleague] = ()

    @property
    def address(self) -> str:
        return self.email.strip().lower()


@takes_places
def register(
    *, entry: Entry, person: Person | None = None, invitation: EventInvitation | None = None
) -> Registration | None:
    """Ask the address for its yes. None is needed where the mailbox is proven: by signing in (`person`), or
    by the personal link that was sent to it (`invitation`); then it is confirmed at once.

    None for an address that is registered already: the mail says so, and the page to nobody. What waits for
    its yes is replaced. Raises Refusal, TooLate.
    """
    now = timezone.now()
    refuse_address_twice(entry)
    is_proven = _is_proven(entry, person, invitation)
    if is_proven:
        lock_parts_of_event(entry.event.pk)
    event = Event.objects.select_related("partnership", "organiser").get(pk=entry.event.pk)
    refuse_closed(event, now=now)
    lock_address(entry.address)
    if known := lock_standing(event, entry.address):
        if known.state == State.CONFIRMED:
            mails.say_known(known, now=now)
            return None
        if _is_same_again(known, entry):
            return known
        replace_unconfirmed(known, now=now)
    if not is_proven:
        _refuse_flood(entry.address, now=now)
    registration = write_registrations(
        entry, confirm_by=confirm_by(event, now=now), asked_at=now, invitation=_free_invitation(invitation)
    )
    log_act(act="registration.made", thing=registration, actor=person, organisation=event.organiser)
    if is_proven:
        confirm_locked(lock_registration(registration.pk), now=now)
        registration.refresh_from_db()
    else:
        mails.ask_to_confirm(registration)
    return registration


def standing_registration(event: Event, email: str) -> Registration | None:
    """Of this address in the event: confirmed, or waiting for its yes."""
    rows = Registration.objects.filter(event=event, email__iexact=email, state__in=Registration.STANDING)
    return rows.exclude(email="").select_related("event__partnership", "event__organiser").first()


def lock_standing(event: Event, email: str) -> Registration | None:
    if known := standing_registration(event, email):
        lock_rows(Registration, [known.pk])
        return standing_registration(event, email)
    return None


def write_registrations(entry: Entry, **standing: Any) -> Registration:
    """The rows of who registers and of the colleagues, unconfirmed, whoever enters them. Colleagues whose
    address is registered already are left out. Raises Refusal.
    """
    parts = EventPart.objects.filter(event=entry.event).prefetch_related("places")
    chosen = chosen_parts(parts, entry.parts)
    first = _write(
        entry, chosen, name=entry.name, role=entry.role, email=entry.address, phone=entry.phone, **standing
    )
    if entry.catering or entry.accessibility:
        RegistrationNeeds.objects.create(
            registration=first, catering=entry.catering, accessibility=entry.accessibility
        )
    write_colleagues(entry, chosen, **standing | {"registered_by": first, "invitation": None})
    return first


def write_colleagues(entry: Entry, chosen: dict[EventPart, str], **standing: Any) -> list[Registration]:
    """Whose address is registered already is left out."""
    written = []
    for colleague in entry.colleagues:
        email = colleague.email.strip().lower()
        if not (email and standing_registration(entry.event, email)):
            fields = {"name": colleague.name, "role": colleague.role, "email": email}
            written.append(_write(entry, chosen, **fields, **standing))
    return written


def _write(entry: Entry, chosen: dict[EventPart, str], **fields: Any) -> Registration:
    registration = Registration.objects.create(
        event=entry.event,
        reference=draw_registration_reference(),
        firm_name=entry.firm_name,
        page_language=entry.page_language,
        **fields,
    )
    PartBooking.objects.bulk_create(
        PartBooking(registration=registration, part=part, mode=mode, choice=part.choice)
        for part, mode in chosen.items()
    )
    return registration


def _is_proven(entry: Entry, person: Person | None, invitation: EventInvitation | None) -> bool:
    if invitation and invitation.email.lower() == entry.address:
        return True
    return bool(person and person.email == entry.address and has_confirmed_address(person))


def _free_invitation(invitation: EventInvitation | None) -> EventInvitation | None:
    """An invitation leads to the registration that was made last with it."""
    if invitation:
        Registration.objects.filter(invitation=invitation).update(invitation=None)
    return invitation


def _is_same_again(known: Registration, entry: Entry) -> bool:
    """A double click, or Back and once more."""
    wanted = dict(known.bookings.values_list("part", "mode"))
    names = list(known.colleagues.order_by("pk").values_list("name", flat=True))
    return (
        (known.name, known.firm_name) == (entry.name, entry.firm_name)
        and names == [colleague.name for colleague in entry.colleagues]
        and wanted.items() >= dict(entry.parts).items()
    )


def replace_unconfirmed(registration: Registration, *, now: datetime.datetime) -> None:
    """Nobody has confirmed it, so nothing is lost: what is entered last counts."""
    own = Registration.objects.filter(Q(pk=registration.pk) | Q(registered_by=registration))
    own.filter(state=State.UNCONFIRMED).update(state=State.EXPIRED, ended_at=now)


def refuse_address_twice(entry: Entry) -> None:
    addresses = [entry.address, *(one.email.strip().lower() for one in entry.colleagues if one.email)]
    if len(set(addresses)) < len(addresses):
        raise Refusal(
            _(
                "Eine E-Mail-Adresse steht zweimal da. Lassen Sie sie bei Kolleginnen und Kollegen leer, "
                "die ihre Post mit jemandem teilen."
            )
        )


def _refuse_flood(email: str, *, now: datetime.datetime) -> None:
    """A stranger's address is asked so often a day and no more."""
    asked = Registration.objects.filter(
        email=email,
        state__in=(State.UNCONFIRMED, State.EXPIRED),
        registered_by__isnull=True,
        created_at__gt=now - ASKED_WITHIN,
    )
    if asked.count() >= MOST_ASKED:
        raise Refusal(
            _(
                "An diese E-Mail-Adresse haben wir heute schon mehrere Bitten um Bestätigung gesendet. "
                "Öffnen Sie den Link in einer der E-Mails; danach können Sie sich für weitere anmelden."
            )
        )


def lock_address(email: str) -> None:
    """One address is entered by one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"registration:{email}"])
