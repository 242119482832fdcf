"""From a request that an officer has taken to a visit that stands: offer times, fix one, the firm's answer.

Offered times are appointments in the state "angeboten" with the officer's claim. All functions take time as
`taking_time` says: they lock the officer first.
"""

import datetime
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.deadlines import visit_answer_deadline
from consultations.models import Appointment, VisitRequest, WaitingOffer
from consultations.placing import TooLate
from consultations.taking_time import takes_time
from consultations.visits import planning_mails
from consultations.visits.freed import pass_on_open_offers
from consultations.visits.placing import (
    Step,
    confirm_visit,
    day_of,
    give_up_times,
    lock_request,
    lock_visit,
    note_step,
    open_times,
    own_open_times,
    place_visit,
)
from consultations.waiting.asking import LEAST_HOLD, close_offer
from partnership.blocked_addresses import block_of
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import long_moment, short_moment

MOST_TIMES = 3
State = Appointment.State
Outcome = WaitingOffer.Outcome


@takes_time
def offer_times(
    *,
    request_id: int,
    starts: Collection[datetime.datetime],
    actor: Person,
    minutes: int | None = None,
    insists: bool = False,
) -> list[Appointment]:
    """Keep up to three times of the officer's days for the firm until it chooses, and mail them.

    Raises Refusal, TimeClash, TravelTight (unless the officer insists).
    """
    request, now = lock_request(request_id), timezone.now()
    officer = _officer_of(request)
    times = sorted(set(starts))
    _refuse_unfit(request, times, now=now)
    deadline = visit_answer_deadline(times, now=now)
    if deadline - now < LEAST_HOLD:
        raise Refusal(
            _("Diese Zeit ist zu nah, um auf eine Antwort zu warten. Rufen Sie an und legen Sie sie fest.")
        )
    offered = []
    for start in times:
        fit = day_of(request, officer, start).fit(request, start, minutes=minutes)
        appointment = place_visit(
            request=request,
            officer=officer,
            fit=fit,
            state=State.PROPOSED,
            held_until=deadline,
            insists=insists,
        )
        log_act(act="visit.offered", thing=appointment, actor=actor, organisation=request.police)
        offered.append(appointment)
    words = "; ".join(short_moment(appointment.starts_at) for appointment in offered)
    note_step(request, Step.OFFERED, by=actor, to=officer, reason=words)
    planning_mails.offer_times(request, offered, until=deadline)
    return offered


@takes_time
def fix_by_phone(
    *,
    request_id: int,
    starts_at: datetime.datetime,
    actor: Person,
    minutes: int | None = None,
    insists: bool = False,
) -> Appointment:
    """What officer and firm agree on stands at once; times that were offered are given up.

    Raises Refusal, TimeClash, TravelTight (unless the officer insists).
    """
    request, now = lock_request(request_id), timezone.now()
    officer = _officer_of(request)
    if starts_at <= now:
        raise Refusal(_("Diese Zeit liegt in der Vergangenheit. Wählen Sie eine spätere."))
    give_up_times(list(open_times(request)), Outcome.WITHDRAWN, now=now)
    fit = day_of(request, officer, starts_at).fit(request, starts_at, minutes=minutes)
    appointment = place_visit(
        request=request, officer=officer, fit=fit, state=State.CONFIRMED, insists=insists
    )
    confirm_visit(appointment, request, now=now, actor=actor, by_firm=False)
    if actor != officer:
        planning_mails.tell_officer(appointment, planning_mails.News.FIXED)
    return appointment


@takes_time
def withdraw_times(*, request_id: int, actor: Person) -> None:
    """The officer takes open times back; nobody is mailed, the page behind the link says so. A freed time
    goes to the next in line.
    """
    request, now = lock_request(request_id, with_line=True), timezone.now()
    if not open_times(request).exists():
        return
    give_up_times(own_open_times(request), Outcome.WITHDRAWN, now=now)
    log_act(act="visit.times_withdrawn", thing=request, actor=actor, organisation=request.police)
    pass_on_open_offers(request, Outcome.WITHDRAWN, now=now)


@takes_time
def choose_time(*, appointment_id: int, actor: Person | None = None) -> tuple[Appointment, str]:
    """The firm takes one of the offered times; the others are given up in the same transaction.

    The appointment and the token of the link to manage it. Choosing again changes nothing and gives an empty
    token. Raises TooLate.
    """
    appointment, now = lock_visit(appointment_id), timezone.now()
    request = appointment.visit.request
    if appointment.state == State.CONFIRMED:
        return appointment, ""
    _refuse_ended(appointment, request, now=now)
    others = open_times(request).exclude(pk=appointment.pk)
    give_up_times(list(others), Outcome.WITHDRAWN, now=now)
    if offer := WaitingOffer.objects.filter(appointment=appointment).first():
        close_offer(offer, Outcome.ACCEPTED, now=now)
        log_act(act="waiting.accepted", thing=request, actor=actor, organisation=request.police)
    log_act(act="visit.chosen", thing=appointment, actor=actor, organisation=request.police)
    token = confirm_visit(appointment, request, now=now, actor=actor, by_firm=True)
    planning_mails.tell_officer(appointment, planning_mails.News.CHOSEN)
    return appointment, token


@takes_time
def decline_all(*, request_id: int, words: str = "") -> None:
    """None of the times suits; the request stays with the officer, who reads what the firm says to it.

    What came from the waiting list goes to the next. Declining again changes nothing.
    """
    request, now = lock_request(request_id, with_line=True), timezone.now()
    if not open_times(request).exists():
        return
    own = own_open_times(request)
    give_up_times(own, Outcome.DECLINED, now=now)
    log_act(act="visit.declined", thing=request, organisation=request.police)
    if own:
        note_step(request, Step.DECLINED, by=None, reason=words)
        planning_mails.tell_officer(own[0], planning_mails.News.DECLINED, words=words)
    pass_on_open_offers(request, Outcome.DECLINED, now=now)


def _officer_of(request: VisitRequest) -> Person:
    if request.state == VisitRequest.State.PLANNED:
        raise Refusal(
            _("Für diese Anfrage steht schon ein Termin. Verschieben Sie ihn, wenn er nicht passt.")
        )
    if request.state != VisitRequest.State.TAKEN or request.officer is None:
        raise Refusal(_("Übernehmen Sie die Anfrage zuerst. Dann können Sie Zeiten anbieten."))
    return request.officer


def _refuse_unfit(request: VisitRequest, times: list[datetime.datetime], *, now: datetime.datetime) -> None:
    if not times:
        raise Refusal(_("Wählen Sie mindestens eine Zeit aus."))
    if not request.contact_email or block_of(request.contact_email):
        raise Refusal(
            _(
                "Ohne E-Mail-Adresse, die ankommt, erreicht das Angebot niemanden. "
                "Rufen Sie bitte an: %(phone)s."
            )
            % {"phone": request.contact_phone or _("keine Telefonnummer")}
        )
    if any(start <= now for start in times):
        raise Refusal(_("Diese Zeit liegt in der Vergangenheit. Wählen Sie eine spätere."))
    known = list(open_times(request))
    if any(hasattr(appointment, "offer") for appointment in known):
        raise Refusal(
            _(
                "Der Firma ist gerade eine frei gewordene Zeit angeboten. "
                "Warten Sie ihre Antwort ab oder nehmen Sie sie zurück."
            )
        )
    if len(known) + len(times) > MOST_TIMES:
        raise Refusal(
            _(
                "Höchstens drei Zeiten können zugleich offen sein. "
                "Nehmen Sie zuerst eine zurück oder wählen Sie weniger."
            )
        )


def _refuse_ended(appointment: Appointment, request: VisitRequest, *, now: datetime.datetime) -> None:
    if request.state == VisitRequest.State.PLANNED:
        raise TooLate(
            _("Für Ihre Anfrage steht schon ein Termin. Den Link dazu finden Sie in unserer E-Mail.")
        )
    is_open = appointment.state == State.PROPOSED and request.state in VisitRequest.WAITING
    if not is_open:
        raise TooLate(_("Diese Zeit gibt es nicht mehr. Die Polizei meldet sich bei Ihnen."))
    if appointment.held_until is None or appointment.held_until <= now:
        until = long_moment(appointment.held_until or now)
        raise TooLate(
            _("Die Zeit war bis %(until)s für Sie frei. Die Polizei meldet sich bei Ihnen.")
            % {"until": until}
        )
