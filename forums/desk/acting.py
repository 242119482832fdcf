"""What a desk does with a registration that stands: the mail once more, another address."""

from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.models import Registration
from forums.registering.bookings import lock_registration
from forums.registering.window import TooLate, refuse_late_change
from forums.seats import takes_places
from partnership.blocked_addresses import lift_block_of
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Person
from partnership.refusals import Refusal


@takes_places
def send_again(*, registration_id: int, actor: Person) -> Registration:
    """What stands, with the calendar file and a new link; older links hold. Raises TooLate, Refusal."""
    registration = _lock_standing(registration_id)
    if not mails.address_of(registration):
        raise Refusal(_("Zu dieser Anmeldung gibt es keine E-Mail-Adresse. Tragen Sie erst eine ein."))
    _log("registration.sent_again", registration, actor)
    mails.tell_registered(registration)
    return registration


@takes_places
def correct_address(*, registration_id: int, email: str, actor: Person) -> Registration:
    """As its owner has spelt it: mails go there, and what stands is sent once more. Another address ends the
    links sent to the old one, and the tie to the account that goes with that. Raises TooLate, Refusal.
    """
    registration = _lock_standing(registration_id)
    email = email.strip().lower()
    if email != registration.email.lower():
        revoke_links(thing=registration)
        registration.email, registration.person = email, None
    registration.mail_lost_at = None
    registration.save(update_fields=["email", "person", "mail_lost_at"])
    lift_block_of(address=email, actor=actor, organisation=registration.event.organiser)
    _log("registration.address_corrected", registration, actor)
    mails.tell_registered(registration)
    return registration


def _lock_standing(registration_id: int) -> Registration:
    registration = lock_registration(registration_id)
    refuse_late_change(registration.event, now=timezone.now())
    if registration.state != Registration.State.CONFIRMED:
        raise TooLate(_("Diese Anmeldung gilt nicht mehr."))
    return registration


def _log(act: str, registration: Registration, actor: Person) -> None:
    log_act(act=act, thing=registration, actor=actor, organisation=registration.event.organiser)
