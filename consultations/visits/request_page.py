"""One request for a visit as its page shows it to police."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from consultations.models import Appointment, Visit, VisitMatter, VisitRequest, VisitRequestStep
from consultations.talks import Talk, lay_out_talk
from consultations.visits.overview import (
    age_in_words,
    distance_in_words,
    flags_of,
    reason_badge,
    wishes_of,
)
from consultations.visits.queries import away_until, earlier_visits
from consultations.visits.taking import ACT_OF, has_open_offers
from consultations.visits.travel_plans import plan_of, start_of
from partnership.phone_numbers import dialled
from partnership.photos.queries import photos_of
from partnership.timeline import Happening, timeline_of
from partnership.times import long_day, long_moment, long_period

State = VisitRequest.State
Step = VisitRequestStep.Kind
EARLIER_SHOWN = 5
TOLD_BY_STEPS = [*ACT_OF.values(), "visit.lapsed", "visit.declined"]
BY_THE_FIRM = (Step.DECLINED, Step.FIXED, Step.SHIFTED, Step.CALLED_OFF)
"""Where nobody of police is named."""


@dataclass(frozen=True, slots=True)
class Contact:
    role: str
    name: str
    phone: str
    tel: str


def lay_out_request(request: VisitRequest, *, now: Any) -> dict[str, Any]:
    matter: VisitMatter | None = getattr(request, "matter", None)
    absences = away_until([request.officer_id] if request.officer_id else [])
    plan = plan_of(request.police_id)
    return {
        "visit_request": request,
        "matter": matter,
        "happened_on": long_day(matter.happened_on) if matter and matter.happened_on else "",
        "reason": reason_badge(request),
        "age": age_in_words(request) if request.state in VisitRequest.WAITING else "",
        "flags": flags_of(
            request, absences.get(request.officer_id or 0), has_offers=has_open_offers(request)
        ),
        "wishes": wishes_of(request),
        "distance": distance_in_words(request, plan, start_of(plan)),
        "contacts": _contacts(request),
        "geo": _geo(request),
        "visits": [_visit(visit) for visit in _own_visits(request)],
        "earlier": [_visit(visit) for visit in earlier_visits(request)[:EARLIER_SHOWN]],
        "photos": photos_of(request),
        "talk": _talk(request, now=now),
        "timeline": history_of(request),
        "is_over": request.state not in VisitRequest.STANDING,
    }


def history_of(request: VisitRequest) -> list[Happening]:
    """Acts and mails, and what police did with the reasons they gave each other."""
    steps = request.steps.select_related("by", "to")
    rows = [*timeline_of(request, without=TOLD_BY_STEPS), *(_step(step) for step in steps)]
    return sorted(rows, key=lambda row: (row.at, bool(row.mail_state)))


def _step(step: VisitRequestStep) -> Happening:
    what = str(step.get_kind_display())
    if step.to and step.kind == Step.HANDED_OVER:
        what = _("übergeben an %(who)s") % {"who": step.to}
    nobody = _("Firma, über das Portal") if step.kind in BY_THE_FIRM else _("Portal")
    return Happening(at=step.at, what=what, by=str(step.by or nobody), detail=step.reason)


def _contacts(request: VisitRequest) -> list[Contact]:
    """Whoever asked, and whoever is there, if that is somebody else."""
    asked = (_("fragt an"), request.contact_name, request.contact_phone)
    there = (_("vor Ort"), request.on_site_name, request.on_site_phone)
    rows = [asked] if there[1:] in (asked[1:], ("", "")) else [asked, there]
    return [Contact(role, name, phone, dialled(phone)) for role, name, phone in rows if name or phone]


def _geo(request: VisitRequest) -> str:
    """For the phone's own map; by the address alone where the municipality is not known."""
    place = "0,0" if request.latitude is None else f"{request.latitude},{request.longitude}"
    return f"geo:{place}?{urlencode({'q': request.address})}" if request.address else ""


def _own_visits(request: VisitRequest) -> list[Visit]:
    state = Appointment.State
    shown = (state.PROPOSED, state.CONFIRMED, state.ATTENDED, state.MISSED)
    rows = request.visits.filter(appointment__state__in=shown).select_related("appointment", "officer")
    return list(rows.order_by("appointment__period", "pk"))


def _visit(visit: Visit) -> dict[str, str]:
    appointment = visit.appointment
    until = appointment.held_until
    return {
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "officer": str(visit.officer),
        "state": str(appointment.get_state_display()),
        "until": long_moment(until) if until and appointment.state == Appointment.State.PROPOSED else "",
        "log": reverse("appointments:visit_log", args=[appointment.reference])
        if appointment.state in (Appointment.State.CONFIRMED, Appointment.State.ATTENDED)
        else "",
    }


def _talk(request: VisitRequest, *, now: Any) -> dict[str, Any] | None:
    """The office talk that it came from, with its note."""
    appointment = request.came_from
    if appointment is None or appointment.police_id != request.police_id:
        return None
    talk: Talk = lay_out_talk(appointment, now=now)
    return {
        "talk": talk,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "page": reverse("appointments:appointment", args=[appointment.reference]),
    }
