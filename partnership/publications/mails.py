"""Mails about brochures; called inside the act's transaction."""

from django.urls import reverse

from partnership.current import absolute_url
from partnership.models import BrochureEdition, BrochurePartner, OutgoingMail, Person, Post
from partnership.outbox import queue_mail


def ask_for_release(partner: BrochurePartner, person: Person, *, edition: BrochureEdition) -> OutgoingMail:
    return _queue("brochure_to_release", edition, person, organisation=partner.organisation.name)


def tell_sent_back(edition: BrochureEdition, *, actor: Person) -> None:
    """To the coordination, but not to whoever did it."""
    posts = Post.objects.in_force().filter(
        partnership=edition.brochure.partnership, role=Post.Role.COORDINATOR, person__is_active=True
    )
    for post in posts.exclude(person=actor).select_related("person"):
        _queue(
            "brochure_sent_back",
            edition,
            post.person,
            by=actor.name,
            reason_written=edition.sent_back_because,
        )


def _queue(kind: str, edition: BrochureEdition, person: Person, **content: str) -> OutgoingMail:
    partnership = edition.brochure.partnership
    page = absolute_url(partnership, reverse("administration:brochure_edition", args=[edition.pk]))
    return queue_mail(
        partnership=partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        content={"title": edition.title, "number": edition.number, "page": page, **content},
        thing=edition.brochure,
    )
