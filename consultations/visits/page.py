"""A request as its firm and its desk read it: in words, ready strings. Nothing that was confided."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest
from consultations.visits.asking import NOT_PLANNED
from consultations.visits.line import place_in_line, usually_taken_by
from consultations.waiting.wishes import wishes_in_words
from partnership.times import berlin_day, long_date, long_day, long_moment, long_period, short_moment

State = VisitRequest.State


@dataclass(frozen=True, slots=True)
class FirmsPage:
    """`next` says what happens now. `has_times`: offered or standing ones, which the page leads to."""

    heading: str
    next: str
    wishes: str
    asked: str
    visits: list[str]
    has_times: bool
    is_waiting: bool
    can_change: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class OwnRow:
    reference: str
    firm: str
    city: str
    asked: str
    words: str
    is_claimed: bool


@dataclass(frozen=True, slots=True)
class EnteredRow:
    firm: str
    contact: str
    entered: str
    words: str


def lay_out_for_firm(request: VisitRequest, *, now: datetime.datetime) -> FirmsPage:
    visits = _coming(request, now=now)
    offered = any(a.state == Appointment.State.PROPOSED for a in visits)
    return FirmsPage(
        heading=_heading(request, offered=offered),
        next=_next(request, offered=offered),
        wishes=wishes_in_words(request),
        asked=long_day(berlin_day(request.created_at)),
        visits=[
            long_period(a.starts_at, a.ends_at) for a in visits if a.state == Appointment.State.CONFIRMED
        ],
        has_times=bool(visits),
        is_waiting=request.state in VisitRequest.WAITING,
        can_change=request.state in NOT_PLANNED,
        is_confirmed=request.state not in (State.UNCONFIRMED, State.EXPIRED),
    )


def own_row(request: VisitRequest, *, person_id: int) -> OwnRow:
    return OwnRow(
        reference=request.reference,
        firm=request.firm_name,
        city=request.city,
        asked=long_day(berlin_day(request.created_at)),
        words=_heading(request, offered=False),
        is_claimed=request.person_id == person_id,
    )


def entered_row(request: VisitRequest) -> EnteredRow:
    """Whether a visit took place, and nothing else of how it stands."""
    if request.state == State.VISITED:
        words = _("besucht")
    else:
        words = _("weitergegeben") if request.state in VisitRequest.STANDING else _("beendet")
    return EnteredRow(
        firm=request.firm_name,
        contact=request.contact_name,
        entered=short_moment(request.created_at),
        words=words,
    )


def _heading(request: VisitRequest, *, offered: bool) -> str:
    if offered:
        return _("Wir haben Zeiten für Sie")
    match request.state:
        case State.UNCONFIRMED:
            return _("Bestätigen Sie Ihre Anfrage")
        case State.OPEN:
            place, total = place_in_line(request)
            return _("Ihre Anfrage wartet, Platz %(place)d von %(total)d") % {"place": place, "total": total}
        case State.TAKEN:
            return _("Die Polizei bereitet Ihren Besuch vor")
        case State.PLANNED:
            return _("Ihr Besuch ist vereinbart")
        case State.VISITED:
            return _("Die Polizei war bei Ihnen")
        case State.WITHDRAWN:
            return _("Sie haben die Anfrage zurückgezogen")
        case State.EXPIRED:
            return _("Diese Anfrage ist verfallen")
    return _("Diese Anfrage ist beendet")


def _next(request: VisitRequest, *, offered: bool) -> str:
    if offered:
        return _("Wählen Sie eine der Zeiten, oder sagen Sie uns, dass keine passt.")
    match request.state:
        case State.UNCONFIRMED:
            assert request.confirm_by is not None
            return _("Der Link dafür steht in unserer E-Mail. Er gilt bis %(until)s.") % {
                "until": long_moment(request.confirm_by)
            }
        case State.OPEN:
            assert request.asked_since is not None
            return _(
                "Eine Fachkraft der Polizei übernimmt Ihre Anfrage, in der Regel bis %(day)s. Dann erhalten "
                "Sie Zeiten zur Auswahl oder einen Anruf. Nach einem Einbruch kommen wir zuerst."
            ) % {"day": long_date(usually_taken_by(request.asked_since))}
        case State.TAKEN:
            return _("Ihre Anfrage ist übernommen. Sie erhalten Zeiten zur Auswahl oder einen Anruf.")
        case State.PLANNED:
            return _("Ändern oder absagen können Sie den Termin auf seiner Seite.")
        case State.ENDED:
            return request.end_reason
        case State.EXPIRED:
            return _("Sie wurde nicht rechtzeitig bestätigt. Sie können jederzeit eine neue stellen.")
        case State.WITHDRAWN:
            return _("Sie können jederzeit eine neue stellen.")
    return ""


def _coming(request: VisitRequest, *, now: datetime.datetime) -> list[Appointment]:
    """Offered ones that can still be chosen, and the one that stands."""
    state = Appointment.State
    found = Appointment.objects.filter(
        visit__request=request, state__in=(state.PROPOSED, state.CONFIRMED), period__endswith__gt=now
    )
    return [
        a
        for a in found.order_by("period")
        if a.state == state.CONFIRMED or (a.held_until and a.held_until > now)
    ]
