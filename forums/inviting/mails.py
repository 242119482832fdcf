"""The mail with the personal link, whether it still holds, and what follows when it does not arrive."""

import datetime

from django.urls import reverse
from django.utils import timezone, translation

from forums.event_words import access_of, organisers_of, place_of, when_of
from forums.models import Event, EventInvitation, Registration
from forums.registering.window import closes_at
from partnership.current import absolute_url
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import OutgoingMail, SecretLink
from partnership.outbox import queue_mail
from partnership.times import long_moment

AFTER_A_MOVE = datetime.timedelta(days=400)
"""Links are kept longer than the event: it may be put off, and then they still lead there. Once it is over,
nothing is behind them (`answering.invitation_behind`)."""


def invite(invitation: EventInvitation, event: Event) -> OutgoingMail:
    token = issue_link(
        thing=invitation,
        purpose=SecretLink.Purpose.EVENT_INVITATION,
        expires_at=event.ends_at + AFTER_A_MOVE,
    )
    with translation.override(invitation.page_language):
        content = {
            "title": event.title,
            "summary": event.summary,
            "when": when_of(event),
            "place": place_of(event),
            "access": access_of(event),
            "organisers": organisers_of(event),
            "until": long_moment(closes_at(event)),
            "phone": event.contact_phone or event.partnership.phone,
            "invitation_url": absolute_url(event.partnership, reverse("forums:invitation", args=[token])),
        }
    return queue_mail(
        partnership=event.partnership,
        kind="event_invitation",
        to_name=invitation.name,
        to_email=invitation.email,
        language=invitation.page_language,
        content=content,
        thing=invitation,
    )


def invitation_holds(mail: OutgoingMail) -> bool:
    """Still on the list, not answered, and the event is to come."""
    now = timezone.now()
    waiting = EventInvitation.objects.filter(pk=mail.object_id or 0, declined_at__isnull=True)
    invitation = waiting.filter(event__state=Event.State.ANNOUNCED, event__ends_at__gt=now).first()
    return (
        invitation is not None
        and not Registration.objects.filter(
            event=invitation.event_id, email__iexact=invitation.email, state=Registration.State.CONFIRMED
        ).exists()
    )


CHECKS = {"event_invitation": invitation_holds}


def mark_lost(mail: OutgoingMail) -> None:
    """Whoever invites sees that it did not arrive."""
    thing = mail.thing
    if not isinstance(thing, EventInvitation) or thing.email.lower() != mail.to_email.lower():
        return
    lost = EventInvitation.objects.filter(pk=thing.pk, mail_lost_at__isnull=True)
    if lost.update(mail_lost_at=timezone.now()):
        log_act(act="event_invitation.mail_lost", thing=thing, organisation=thing.event.organiser)
