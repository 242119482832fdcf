"""Who answers a letter about a thing of ours: its house, the officer who comes, or the directorate."""

from django.db.models import Model
from django.urls import reverse

from consultations.models import Appointment, OfficeHours, OfficeHoursSeries, VisitRequest
from consultations.whereabouts import lane_of, visit_of
from partnership.current import absolute_url
from partnership.models import Office


def desk_of(thing: Model) -> tuple[str, str] | None:
    """The house's address, which may be empty, and the thing's page."""
    if isinstance(thing, Appointment):
        page = absolute_url(thing.partnership, reverse("appointments:appointment", args=[thing.reference]))
        if visit := visit_of(thing):
            return visit.officer.email, page
        return lane_of(thing).hours.office.email, page
    if isinstance(thing, VisitRequest):
        page = absolute_url(thing.partnership, reverse("appointments:visit_request", args=[thing.reference]))
        return _address_of(thing), page
    if isinstance(thing, OfficeHours):
        page = reverse("appointments:hours_detail", args=[thing.pk])
        return thing.office.email, absolute_url(thing.partnership, page)
    if isinstance(thing, OfficeHoursSeries):
        page = reverse("appointments:series", args=[thing.pk])
        return thing.office.email, absolute_url(thing.partnership, page)
    return None


def _address_of(request: VisitRequest) -> str:
    """Whoever has taken the request, else the first house of the directorate; empty if it has none."""
    if request.officer:
        return request.officer.email
    houses = Office.objects.filter(organisation=request.police_id, is_active=True).exclude(email="")
    return houses.order_by("kind", "pk").values_list("email", flat=True).first() or ""
