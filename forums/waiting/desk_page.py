"""Who waits for what in an event, as ready strings for those who run it."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from forums.event_words import part_when_of
from forums.models import Event, PartBooking, PartPlaces
from forums.waiting.line import Places, places_in_lines
from forums.waiting.terms import OFFERS_UNTIL
from partnership.phone_numbers import dialled
from partnership.times import short_moment

State = PartBooking.State


@dataclass(frozen=True, slots=True)
class Waiting:
    """`place` is 0 for whoever has an offer, which stands until `until`."""

    pk: int
    place: int
    reference: str
    name: str
    firm: str
    phone: str
    tel: str
    email: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Line:
    """Of a part and mode; `places` says how many of its places are free."""

    part: str
    when: str
    mode: str
    places: str
    offered: list[Waiting]
    waiting: list[Waiting]


def waits_in(event: Event) -> QuerySet[PartBooking]:
    """In the order of the programme; in each line those with an offer first."""
    rows = PartBooking.objects.filter(part__event=event, state__in=PartBooking.WAITING)
    rows = rows.select_related("part__event", "registration__registered_by")
    return rows.order_by("part__starts_at", "part", "-mode", "state", "waits_since", "pk")


def lines_of(event: Event, bookings: list[PartBooking]) -> list[Line]:
    """Of a page of `waits_in`, each in its line; two statements however many."""
    all_places = PartPlaces.objects.filter(part__event=event)
    places = {(each.part_id, each.mode): each for each in all_places}
    in_line = places_in_lines(bookings)
    return [
        _line(places[key], list(waits), in_line)
        for key, waits in groupby(bookings, key=lambda booking: (booking.part_id, booking.mode))
    ]


def gives_places_by_hand(event: Event, *, now: datetime.datetime) -> bool:
    """In the last hours nobody is offered anything by mail."""
    return event.starts_at - now <= OFFERS_UNTIL


def _line(places: PartPlaces, waits: list[PartBooking], in_line: Places) -> Line:
    part = waits[0].part
    offered = [booking for booking in waits if booking.state == State.OFFERED]
    waiting = [booking for booking in waits if booking.state == State.WAITLISTED]
    return Line(
        part=part.title,
        when=part_when_of(part),
        mode=str(waits[0].get_mode_display()),
        places=_free_in_words(places),
        offered=[_waiting(booking, 0) for booking in offered],
        waiting=[_waiting(booking, in_line.get(booking.pk, (0, 0))[0]) for booking in waiting],
    )


def _free_in_words(places: PartPlaces) -> str:
    if not places.free:
        return _("ausgebucht")
    return _("%(free)d von %(all)d Plätzen frei") % {"free": places.free, "all": places.capacity}


def _waiting(booking: PartBooking, place: int) -> Waiting:
    registration = booking.registration
    by = registration.registered_by
    phone = registration.phone or (by.phone if by else "")
    return Waiting(
        pk=booking.pk,
        place=place,
        reference=registration.reference,
        name=registration.name,
        firm=registration.firm_name,
        phone=phone,
        tel=dialled(phone),
        email=registration.email or (by.email if by else ""),
        since=short_moment(booking.waits_since) if booking.waits_since else "",
        until=short_moment(booking.offer_until) if booking.offer_until else "",
    )
