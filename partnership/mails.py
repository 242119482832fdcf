"""Mails to those who act for an organisation; one function each, called inside the act's transaction."""

from django.urls import reverse

from partnership.current import absolute_url
from partnership.models import Deputy, Invitation, OutgoingMail, Partnership, Person, Post
from partnership.outbox import queue_mail
from partnership.times import long_date, long_moment


def invite(invitation: Invitation, *, token: str, expires_at: object) -> OutgoingMail:
    post = invitation.post
    return _queue(
        invitation.partnership,
        "invitation",
        post.person,
        thing=post.person,
        **_facts(post),
        invited_by=str(invitation.invited_by or ""),
        expires=long_moment(expires_at),  # type: ignore[arg-type]
        invitation_url=absolute_url(invitation.partnership, reverse("account_invitation", args=[token])),
    )


def tell_post_added(post: Post, *, partnership: Partnership, actor: Person) -> OutgoingMail:
    return _queue(
        partnership,
        "post_added",
        post.person,
        thing=post.person,
        **_facts(post),
        added_by=str(actor),
        workplace=absolute_url(partnership, reverse("workplace:home")),
    )


def tell_post_ended(post: Post, *, partnership: Partnership) -> OutgoingMail:
    return _queue(partnership, "post_ended", post.person, thing=post.person, **_facts(post))


def tell_deputy(deputy: Deputy, *, partnership: Partnership) -> OutgoingMail:
    return _queue(
        partnership,
        "deputy_named",
        deputy.person,
        thing=deputy.person,
        **_facts(deputy.post),
        whose=str(deputy.post.person),
        deputy_since=long_date(deputy.starts),
        deputy_until=long_date(deputy.ends) if deputy.ends else "",
        workplace=absolute_url(partnership, reverse("workplace:home")),
    )


def _facts(post: Post) -> dict[str, str]:
    return {
        "role": post.get_role_display(),
        "body": str(post.organisation or post.partnership),
        "since": long_date(post.starts),
        "until": long_date(post.ends) if post.ends else "",
    }


def _queue(
    partnership: Partnership, kind: str, person: Person, *, thing: Person, **content: str
) -> OutgoingMail:
    return queue_mail(
        partnership=partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        content=content,
        thing=thing,
    )
