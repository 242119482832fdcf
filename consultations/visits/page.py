"""A request as its firm and its desk read it: in words, ready strings. Nothing that was confided."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.models import Appointment, VisitRequest
from consultations.visits.asking import NOT_PLANNED
from consultations.visits.line import place_in_line, usually_taken_by
from consultations.visits.photos import takes_photos_still
from consultations.waiting.wishes import wishes_in_words
from partnership.photos.queries import count_photos
from partnership.times import berlin_day, long_date, long_day, long_moment, long_period, short_moment

State = VisitRequest.State
HEADINGS = {
    State.UNCONFIRMED: gettext_lazy("Bestätigen Sie Ihre Anfrage"),
    State.TAKEN: gettext_lazy("Die Polizei bereitet Ihren Besuch vor"),
    State.PLANNED: gettext_lazy("Ihr Besuch ist vereinbart"),
    State.VISITED: gettext_lazy("Die Polizei war bei Ihnen"),
    State.WITHDRAWN: gettext_lazy("Sie haben die Anfrage zurückgezogen"),
    State.EXPIRED: gettext_lazy("Diese Anfrage ist verfallen"),
    State.ENDED: gettext_lazy("Diese Anfrage ist beendet"),
}
NEXT = {
    State.UNCONFIRMED: gettext_lazy("Der Link dafür steht in unserer E-Mail. Er gilt bis %(until)s."),
    State.OPEN: gettext_lazy(
        "Eine Fachkraft der Polizei übernimmt Ihre Anfrage, in der Regel bis %(day)s. Dann erhalten "
        "Sie Zeiten zur Auswahl oder einen Anruf. Nach einem Einbruch kommen wir zuerst."
    ),
    State.TAKEN: gettext_lazy(
        "Ihre Anfrage ist übernommen. Sie erhalten Zeiten zur Auswahl oder einen Anruf."
    ),
    State.PLANNED: gettext_lazy("Ändern oder absagen können Sie den Termin auf seiner Seite."),
    State.VISITED: gettext_lazy("Was Ihnen empfohlen wird, steht in Ihrem Bericht."),
    State.WITHDRAWN: gettext_lazy("Sie können jederzeit eine neue stellen."),
    State.EXPIRED: gettext_lazy(
        "Sie wurde nicht rechtzeitig bestätigt. Sie können jederzeit eine neue stellen."
    ),
    State.ENDED: gettext_lazy("Grund: %(reason)s"),
}


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
    photos: str
    takes_photos: bool


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
        wishes="; ".join(filter(None, [wishes_in_words(request), _short_notice(request)])),
        asked=long_day(berlin_day(request.created_at)),
        visits=[
            long_period(a.starts_at, a.ends_at) for a in visits if a.state == Appointment.State.CONFIRMED
        ],
        has_times=bool(visits),
        is_waiting=request.state in VisitRequest.WAITING,
        can_change=request.state in NOT_PLANNED,
        is_confirmed=request.state not in (State.UNCONFIRMED, State.EXPIRED),
        photos=photos_in_words(request),
        takes_photos=takes_photos_still(request),
    )


def photos_in_words(request: VisitRequest) -> str:
    """How many; what they show is for police, and for whoever is signed in."""
    count = count_photos(VisitRequest, [request.pk]).get(request.pk, 0)
    words = ngettext("Sie haben ein Foto angefügt.", "Sie haben %(count)d Fotos angefügt.", count)
    return words % {"count": count} if count else ""


def _short_notice(request: VisitRequest) -> str:
    return _("auch kurzfristig") if request.takes_freed_times else ""


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
    if request.state == State.OPEN:
        place, total = place_in_line(request)
        return _("Ihre Anfrage wartet, Platz %(place)d von %(total)d") % {"place": place, "total": total}
    return str(HEADINGS[State(request.state)])


def _next(request: VisitRequest, *, offered: bool) -> str:
    if offered:
        return _("Wählen Sie eine der Zeiten, oder sagen Sie uns, dass keine passt.")
    words = {
        "reason": request.end_reason,
        "until": long_moment(request.confirm_by) if request.confirm_by else "",
        "day": long_date(usually_taken_by(request.asked_since)) if request.asked_since else "",
    }
    return str(NEXT[State(request.state)]) % words


def _coming(request: VisitRequest, *, now: datetime.datetime) -> list[Appointment]:
    """Offered ones that can still be chosen, and the one that stands."""
    state = Appointment.State
    found = Appointment.objects.filter(
        visit__request=request, state__in=(state.PROPOSED, state.CONFIRMED), period__endswith__gt=now
    )
    return [
        a
        for a in found.order_by("period", "pk")
        if a.state == state.CONFIRMED or (a.held_until and a.held_until > now)
    ]
