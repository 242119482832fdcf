"""A mail to a firm that does not arrive becomes a call, while there is still something to tell."""

from django.utils import timezone

from consultations.models import Appointment, PhoneTask, VisitRequest, Waiting, WaitingOffer
from consultations.phone_tasks import ask_for_call, is_call_open
from consultations.placing import lock_appointment
from consultations.whereabouts import visit_of
from partnership.journal import log_act
from partnership.models import OutgoingMail

State = Appointment.State


def call_instead(mail: OutgoingMail) -> None:
    """A call that is owed anyhow keeps its reason. Who has another address by now has been told there."""
    key = _appointment_of(mail)
    if key is None:
        return
    appointment = lock_appointment(key)
    reason = _reason(appointment)
    is_theirs = appointment.contact_email.lower() == mail.to_email.lower()
    if reason and is_theirs and appointment.starts_at > timezone.now() and not is_call_open(appointment):
        ask_for_call(appointment=appointment, reason=reason, why=appointment.cancel_reason)


def _appointment_of(mail: OutgoingMail) -> int | None:
    """A mail with an offer is about whoever waits: the appointment is the offered one."""
    thing = mail.thing
    if isinstance(thing, Waiting):
        open_offers = WaitingOffer.objects.filter(waiting=thing, outcome="", appointment__isnull=False)
        return open_offers.values_list("appointment", flat=True).first()
    return thing.pk if isinstance(thing, Appointment) and thing.lane_id else None


def _reason(appointment: Appointment) -> PhoneTask.Reason | None:
    """Whoever was cancelled by the house and does not know it would come in vain."""
    if appointment.state in Appointment.UPCOMING:
        return PhoneTask.Reason.BOUNCED
    if appointment.state == State.PROPOSED:
        return PhoneTask.Reason.OFFERED
    was_the_house = appointment.cancelled_by not in ("", Appointment.CancelledBy.FIRM)
    if appointment.state == State.CANCELLED and was_the_house:
        return PhoneTask.Reason.CANCELLED
    return None


def _request_of(mail: OutgoingMail) -> VisitRequest | None:
    thing = mail.thing
    visit = visit_of(thing) if isinstance(thing, Appointment) else None
    return visit.request if visit else thing if isinstance(thing, VisitRequest) else None


def mark_request(mail: OutgoingMail) -> None:
    """Nobody hosts a visit or its request: whoever takes it sees that only a call reaches the firm."""
    request = _request_of(mail)
    if request is None or request.contact_email.lower() != mail.to_email.lower():
        return
    standing = VisitRequest.objects.filter(pk=request.pk, state__in=VisitRequest.STANDING)
    if standing.filter(mail_lost_at__isnull=True).update(mail_lost_at=timezone.now()):
        log_act(act="visit_request.mail_lost", thing=request, organisation=request.police)
