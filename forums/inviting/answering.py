"""Behind the personal link: whoever it was sent to registers, or says that they do not come."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.inviting.inviting import lock_invitation
from forums.models import Event, EventInvitation, Registration
from forums.registering.registering import standing_registration
from partnership.journal import log_act
from partnership.links import find_link
from partnership.models import SecretLink
from partnership.refusals import Refusal


def invitation_behind(token: str) -> EventInvitation | None:
    """None for a link that is unknown or taken back, and once the event is over, whenever that is by now."""
    link = find_link(token, purpose=SecretLink.Purpose.EVENT_INVITATION, model=EventInvitation)
    if link is None:
        return None
    rows = EventInvitation.objects.select_related("event__partnership", "event__organiser", "event__office")
    return rows.filter(pk=link.object_id, event__ends_at__gt=timezone.now()).first()


def registration_of(invitation: EventInvitation) -> Registration | None:
    """The one that stands for its address, however it was made."""
    known = standing_registration(invitation.event, invitation.email)
    return known if known and known.state == Registration.State.CONFIRMED else None


@transaction.atomic
def decline(*, invitation_id: int) -> EventInvitation:
    """Twice changes nothing. Who is registered cancels that. Raises Refusal."""
    invitation = lock_invitation(invitation_id)
    if registration_of(invitation):
        raise Refusal(_("Sie sind schon angemeldet. Melden Sie sich auf der Seite Ihrer Anmeldung ab."))
    if invitation.event.state != Event.State.ANNOUNCED:
        raise Refusal(_("Diese Veranstaltung findet nicht statt oder hat schon stattgefunden."))
    if invitation.declined_at is None:
        invitation.declined_at = timezone.now()
        invitation.save(update_fields=["declined_at"])
        log_act(act="event_invitation.declined", thing=invitation, organisation=invitation.event.organiser)
    return invitation


@transaction.atomic
def send_own_link(*, invitation_id: int) -> None:
    """To whoever is registered already: the mail leads to the own page, so that a link that was handed on
    does not. Once a day at most."""
    invitation = lock_invitation(invitation_id)
    if registration := registration_of(invitation):
        mails.say_known(registration, now=timezone.now())
