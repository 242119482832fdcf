"""The desk has asked the firm for its address: mails go there again, and what stands is sent once more."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.deadlines import link_end
from consultations.models import Appointment, PhoneTask
from consultations.phone_tasks import end_call
from consultations.placing import TooLate, lock_appointment
from consultations.taking_time import takes_time
from partnership.blocked_addresses import lift_block_of
from partnership.journal import log_act
from partnership.links import issue_link, revoke_links
from partnership.models import Person, SecretLink

State = Appointment.State
Purpose = SecretLink.Purpose


@takes_time
def write_to_checked_address(*, appointment_id: int, email: str, actor: Person) -> Appointment:
    """The old address's links end where it is another one. Raises TooLate for what no longer stands."""
    appointment = lock_appointment(appointment_id)
    if appointment.state not in Appointment.UPCOMING or appointment.starts_at <= timezone.now():
        raise TooLate(_("Dieser Termin steht nicht mehr an."))
    email = email.strip().lower()
    if email != appointment.contact_email.lower():
        revoke_links(thing=appointment)
        appointment.contact_email = email
    appointment.asked_at = timezone.now()
    appointment.save(update_fields=["contact_email", "asked_at"])
    lift_block_of(address=email, actor=actor, organisation=appointment.host)
    log_act(act="appointment.address_checked", thing=appointment, actor=actor, organisation=appointment.host)
    _send_again(appointment)
    end_call(
        appointment=appointment,
        result=PhoneTask.Result.REACHED,
        actor=actor,
        only=[PhoneTask.Reason.BOUNCED],
    )
    return appointment


def _send_again(appointment: Appointment) -> None:
    is_confirmed = appointment.state == State.CONFIRMED
    token = issue_link(
        thing=appointment,
        purpose=Purpose.MANAGE if is_confirmed else Purpose.CONFIRM,
        expires_at=link_end(appointment),
    )
    tell = mails.tell_confirmed if is_confirmed else mails.ask_for_confirmation
    tell(appointment, token=token)
