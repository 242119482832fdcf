"""A wait as ready strings: what for, which place in line, how places are passed on."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.event_words import part_when_of
from forums.models import Event, PartBooking, Registration
from forums.registering.bookings import place_in_line
from forums.seats import open_places
from forums.waiting.line import waiting_for
from forums.waiting.terms import (
    LONG_HOLD,
    LONG_OFFERS_UNTIL,
    MOVES_UP_UNTIL,
    OFFERS_UNTIL,
    SHORT_HOLD,
    moves_up_by_itself,
)
from partnership.times import long_moment

State = PartBooking.State
AN_HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """What somebody waits for, was offered, or has left unanswered. `until` is the end of an open offer;
    `is_still_free`: it has run out, and a yes would still be taken.
    """

    pk: int
    part: str
    position: str
    until: str
    has_lapsed: bool
    is_still_free: bool


def waits_of(registration: Registration, *, now: datetime.datetime) -> list[Wait]:
    """In the order of the programme; none once the event has begun."""
    rows = registration.bookings.select_related("part__event").order_by("part__starts_at", "pk")
    bookings = list(rows.filter(part__event__starts_at__gt=now))
    has = {booking.part_id for booking in bookings if booking.state in PartBooking.STANDING}
    return [
        wait_in_words(booking)
        for booking in bookings
        if booking.state in PartBooking.WAITING or (booking.lapsed_at and booking.part_id not in has)
    ]


def wait_in_words(booking: PartBooking) -> Wait:
    has_lapsed = booking.lapsed_at is not None
    return Wait(
        pk=booking.pk,
        part=part_in_words(booking),
        position=position_of(booking),
        until=long_moment(booking.offer_until) if booking.offer_until else "",
        has_lapsed=has_lapsed,
        is_still_free=has_lapsed and bool(open_places(booking.part, booking.mode)),
    )


def position_of(booking: PartBooking) -> str:
    """Empty for whoever does not stand in the line."""
    if booking.state != State.WAITLISTED:
        return ""
    values = {"place": place_in_line(booking), "total": waiting_for(booking.part, booking.mode).count()}
    return _("Sie stehen an %(place)d. Stelle von %(total)d") % values


def part_in_words(booking: PartBooking) -> str:
    """'Workshop Schlösser, 13:00 bis 14:30 Uhr, vor Ort'. Fetch the part with its event."""
    return f"{booking.part.title}, {part_when_of(booking.part)}, {booking.get_mode_display()}"


def explain(event: Event, *, now: datetime.datetime) -> str:
    """How a freed place reaches whoever waits, from now until the event."""
    values = {
        "asks_from": long_moment(event.starts_at - MOVES_UP_UNTIL),
        "short_from": long_moment(event.starts_at - LONG_OFFERS_UNTIL),
        "desk_from": long_moment(event.starts_at - OFFERS_UNTIL),
        "long": LONG_HOLD // AN_HOUR,
        "short": SHORT_HOLD // AN_HOUR,
    }
    if moves_up_by_itself(event, now=now):
        words = _(
            "Wird ein Platz frei, bekommt ihn, wer am längsten wartet: Sie rücken von selbst nach, und wir "
            "schreiben Ihnen. Ab %(asks_from)s fragen wir Sie vorher. Dann haben Sie %(long)d Stunden Zeit "
            "für Ihre Antwort, in den letzten zwei Tagen %(short)d."
        )
    elif now < event.starts_at - LONG_OFFERS_UNTIL:
        words = _(
            "Wird ein Platz frei, bieten wir ihn an, zuerst denen, die am längsten warten. Sie haben dann "
            "%(long)d Stunden Zeit für Ihre Antwort, ab %(short_from)s noch %(short)d."
        )
    elif now < event.starts_at - OFFERS_UNTIL:
        words = _(
            "Wird ein Platz frei, bieten wir ihn an, zuerst denen, die am längsten warten. Sie haben dann "
            "%(short)d Stunden Zeit für Ihre Antwort; die Nacht zählt nicht mit. Ab %(desk_from)s vergeben "
            "wir Plätze nur noch am Telefon und am Einlass."
        )
    else:
        words = _(
            "Jetzt vergeben wir Plätze nur noch am Telefon und am Einlass. Rufen Sie an, oder fragen Sie "
            "vor Ort, ob jemand nicht gekommen ist."
        )
    return words % values
