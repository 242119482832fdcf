"""What a firm's calendar answers. A 'declined' cancels nothing: its sender reads how to cancel."""

from django.utils import timezone

from consultations import mails
from consultations.calendar import UID_DOMAIN
from consultations.deadlines import link_end, may_still_change
from consultations.models import Appointment
from consultations.placing import lock_appointment
from partnership.links import issue_link
from partnership.mail_in.calendar_answers import CalendarAnswer
from partnership.models import OutgoingMail, ReceivedMail, SecretLink
from partnership.outbox import mails_about

DECLINED = ("booking_declined", "visit_declined")


def take_answer(answer: CalendarAnswer) -> OutgoingMail | None:
    """The mail with the entry that is answered, if number and attendee are those of an appointment."""
    reference, _at, domain = answer.uid.partition("@")
    if domain != UID_DOMAIN:
        return None
    found = Appointment.objects.filter(reference=reference, contact_email__iexact=answer.attendee)
    appointment = found.exclude(contact_email="").exclude(state=Appointment.State.HELD).first()
    if appointment is None:
        return None
    if answer.kind == ReceivedMail.Kind.DECLINED and not answer.is_automatic:
        _say_how_to_cancel(appointment.pk, sequence=answer.sequence)
    with_entry = mails_about(appointment).filter(calendar__isnull=False)
    return with_entry.select_related("partnership").order_by("queued_at", "pk").last()


def _say_how_to_cancel(appointment_id: int, *, sequence: int) -> None:
    """Once for each time that the appointment has had; of an earlier one there is nothing to say."""
    appointment = lock_appointment(appointment_id)
    is_coming = appointment.state in Appointment.UPCOMING and appointment.starts_at > timezone.now()
    if not is_coming or sequence != appointment.calendar_sequence:
        return
    if mails_about(appointment).filter(kind__in=DECLINED, content__sequence=sequence).exists():
        return
    token = ""
    if may_still_change(appointment):
        token = issue_link(
            thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment)
        )
    mails.say_how_to_cancel(appointment, token=token)
