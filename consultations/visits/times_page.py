"""The times that a firm may choose from, as ready strings, and what became of earlier ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest
from consultations.visits.line import place_in_line
from consultations.waiting.page import Happened, happened_to
from partnership.times import berlin_day, clock_span, long_date, long_moment, long_period

State = VisitRequest.State


@dataclass(frozen=True, slots=True)
class OpenTime:
    pk: int
    day: str
    span: str


@dataclass(frozen=True, slots=True)
class TimesPage:
    """`place` is empty for whoever does not wait for somebody to take the request; `standing` is when the
    police come."""

    open_times: list[OpenTime]
    until: str
    is_freed: bool
    standing: str
    place: str
    waits: bool
    history: list[Happened]


def lay_out_times(request: VisitRequest, appointments: Iterable[Appointment]) -> TimesPage:
    appointments = list(appointments)
    held = [appointment.held_until for appointment in appointments if appointment.held_until]
    return TimesPage(
        open_times=[_open(appointment) for appointment in appointments],
        until=long_moment(min(held)) if held else "",
        is_freed=any(hasattr(appointment, "offer") for appointment in appointments),
        standing=_standing(request),
        place=_place(request),
        waits=request.state in VisitRequest.WAITING,
        history=happened_to(request) if request.takes_freed_times else [],
    )


def _open(appointment: Appointment) -> OpenTime:
    return OpenTime(
        pk=appointment.pk,
        day=long_date(berlin_day(appointment.starts_at)),
        span=clock_span(appointment.starts_at, appointment.ends_at),
    )


def _standing(request: VisitRequest) -> str:
    rows = Appointment.objects.filter(visit__request=request, state=Appointment.State.CONFIRMED)
    stands = rows.first()
    return long_period(stands.starts_at, stands.ends_at) if stands else ""


def _place(request: VisitRequest) -> str:
    if request.state != State.OPEN:
        return ""
    place, total = place_in_line(request)
    return _("Ihre Anfrage steht an %(place)d. Stelle von %(total)d.") % {"place": place, "total": total}
