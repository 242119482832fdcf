"""A wait as ready strings: what for, which place in line, how places are passed on."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from forums.event_words import part_when_of
from forums.models import Event, PartBooking, Registration
from forums.seats import open_places
from forums.waiting.line import Places, places_in_lines
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


class Standing(StrEnum):
    """How far a wait has come. Late is an offer that ran out while the place is still free."""

    OFFER = "offer"
    LATE = "late"
    LAPSED = "lapsed"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Wait:
    """`position` is that of whoever stands in the line, `until` the end of an open offer."""

    pk: int
    part: str
    standing: Standing
    position: str
    until: str


def waits_of(registration: Registration, *, now: datetime.datetime) -> list[Wait]:
    """Until the event begins: waits, and offers left unanswered, first of all what can be answered."""
    if registration.state != Registration.State.CONFIRMED:
        return []
    rows = registration.bookings.filter(part__event__starts_at__gt=now, waits_since__isnull=False)
    bookings = list(rows.select_related("part__event").order_by("part__starts_at", "pk"))
    standing = registration.bookings.filter(state__in=PartBooking.STANDING)
    has = set(standing.values_list("part", flat=True))
    places = places_in_lines(bookings)
    waits = [
        _wait(booking, places)
        for booking in bookings
        if booking.state in PartBooking.WAITING or (booking.lapsed_at and booking.part_id not in has)
    ]
    return sorted(waits, key=lambda wait: list(Standing).index(wait.standing))


def _wait(booking: PartBooking, places: Places) -> Wait:
    return Wait(
        pk=booking.pk,
        part=part_in_words(booking),
        standing=standing_of(booking),
        position=position_of(booking, places),
        until=long_moment(booking.offer_until) if booking.offer_until else "",
    )


def standing_of(booking: PartBooking) -> Standing:
    match booking.state:
        case State.OFFERED:
            return Standing.OFFER
        case State.WAITLISTED:
            return Standing.LINE
    return Standing.LATE if open_places(booking.part, booking.mode) else Standing.LAPSED


def position_of(booking: PartBooking, places: Places) -> str:
    """Empty for whoever does not stand in the line."""
    if booking.pk not in places:
        return ""
    place, total = places[booking.pk]
    return _("Sie stehen an %(place)d. Stelle von %(total)d") % {"place": place, "total": total}


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
