"""The stations of a day as ready strings: office hours, visits at firms, and what else takes the time."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Appointment, Claim, Lane, OfficeHours, VisitMatter, VisitReport, VisitRequest
from consultations.rules import outcome_may_begin
from consultations.talks import Badge, FreeTimes, Talk, badge_of, lay_out_talks
from consultations.visits.travel import Place as Point
from partnership.models import Office
from partnership.phone_numbers import dialled
from partnership.places import geo_of
from partnership.times import at_wall_time, clock_span, clock_text, short_date

ONE_DAY = datetime.timedelta(days=1)
ANYWHERE = "0,0"
"""A map then looks for the address alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is and how to get and call there; `geo` and `tel` are what such links carry. On site `office`
    and `room` are empty, and `whom` is somebody of the firm."""

    city: str
    office: str
    address: str
    room: str
    access_note: str
    geo: str
    whom: str
    phone: str
    tel: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class Station:
    """One officer's place in office hours. `mark` is its number in the day, '' when it is over."""

    mark: str
    starts: str
    span: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: Place
    police_id: int
    colleagues: str
    count: str
    badge: Badge | None
    slots: list[Talk | FreeTimes]

    @property
    def talks(self) -> list[Talk]:
        return [slot for slot in self.slots if isinstance(slot, Talk)]


@dataclass(frozen=True, slots=True)
class VisitStation:
    """A visit at a firm. `facts` is what the firm has confided; `alarm` marks one after a burglary.

    Links are empty where there is nothing to open; `act` names what can be done about the outcome now.
    """

    mark: str
    starts: str
    span: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: Place
    police_id: int
    reference: str
    firm: str
    badge: Badge
    alarm: Badge | None
    occasion: str
    facts: list[str]
    request_link: str
    request_page: str
    log_link: str
    log_page: str
    last_link: str
    last_page: str
    act: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that something else than the stations shown has taken."""

    starts: str
    span: str
    starts_at: datetime.datetime
    word: str


Block = Station | VisitStation | Taken


def talk_count(count: int) -> str:
    return ngettext("%(count)d Gespräch", "%(count)d Gespräche", count) % {"count": count}


def lay_out_station(
    lane: Lane, appointments: list[Appointment], *, number: int, now: datetime.datetime
) -> Station:
    hours = lane.hours
    is_draft = hours.state == OfficeHours.State.DRAFT
    return Station(
        mark="" if hours.ends_at <= now else str(number),
        starts=clock_text(hours.starts_at),
        span=clock_span(hours.starts_at, hours.ends_at),
        starts_at=hours.starts_at,
        ends_at=hours.ends_at,
        place=_house(hours),
        police_id=hours.police_id,
        colleagues=", ".join(str(n.officer) for n in hours.lanes.all() if n.officer and n.pk != lane.pk),
        count=talk_count(len(appointments)) if appointments else _("noch kein Gespräch gebucht"),
        badge=Badge(_("noch nicht abgestimmt"), "warning") if is_draft else None,
        slots=lay_out_talks(lane, appointments, now=now),
    )


def lay_out_visit(
    appointment: Appointment,
    *,
    number: int,
    photos: int,
    last: VisitReport | None,
    now: datetime.datetime,
) -> VisitStation:
    """`photos`: how many came with the request. `last`: the firm's latest released report of an earlier
    visit."""
    request, reference = appointment.visit.request, appointment.reference
    matter: VisitMatter | None = getattr(request, "matter", None)
    may_note = outcome_may_begin(appointment, now=now)
    return VisitStation(
        mark="" if appointment.ends_at <= now else str(number),
        starts=clock_text(appointment.starts_at),
        span=clock_span(appointment.starts_at, appointment.ends_at),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=_premises(request),
        police_id=appointment.police_id,
        reference=reference,
        firm=appointment.firm_name,
        badge=badge_of(appointment, now=now),
        alarm=_alarm(matter),
        occasion=_occasion(request, matter),
        facts=_facts(matter) if matter else [],
        request_link=_request_words(photos),
        request_page=reverse("appointments:visit_request", args=[request.reference]),
        log_link=_log_words(appointment) if may_note else "",
        log_page=reverse("appointments:visit_log", args=[reference]),
        last_link=_("Letzter Bericht, %(year)d") % {"year": last.released_at.year}
        if last and last.released_at
        else "",
        last_page=reverse("appointments:visit_report", args=[last.visit.appointment.reference])
        if last
        else "",
        act=_act(appointment) if may_note else "",
    )


def lay_out_taken(claim: Claim, *, day: datetime.date, police: frozenset[int]) -> Taken:
    """What takes the time for another directorate is nobody's business here: it shows as taken only."""
    starts_at = max(claim.blocked.lower, at_wall_time(day, datetime.time()))
    ends_at = min(claim.blocked.upper, at_wall_time(day + ONE_DAY, datetime.time()))
    is_whole_day = ends_at - starts_at >= datetime.timedelta(hours=23)
    return Taken(
        starts=_("ganzer Tag") if is_whole_day else clock_text(starts_at),
        span="" if is_whole_day else clock_span(starts_at, ends_at),
        starts_at=starts_at,
        word=_taken_word(claim, police),
    )


def _taken_word(claim: Claim, police: frozenset[int]) -> str:
    if claim.kind == Claim.Kind.ABSENCE:
        return _("abwesend")
    if claim.visit and claim.visit.request.police_id in police:
        return _("angeboten: Besuch in %(city)s") % {"city": claim.visit.request.city}
    return _("belegt")


def _house(hours: OfficeHours) -> Place:
    office: Office = hours.office
    phone = office.phone or hours.partnership.phone
    return Place(
        city=office.city,
        office=office.name,
        address=office.address,
        room=hours.room.name if hours.room else "",
        access_note=office.access_note,
        geo=geo_of(office.latitude, office.longitude),
        whom=office.name,
        phone=phone,
        tel=dialled(phone),
        point=(office.latitude, office.longitude),
    )


def _premises(request: VisitRequest) -> Place:
    phone = request.on_site_phone or request.contact_phone
    is_known = request.latitude is not None and request.longitude is not None
    return Place(
        city=request.city,
        office="",
        address=request.address,
        room="",
        access_note=request.access_note,
        geo=geo_of(request.latitude, request.longitude) or ANYWHERE,
        whom=request.on_site_name or request.contact_name,
        phone=phone,
        tel=dialled(phone),
        point=(request.latitude or 0.0, request.longitude or 0.0) if is_known else None,
    )


def _occasion(request: VisitRequest, matter: VisitMatter | None) -> str:
    """What it was about is gone once the request is emptied."""
    premises = str(request.get_premises_display())
    return f"{premises}, {matter.get_reason_display()}" if matter else premises


def _alarm(matter: VisitMatter | None) -> Badge | None:
    is_burglary = matter is not None and matter.reason == VisitMatter.Reason.BURGLARY
    return Badge(_("Nach Einbruch"), "danger") if is_burglary else None


def _facts(matter: VisitMatter) -> list[str]:
    found = []
    if matter.happened_on:
        found.append(_("Einbruch am %(day)s") % {"day": short_date(matter.happened_on)})
    if matter.case_number:
        found.append(_("Vorgang %(number)s") % {"number": matter.case_number})
    if matter.accessibility_need:
        found.append(_("Unterstützung: %(need)s") % {"need": matter.accessibility_need})
    return [*found, matter.note] if matter.note else found


def _request_words(photos: int) -> str:
    if not photos:
        return _("Anfrage ansehen")
    return ngettext("Anfrage mit %(count)d Foto", "Anfrage mit %(count)d Fotos", photos) % {"count": photos}


def _log_words(appointment: Appointment) -> str:
    states = {report.state for report in appointment.visit.reports.all()}
    if VisitReport.State.DRAFT in states:
        return _("Protokoll weiterschreiben")
    return "" if states else _("Protokoll beginnen")


def _act(appointment: Appointment) -> str:
    has_outcome = appointment.state in (Appointment.State.ATTENDED, Appointment.State.MISSED)
    return _("Ergebnis ändern") if has_outcome else _("Ergebnis eintragen")
