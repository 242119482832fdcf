"""Who is invited to an event: the list, and the mail with a personal link, once to each, again on demand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.inviting import mails
from forums.inviting.lists import Guest
from forums.models import Event, EventInvitation, Registration, Role
from partnership.blocked_addresses import blocked_among
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Listed:
    """How many are new on the list, and how many stood there, or twice in what was given."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Sent:
    """`blocked`: nothing goes to their address; `registered`: they need no invitation any more."""

    sent: int
    blocked: int
    registered: int


@transaction.atomic
def list_guests(
    *,
    event_id: int,
    guests: Iterable[Guest],
    actor: Person,
    role: str = Role.BUSINESS,
    page_language: str = "de",
) -> Listed:
    """Each address once. Nothing is sent yet. Raises Refusal when the event is over."""
    event = _lock_event(event_id)
    _refuse_over(event)
    given = list(guests)
    wanted: dict[str, Guest] = {}
    for guest in given:
        wanted.setdefault(guest.email.lower(), guest)
    known = set(event.invitations.values_list("email", flat=True))
    new = [guest for email, guest in wanted.items() if email not in known]
    EventInvitation.objects.bulk_create(
        EventInvitation(
            event=event,
            name=guest.name,
            email=guest.email.lower(),
            firm_name=guest.firm_name,
            role=role,
            page_language=page_language,
            added_by=actor,
        )
        for guest in new
    )
    if new:
        log_act(
            act="event.guests_listed",
            thing=event,
            actor=actor,
            organisation=event.organiser,
            detail={"count": len(new)},
        )
    return Listed(new=len(new), known=len(given) - len(new))


@transaction.atomic
def send_invitations(*, event_id: int, actor: Person) -> Sent:
    """To all on the list who have not been sent one. Raises Refusal unless the event is announced."""
    event = _lock_event(event_id)
    _refuse_unannounced(event)
    waiting = list(event.invitations.filter(sent_at__isnull=True).order_by("pk"))
    blocked = blocked_among(invitation.email for invitation in waiting)
    registered = registered_addresses(event)
    due = [one for one in waiting if one.email not in blocked and one.email not in registered]
    for invitation in due:
        _send(invitation, event, actor=actor)
    return Sent(
        sent=len(due),
        blocked=sum(one.email in blocked for one in waiting),
        registered=sum(one.email in registered - blocked for one in waiting),
    )


@transaction.atomic
def send_again(*, invitation_id: int, actor: Person) -> EventInvitation:
    """Earlier links hold. Raises Refusal."""
    invitation = lock_invitation(invitation_id)
    _refuse_unannounced(invitation.event)
    if invitation.email in registered_addresses(invitation.event):
        raise Refusal(_("%(name)s ist schon angemeldet.") % {"name": invitation.name})
    if blocked_among([invitation.email]):
        raise Refusal(
            _(
                "An %(email)s kommt nichts an. Nehmen Sie die Einladung von der Liste, und laden Sie "
                "mit einer anderen Adresse ein."
            )
            % {"email": invitation.email}
        )
    _send(invitation, invitation.event, actor=actor)
    return invitation


@transaction.atomic
def remove_from_list(*, invitation_id: int, actor: Person) -> None:
    """The link ends; who is registered stays registered."""
    invitation = lock_invitation(invitation_id)
    revoke_links(thing=invitation)
    _log("event_invitation.removed", invitation, actor)
    invitation.delete()


def registered_addresses(event: Event) -> set[str]:
    """In lower case, of those whose registration stands."""
    rows = Registration.objects.filter(event=event, state=Registration.State.CONFIRMED).exclude(email="")
    return {email.lower() for email in rows.values_list("email", flat=True)}


def lock_invitation(invitation_id: int) -> EventInvitation:
    """Raises Refusal for one that somebody has taken off the list."""
    lock_rows(EventInvitation, [invitation_id])
    rows = EventInvitation.objects.select_related("event__partnership", "event__organiser", "event__office")
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is None:
        raise Refusal(_("Diese Einladung steht nicht mehr auf der Liste."))
    return invitation


def _send(invitation: EventInvitation, event: Event, *, actor: Person) -> None:
    invitation.sent_at, invitation.mail_lost_at = timezone.now(), None
    invitation.save(update_fields=["sent_at", "mail_lost_at"])
    _log("event_invitation.sent", invitation, actor, event)
    mails.invite(invitation, event)


def _lock_event(event_id: int) -> Event:
    """Two desks send each invitation once between them."""
    lock_rows(Event, [event_id])
    return Event.objects.select_related("partnership", "organiser", "office").get(pk=event_id)


def _refuse_over(event: Event) -> None:
    if event.ends_at <= timezone.now() or event.state in (Event.State.CANCELLED, Event.State.CLOSED):
        raise Refusal(_("Diese Veranstaltung ist vorbei oder abgesagt. Es wird niemand mehr eingeladen."))


def _refuse_unannounced(event: Event) -> None:
    _refuse_over(event)
    if event.state != Event.State.ANNOUNCED:
        raise Refusal(_("Kündigen Sie die Veranstaltung an. Danach gehen die Einladungen hinaus."))


def _log(act: str, invitation: EventInvitation, actor: Person | None, event: Event | None = None) -> None:
    organiser = (event or invitation.event).organiser
    log_act(act=act, thing=invitation, actor=actor, organisation=organiser)
