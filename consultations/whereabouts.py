"""Where an appointment takes place and who comes: in a room of a house, or at the firm's premises.

An appointment on site has neither lane nor host (docs/decisions/0027). Whoever reads a place reads it here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, Lane, Visit, VisitRequest
from partnership.models import Person
from partnership.places import geo_of

PLACE = ("lane__hours__office", "lane__hours__room", "visit__request", "partnership")
"""For `select_related`: what `whereabouts_of` reads of either kind."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`name` is the house, or says to the firm that it is at its own. `geo` is what such links carry, empty
    where nobody knows. `phone` answers the firm's questions."""

    name: str
    room: str
    address: str
    city: str
    geo: str
    phone: str
    access_note: str

    @property
    def location(self) -> str:
        """As calendars show it."""
        return ", ".join(part for part in (self.name, self.room, self.address) if part)


def visit_of(appointment: Appointment) -> Visit | None:
    is_visit = appointment.mode == Appointment.Mode.ON_SITE
    return getattr(appointment, "visit", None) if is_visit else None


def lane_of(appointment: Appointment) -> Lane:
    """Of a talk in office hours."""
    assert appointment.lane is not None
    return appointment.lane


def officer_of(appointment: Appointment) -> Person | None:
    """Who advises; None while a place in office hours is empty."""
    if visit := visit_of(appointment):
        return visit.officer
    return appointment.lane.officer if appointment.lane else None


def whereabouts_of(appointment: Appointment) -> Whereabouts:
    if visit := visit_of(appointment):
        return _premises(visit.request, phone=appointment.partnership.phone)
    hours = lane_of(appointment).hours
    office = hours.office
    return Whereabouts(
        name=office.name,
        room=hours.room.name if hours.room else "",
        address=office.address,
        city=office.city,
        geo=geo_of(office.latitude, office.longitude),
        phone=office.phone or appointment.partnership.phone,
        access_note=office.access_note,
    )


def place_words(appointment: Appointment) -> str:
    """For a row of a list at the workplace: 'Haus der Wirtschaft, Raum 1.04', 'vor Ort in Grimma'."""
    if visit := visit_of(appointment):
        return _("vor Ort in %(city)s") % {"city": visit.request.city}
    if appointment.lane is None:
        return str(appointment.get_mode_display())
    place = whereabouts_of(appointment)
    return f"{place.name}, {place.room}" if place.room else place.name


def _premises(request: VisitRequest, *, phone: str) -> Whereabouts:
    """The place on the map is the municipality's, not the street's: a map looks for the address near it."""
    return Whereabouts(
        name=_("Vor Ort in Ihrem Betrieb"),
        room="",
        address=request.address,
        city=request.city,
        geo=geo_of(request.latitude, request.longitude),
        phone=phone,
        access_note=request.access_note,
    )
