"""Staff come by invitation: a post, and a link by mail behind which its holder chooses a password."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import mails
from partnership.administration.posts import has_ended, lock_post, log_post, write_post
from partnership.blocked_addresses import mailbox_is_proven
from partnership.links import find_link, issue_link, revoke_links
from partnership.models import Invitation, Organisation, Partnership, Person, Post, SecretLink
from partnership.people import choose_first_password, create_person
from partnership.refusals import Refusal

VALID_FOR = datetime.timedelta(days=7)
Purpose = SecretLink.Purpose


@transaction.atomic
def invite(
    *,
    name: str,
    email: str,
    role: str,
    organisation: Organisation | None,
    partnership: Partnership,
    starts: datetime.date,
    ends: datetime.date | None,
    actor: Person,
) -> tuple[Post, bool]:
    """The post, and whether a link was sent: whoever has a password already is told of the post instead."""
    address = email.strip().lower()
    person = Person.objects.select_for_update(no_key=True).filter(email=address).first()
    if person == actor:
        raise Refusal(_("Niemand gibt sich selbst eine Funktion. Bitten Sie jemanden aus der Koordination."))
    if person and not person.is_active:
        raise Refusal(_("Zu dieser E-Mail-Adresse gibt es ein gesperrtes Konto. Entsperren Sie es zuerst."))
    if person is None:
        person = _create_or_find(address, name)
    elif not person.name:
        person.name = name
        person.save(update_fields=["name"])
    post = write_post(
        person=person,
        role=role,
        organisation=organisation,
        partnership=partnership,
        starts=starts,
        ends=ends,
        actor=actor,
    )
    if person.has_usable_password():
        mails.tell_post_added(post, partnership=partnership, actor=actor)
        return post, False
    invitation = Invitation.objects.create(post=post, partnership=partnership, invited_by=actor)
    log_post("person.invited", post, actor, {"role": post.role})
    _send(invitation)
    return post, True


@transaction.atomic
def send_again(*, invitation_id: int, actor: Person) -> Invitation:
    """With a new link; the old one is dead."""
    invitation = _lock_waiting(invitation_id)
    if has_ended(invitation.post):
        raise Refusal(_("Diese Funktion ist vorbei. Laden Sie mit einem neuen Zeitraum ein."))
    invitation.sent_at = timezone.now()
    invitation.invited_by = actor
    invitation.save(update_fields=["sent_at", "invited_by"])
    log_post("invitation.sent_again", invitation.post, actor)
    _send(invitation)
    return invitation


@transaction.atomic
def withdraw(*, invitation_id: int, actor: Person) -> Post:
    """The link dies and the post ends at once, or goes if nobody could have been planned for it."""
    invitation = _lock_waiting(invitation_id)
    post = invitation.post
    revoke_links(thing=invitation, purpose=Purpose.INVITATION)
    log_post("invitation.withdrawn", post, actor, {"role": post.role})
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    if post.starts > yesterday:
        post.delete()
        return post
    post.ends, post.end_reason = min(post.ends or yesterday, yesterday), Post.EndReason.MISTAKE
    post.save(update_fields=["ends", "end_reason"])
    invitation.delete()
    return post


def invitation_behind(token: str) -> Invitation | None:
    """None for a link that is unknown, used, withdrawn or past its end, and for a post that is over.

    Whoever has a password meanwhile cannot change it by an older invitation.
    """
    link = find_link(token, purpose=Purpose.INVITATION, model=Invitation)
    invitation = (
        Invitation.objects.waiting()
        .select_related(
            "post__person", "post__organisation", "post__partnership", "partnership", "invited_by"
        )
        .filter(pk=link.object_id, post__person__is_active=True)
        .first()
        if link
        else None
    )
    return None if invitation is None or has_ended(invitation.post) else invitation


@transaction.atomic
def accept(*, token: str, password: str) -> Person:
    """The holder's password; the link dies with it. Raises Refusal for whoever comes second."""
    found = invitation_behind(token)
    if found is None:
        raise Refusal(_("Diese Einladung ist schon angenommen oder gilt nicht mehr."))
    post = lock_post(found.post_id)
    invitation = invitation_behind(token)
    if invitation is None:
        raise Refusal(_("Diese Einladung ist schon angenommen. Melden Sie sich an."))
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    choose_first_password(person=post.person, password=password)
    revoke_links(thing=invitation, purpose=Purpose.INVITATION)
    mailbox_is_proven(post.person.email)
    log_post("invitation.accepted", post, post.person, {"role": post.role})
    return post.person


def _create_or_find(address: str, name: str) -> Person:
    """Somebody else may have invited the same address in this moment."""
    try:
        with transaction.atomic():
            return create_person(email=address, name=name)
    except IntegrityError:
        return Person.objects.select_for_update(no_key=True).get(email=address)


def _send(invitation: Invitation) -> None:
    revoke_links(thing=invitation, purpose=Purpose.INVITATION)
    expires_at = timezone.now() + VALID_FOR
    token = issue_link(thing=invitation, purpose=Purpose.INVITATION, expires_at=expires_at)
    mails.invite(invitation, token=token, expires_at=expires_at)


def _lock_waiting(invitation_id: int) -> Invitation:
    """Post and person are locked, as accepting locks them."""
    gone = Refusal(_("Diese Einladung ist schon angenommen oder zurückgezogen."))
    found = Invitation.objects.filter(pk=invitation_id).first()
    if found is None:
        raise gone
    post = lock_post(found.post_id)
    invitation = (
        Invitation.objects.waiting()
        .select_related("partnership", "invited_by")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None:
        raise gone
    invitation.post = post
    return invitation
