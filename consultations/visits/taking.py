"""Who has a request for a visit: taking it, handing it over, putting it back, ending it.

Each act names with `seen` whose it was on the page that somebody acted on: the officer's key, or None.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest, VisitRequestStep
from consultations.visits import request_mails as mails
from consultations.visits.queries import is_in_post, officers_for
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.refusals import Refusal

State = VisitRequest.State
Kind = VisitRequestStep.Kind

ACT_OF = {
    kind: f"visit_request.{kind}"
    for kind in (Kind.TAKEN, Kind.HANDED_OVER, Kind.PUT_BACK, Kind.MOVED, Kind.ENDED)
}


@transaction.atomic
def take_request(*, request_id: int, actor: Person) -> VisitRequest:
    """The actor has it from now on; taking it again changes nothing. Raises Refusal, which names whoever was
    quicker.
    """
    request = lock_request(request_id)
    if request.state == State.TAKEN and request.officer_id == actor.pk:
        return request
    if request.state == State.TAKEN:
        raise Refusal(_("%(who)s war schneller und hat die Anfrage übernommen.") % {"who": request.officer})
    _refuse_unless_waiting(request)
    _give(request, actor)
    note_step(request, Kind.TAKEN, by=actor)
    return request


@transaction.atomic
def hand_over(
    *, request_id: int, to: Person, reason: str = "", seen: int | None, actor: Person
) -> VisitRequest:
    """A colleague in post has it from now on and reads it in a mail. Raises Refusal."""
    request = _lock_seen(request_id, seen)
    if to.pk == request.officer_id:
        raise Refusal(_("%(who)s hat diese Anfrage schon.") % {"who": to})
    if not officers_for(request.police).filter(pk=to.pk).exists():
        raise Refusal(
            _("%(who)s berät zurzeit nicht für Ihre Dienststelle. Wählen Sie jemand anderen.") % {"who": to}
        )
    _give(request, to)
    note_step(request, Kind.HANDED_OVER, by=actor, to=to, reason=reason)
    mails.tell_handed_over(request, to=to, by=actor, reason=reason)
    return request


@transaction.atomic
def put_back(*, request_id: int, reason: str, seen: int | None, actor: Person) -> VisitRequest:
    """Into the list, at its old place. Raises Refusal."""
    request = _lock_seen(request_id, seen)
    if request.state == State.OPEN:
        raise Refusal(_("Diese Anfrage liegt schon in der Liste."))
    _open(request)
    note_step(request, Kind.PUT_BACK, by=actor, reason=reason)
    return request


@transaction.atomic
def end_without_visit(*, request_id: int, reason: str, seen: int | None, actor: Person) -> VisitRequest:
    """The firm reads the reason in a mail. Raises Refusal."""
    request = _lock_seen(request_id, seen)
    request.state, request.ended_at, request.end_reason = State.ENDED, timezone.now(), reason
    request.save(update_fields=["state", "ended_at", "end_reason"])
    note_step(request, Kind.ENDED, by=actor, reason=reason)
    mails.tell_ended(request)
    return request


@transaction.atomic
def give_to_directorate(
    *, request_id: int, police: Organisation, reason: str, seen: int | None, actor: Person
) -> VisitRequest:
    """It waits there as long as it has waited here; the leads there read it in a mail. Raises Refusal."""
    request = _lock_seen(request_id, seen)
    if police.pk == request.police_id:
        raise Refusal(_("Diese Anfrage liegt schon bei dieser Dienststelle."))
    note_step(request, Kind.MOVED, by=actor, reason=reason)
    request.police = police
    _open(request)
    log_act(act=ACT_OF[Kind.MOVED], thing=request, actor=actor, organisation=police)
    mails.tell_leads_of_moved(request, reason=reason)
    return request


@transaction.atomic
def return_from_former_officer(*, request_id: int) -> bool:
    """What somebody has whose post is over goes back into the list; whether it did."""
    request = lock_request(request_id)
    if request.state != State.TAKEN or request.officer is None or has_open_offers(request):
        return False
    if is_in_post(request.officer, request.police):
        return False
    _open(request)
    note_step(request, Kind.PUT_BACK, by=None, reason=_("Die Funktion ist beendet."))
    return True


def lock_request(request_id: int) -> VisitRequest:
    VisitRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    return VisitRequest.objects.select_related("police", "partnership", "officer").get(pk=request_id)


def note_step(
    request: VisitRequest, kind: Kind, *, by: Person | None, to: Person | None = None, reason: str = ""
) -> None:
    """The reason stays among police: the log has only the act."""
    VisitRequestStep.objects.create(request=request, kind=kind, by=by, to=to, reason=reason)
    log_act(act=ACT_OF[kind], thing=request, actor=by, organisation=request.police)


def has_open_offers(request: VisitRequest) -> bool:
    """The officer's own: what the waiting list offers comes and goes by itself."""
    proposed = request.visits.filter(appointment__state=Appointment.State.PROPOSED)
    return proposed.filter(appointment__offer__isnull=True).exists()


def _give(request: VisitRequest, officer: Person) -> None:
    request.state, request.officer, request.taken_at = State.TAKEN, officer, timezone.now()
    request.save(update_fields=["state", "officer", "taken_at"])


def _open(request: VisitRequest) -> None:
    """A lead who was told of it once is told again when nobody takes it now."""
    request.state, request.officer, request.taken_at = State.OPEN, None, None
    request.named_to_lead_at = None
    request.save(update_fields=["state", "officer", "taken_at", "named_to_lead_at", "police"])


def _lock_seen(request_id: int, seen: int | None) -> VisitRequest:
    request = lock_request(request_id)
    _refuse_unless_waiting(request)
    if request.officer_id != seen:
        raise Refusal(whose_now(request))
    if has_open_offers(request):
        raise Refusal(
            _(
                "Der Firma sind Zeiten angeboten. "
                "Nehmen Sie die Angebote zuerst zurück, unter „Besuch planen“."
            )
        )
    return request


def whose_now(request: VisitRequest) -> str:
    if request.officer:
        return _("Inzwischen hat %(who)s diese Anfrage.") % {"who": request.officer}
    return _("Inzwischen hat niemand mehr diese Anfrage. Sie liegt wieder in der Liste.")


def _refuse_unless_waiting(request: VisitRequest) -> None:
    if request.state == State.PLANNED:
        raise Refusal(
            _("Für diese Anfrage steht ein Besuch. Verschieben Sie ihn, oder sagen Sie ihn zuerst ab.")
        )
    if request.state not in VisitRequest.WAITING:
        raise Refusal(_("Diese Anfrage ist schon beendet."))
