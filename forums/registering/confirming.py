"""The yes: from then on somebody takes part, or waits where there is no place."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.models import Event, PartBooking, Registration
from forums.references import draw_ticket
from forums.registering.bookings import book_part_locked, lock_registration, standing_bookings
from forums.registering.window import TooLate, closes_at
from forums.seats import takes_places
from partnership.blocked_addresses import mailbox_is_proven
from partnership.firm_contacts import firm_known_to, person_behind
from partnership.journal import log_act
from partnership.models import Firm, Person

State = Registration.State


@takes_places
def confirm(*, registration_id: int) -> tuple[Registration, str]:
    """Confirm somebody and the colleagues entered along. Returns a token to the own page; confirming again
    changes nothing and gives an empty one. What has expired can be confirmed while one can still register.
    Raises TooLate, Refusal.
    """
    now = timezone.now()
    registration = lock_registration(registration_id)
    if registration.state == State.CONFIRMED:
        return registration, ""
    _refuse_ended(registration, now=now)
    return registration, confirm_locked(registration, now=now)


def confirm_locked(
    registration: Registration, *, now: datetime.datetime, by_desk: Person | None = None
) -> str:
    """Give places or waits to all that were entered along, tell everybody; the caller holds the locks.
    Returns the token of the link to the own page.

    `by_desk` says so for somebody who called, which proves no mailbox: no person comes of it.
    """
    along = _entered_along(registration)
    if by_desk is None and registration.email:
        registration.person = person_behind(email=registration.email, name=registration.name)
        mailbox_is_proven(registration.email)
        registration.firm = firm_known_to(email=registration.email, name=registration.firm_name)
    actor = by_desk or registration.person
    confirm_each_locked([registration, *along], firm=registration.firm, now=now, actor=actor)
    return mails.tell_registered(registration, along=along)


def confirm_each_locked(
    registrations: list[Registration], *, firm: Firm | None, now: datetime.datetime, actor: Person | None
) -> None:
    """Give places or waits; the caller holds the locks and tells them."""
    _replace_unconfirmed([one for one in registrations if one.registered_by_id], now=now)
    for one in registrations:
        one.firm = firm
        _give_places(one, now=now)
        log_act(act="registration.confirmed", thing=one, actor=actor, organisation=one.event.organiser)


def _entered_along(registration: Registration) -> list[Registration]:
    """Who has registered otherwise in the meantime needs no second registration."""
    rows = Registration.objects.filter(registered_by=registration)
    waiting = rows.filter(state__in=(State.UNCONFIRMED, State.EXPIRED), emptied_at__isnull=True)
    registered = Registration.objects.filter(event=registration.event, state=State.CONFIRMED)
    others = waiting.exclude(email__in=registered.exclude(email="").values("email"))
    return list(
        others.select_related("event__partnership", "event__organiser", "registered_by").order_by("pk")
    )


def _replace_unconfirmed(along: list[Registration], *, now: datetime.datetime) -> None:
    """Whatever else waits for a yes under a colleague's address: anybody may have entered it."""
    for one in along:
        waiting = Registration.objects.filter(event=one.event, email=one.email, state=State.UNCONFIRMED)
        waiting.exclude(email="").exclude(pk=one.pk).update(state=State.EXPIRED, ended_at=now)


def _give_places(registration: Registration, *, now: datetime.datetime) -> None:
    registration.state, registration.confirmed_at = State.CONFIRMED, now
    registration.ticket = draw_ticket()
    registration.ended_at = None
    registration.save()
    for booking in standing_bookings(registration).filter(state=PartBooking.State.PENDING):
        book_part_locked(registration=registration, part=booking.part, mode=booking.mode, now=now)


def _refuse_ended(registration: Registration, *, now: datetime.datetime) -> None:
    event = registration.event
    if registration.state not in (State.UNCONFIRMED, State.EXPIRED) or registration.emptied_at:
        raise TooLate(_("Diese Anmeldung ist beendet. Melden Sie sich bitte neu an."))
    newer = Registration.objects.filter(event=event, email=registration.email, pk__gt=registration.pk)
    if registration.email and newer.filter(state__in=Registration.STANDING).exists():
        raise TooLate(
            _("Mit dieser Adresse gibt es eine neuere Anmeldung. Öffnen Sie den Link in der neueren E-Mail.")
        )
    if event.state != Event.State.ANNOUNCED or now >= event.starts_at:
        raise TooLate(_("Diese Veranstaltung hat begonnen oder findet nicht statt."))
    is_late = registration.confirm_by is not None and now >= registration.confirm_by
    if is_late and now >= closes_at(event):
        raise TooLate(_("Die Anmeldung ist inzwischen geschlossen."))
