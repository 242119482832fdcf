"""What goes along when somebody's e-mail address changes."""

from django.db.models import Q
from django.utils import timezone

from consultations.models import Appointment, VisitRequest, Waiting
from partnership.links import revoke_links
from partnership.models import Person


def follow_to_new_address(person: Person, old_email: str) -> None:
    """Coming appointments write to the new address; the links that the old mailbox holds end."""
    theirs = Appointment.objects.filter(person=person, contact_email__iexact=old_email)
    for appointment in theirs:
        revoke_links(thing=appointment)
    theirs.filter(state__in=Appointment.UPCOMING, period__endswith__gt=timezone.now()).update(
        contact_email=person.email
    )
    _follow_in_line(person, old_email)
    _follow_requests(person, old_email)


def _follow_in_line(person: Person, old_email: str) -> None:
    """Places on waiting lists, but where the new address waits itself already."""
    standing = Waiting.objects.filter(state__in=Waiting.STANDING)
    own = standing.filter(contact_email__iexact=person.email)
    for waiting in standing.filter(contact_email__iexact=old_email).exclude(office__in=own.values("office")):
        revoke_links(thing=waiting)
        waiting.contact_email = person.email
        waiting.save(update_fields=["contact_email"])


def _follow_requests(person: Person, old_email: str) -> None:
    """Requests for a visit, standing and over; whoever entered them for the old address."""
    whose = Q(person=person) | Q(person__isnull=True)
    for request in VisitRequest.objects.filter(whose, contact_email__iexact=old_email):
        revoke_links(thing=request)
        if request.state in VisitRequest.STANDING:
            request.contact_email, request.mail_lost_at = person.email, None
            request.save(update_fields=["contact_email", "mail_lost_at"])
