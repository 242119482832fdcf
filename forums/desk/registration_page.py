"""A registration as its desk sees it: what somebody has and waits for, and what one can do about it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.event_words import part_when_of
from forums.models import PartBooking, Registration, RegistrationNeeds
from forums.registering.window import may_still_change
from forums.waiting.line import place_in_line
from partnership.times import long_moment, short_moment

State = PartBooking.State


@dataclass(frozen=True, slots=True)
class PartRow:
    """`words` tell a wait with its place in the line."""

    pk: int
    title: str
    when: str
    mode: str
    is_waiting: bool
    words: str
    can_take_in: bool


def parts_of(registration: Registration, *, now: datetime.datetime) -> list[PartRow]:
    """In the order of the programme; what was given up is not among them."""
    bookings = registration.bookings.exclude(state=State.CANCELLED).select_related("part__event", "beyond_by")
    can_change = may_still_change(registration.event, now=now)
    return [_row(one, can_change=can_change) for one in bookings.order_by("part__starts_at", "part")]


def _row(booking: PartBooking, *, can_change: bool) -> PartRow:
    is_waiting = booking.state in PartBooking.WAITING
    return PartRow(
        pk=booking.pk,
        title=booking.part.title,
        when=part_when_of(booking.part),
        mode=str(booking.get_mode_display()),
        is_waiting=is_waiting,
        words=_words(booking),
        can_take_in=is_waiting and can_change,
    )


def _words(booking: PartBooking) -> str:
    if booking.state == State.WAITLISTED:
        return _("wartet, an %(place)d. Stelle") % {"place": place_in_line(booking)[0]}
    if booking.state == State.OFFERED and booking.offer_until:
        return _("angeboten, Antwort bis %(until)s") % {"until": long_moment(booking.offer_until)}
    if booking.beyond_reason:
        return _("über die Plätze hinaus: %(reason)s (%(by)s)") % {
            "reason": booking.beyond_reason,
            "by": booking.beyond_by or _("nicht mehr bekannt"),
        }
    return _("hat einen Platz")


def needs_of(registration: Registration) -> RegistrationNeeds | None:
    return RegistrationNeeds.objects.filter(registration=registration).first()


def colleagues_of(registration: Registration) -> list[Registration]:
    """Registered along; whoever has cancelled is among them."""
    rows = registration.colleagues.exclude(
        state__in=(Registration.State.UNCONFIRMED, Registration.State.EXPIRED)
    )
    return list(rows.prefetch_related("bookings").order_by("pk"))


def state_sentence(registration: Registration) -> str:
    """How it came about, and how it ended."""
    if registration.ended_at and registration.state == Registration.State.CANCELLED:
        return _("Abgemeldet am %(when)s, %(by)s.") % {
            "when": short_moment(registration.ended_at),
            "by": registration.get_cancelled_by_display(),
        }
    if registration.is_walk_in:
        return _("Ohne Anmeldung gekommen.")
    values = {"when": short_moment(registration.created_at), "by": registration.entered_by}
    if registration.entered_by:
        return _("Aufgenommen am %(when)s durch %(by)s.") % values
    if registration.invitation_id:
        return _("Angemeldet am %(when)s über die persönliche Einladung.") % values
    return _("Angemeldet am %(when)s.") % values
