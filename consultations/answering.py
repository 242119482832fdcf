"""Who answers a letter about a thing of ours: its house, or the officer who comes."""

from django.db.models import Model
from django.urls import reverse

from consultations.models import Appointment, OfficeHours, OfficeHoursSeries
from consultations.whereabouts import lane_of, visit_of
from partnership.current import absolute_url


def desk_of(thing: Model) -> tuple[str, str] | None:
    """The house's address, which may be empty, and the thing's page."""
    if isinstance(thing, Appointment):
        page = absolute_url(thing.partnership, reverse("appointments:appointment", args=[thing.reference]))
        if visit := visit_of(thing):
            return visit.officer.email, page
        return lane_of(thing).hours.office.email, page
    if isinstance(thing, OfficeHours):
        page = reverse("appointments:hours_detail", args=[thing.pk])
        return thing.office.email, absolute_url(thing.partnership, page)
    if isinstance(thing, OfficeHoursSeries):
        page = reverse("appointments:series", args=[thing.pk])
        return thing.office.email, absolute_url(thing.partnership, page)
    return None
