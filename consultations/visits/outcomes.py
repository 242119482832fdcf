"""Whether a visit took place, noted by police at the door or afterwards."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest
from consultations.outcomes import NotedMeanwhile, as_seen, noted
from consultations.placing import with_everything
from consultations.rules import outcome_may_begin
from consultations.taking_time import lock_requests_of_visits
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

State = Appointment.State
HAS_OUTCOME = (State.CONFIRMED, State.ATTENDED, State.MISSED)


@transaction.atomic
def note_visited(*, visit_id: int, seen: str, actor: Person) -> Appointment:
    """Police have been there: from an hour before the time on. Twice changes nothing. Raises Refusal."""
    appointment = _lock(visit_id)
    request = appointment.visit.request
    if appointment.state == State.ATTENDED:
        return appointment
    _refuse_unseen(appointment, seen)
    if request.state == VisitRequest.State.PLANNED and appointment.state == State.MISSED:
        raise Refusal(_("Für diese Anfrage steht schon ein neuer Termin. Sagen Sie ihn zuerst ab."))
    appointment.state = State.ATTENDED
    appointment.save(update_fields=["state"])
    request.state, request.ended_at = VisitRequest.State.VISITED, timezone.now()
    request.save(update_fields=["state", "ended_at"])
    log_act(act="visit.attended", thing=appointment, actor=actor, organisation=appointment.police)
    return appointment


@transaction.atomic
def note_nobody_there(*, visit_id: int, seen: str, actor: Person) -> Appointment:
    """Nobody was there, from the beginning on. The request is the officer's again, who plans anew or ends it.

    Twice changes nothing. Raises Refusal.
    """
    appointment = _lock(visit_id)
    request = appointment.visit.request
    if appointment.state == State.MISSED:
        return appointment
    if appointment.starts_at > timezone.now():
        raise Refusal(_("Der Besuch hat noch nicht begonnen. Tragen Sie das danach ein."))
    if appointment.visit.reports.exists():
        raise Refusal(_("Zu diesem Besuch gibt es schon ein Protokoll. Er hat also stattgefunden."))
    _refuse_unseen(appointment, seen)
    appointment.state = State.MISSED
    appointment.save(update_fields=["state"])
    if request.state in (VisitRequest.State.PLANNED, VisitRequest.State.VISITED):
        request.state, request.ended_at = VisitRequest.State.TAKEN, None
        request.save(update_fields=["state", "ended_at"])
    log_act(act="visit.nobody_there", thing=appointment, actor=actor, organisation=appointment.police)
    return appointment


def _refuse_unseen(appointment: Appointment, seen: str) -> None:
    if as_seen(noted(appointment, None)) != seen:
        raise NotedMeanwhile(str(appointment.get_state_display()))


def _lock(visit_id: int) -> Appointment:
    lock_requests_of_visits(visit_id)
    appointment = with_everything().select_for_update(no_key=True, of=("self",)).get(pk=visit_id)
    if appointment.state not in HAS_OUTCOME:
        raise Refusal(_("Dieser Besuch ist abgesagt oder verfallen. Ein Ergebnis gehört nicht dazu."))
    if not outcome_may_begin(appointment, now=timezone.now()):
        raise Refusal(_("Es ist noch zu früh. Eine Stunde vor dem Termin geht es."))
    if appointment.emptied_at:
        raise Refusal(_("Die Angaben zu diesem Termin sind gelöscht. Ein Ergebnis gehört nicht mehr dazu."))
    return appointment
