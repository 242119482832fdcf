"""What goes along when somebody's e-mail address changes."""

from django.utils import timezone

from consultations.models import Appointment
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
