"""What comes back to the mails about registrations: bounces, and what calendars answer."""

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from forums import mails
from forums.models import Event, Registration
from forums.registering.bookings import lock_registration
from forums.registering.calendar_entry import UID_DOMAIN, sequence_of
from forums.registering.window import may_still_change
from partnership.current import absolute_url
from partnership.journal import log_act
from partnership.mail_in.calendar_answers import CalendarAnswer
from partnership.models import OutgoingMail, ReceivedMail
from partnership.outbox import mails_about


def mark_lost(mail: OutgoingMail) -> None:
    """Whoever runs the event sees that only a call reaches this person."""
    registration = mail.thing
    if not isinstance(registration, Registration) or mails.address_of(registration) != mail.to_email.lower():
        return
    standing = Registration.objects.filter(pk=registration.pk, state__in=Registration.STANDING)
    if standing.filter(mail_lost_at__isnull=True).update(mail_lost_at=timezone.now()):
        log_act(act="registration.mail_lost", thing=registration, organisation=registration.event.organiser)


def take_answer(answer: CalendarAnswer) -> OutgoingMail | None:
    """The mail with the entry that is answered. A "declined" cancels nothing: its sender reads how to."""
    reference, _at, domain = answer.uid.partition("@")
    if domain != UID_DOMAIN:
        return None
    rows = Registration.objects.filter(reference=reference, email__iexact=answer.attendee)
    registration = rows.exclude(email="").first()
    if registration is None:
        return None
    if answer.kind == ReceivedMail.Kind.DECLINED and not answer.is_automatic:
        _say_how_to_cancel(registration.pk, sequence=answer.sequence)
    with_entry = mails_about(registration).filter(calendar__isnull=False)
    return with_entry.select_related("partnership").order_by("queued_at", "pk").last()


def _say_how_to_cancel(registration_id: int, *, sequence: int) -> None:
    """Once for each state of the entry; of an earlier one there is nothing to say."""
    registration = lock_registration(registration_id)
    stands = registration.state == Registration.State.CONFIRMED
    if not stands or not may_still_change(registration.event, now=timezone.now()):
        return
    if sequence != sequence_of(registration):
        return
    said = mails_about(registration).filter(kind="event_declined", content__sequence=sequence)
    if not said.exists():
        mails.say_how_to_cancel(registration)


def desk_of(thing: Model) -> tuple[str, str] | None:
    """Who answers a letter about an event or a registration: the event's contact, and its page at work."""
    event = thing.event if isinstance(thing, Registration) else thing
    if not isinstance(event, Event):
        return None
    page = reverse("events:event", args=[event.reference])
    return event.contact_email, absolute_url(event.partnership, page)
