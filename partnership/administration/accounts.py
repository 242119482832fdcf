"""Closing a person's account, and opening it again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.administration.posts import has_ended, lock_post, log_post, refuse_without_coordinator
from partnership.models import Partnership, Person, Post
from partnership.refusals import Refusal
from partnership.sessions import end_every_session


@transaction.atomic
def deactivate_person(*, person_id: int, own_posts: Iterable[Post], actor: Person) -> Person:
    """Nobody signs in with it any more, and sessions end now.

    `own_posts` are those that the actor administers. Refused where the person also works for somebody else:
    there, others decide.
    """
    own_posts = list(own_posts)
    partnerships = {post.partnership_id for post in own_posts if post.partnership_id}
    list(Partnership.objects.select_for_update(no_key=True).filter(pk__in=partnerships).order_by("pk"))
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if person == actor:
        raise Refusal(_("Das eigene Konto sperrt niemand selbst. Bitten Sie jemanden aus der Koordination."))
    if not person.is_active:
        raise Refusal(_("Dieses Konto ist schon gesperrt."))
    if person.is_staff:
        raise Refusal(_("Dieses Konto gehört zur Technik. Wenden Sie sich an sie."))
    today = timezone.localdate()
    elsewhere = person.posts.exclude(pk__in=[post.pk for post in own_posts]).exclude(ends__lt=today)
    if elsewhere.exists():
        raise Refusal(
            _(
                "Diese Person arbeitet auch außerhalb Ihrer Partnerschaft mit. "
                "Beenden Sie ihre Funktionen hier; das Konto bleibt."
            )
        )
    for post in own_posts:
        if post.partnership_id and not has_ended(post):
            refuse_without_coordinator(lock_post(post.pk), last_day=today)
    _set_active(person, False, "person.deactivated", own_posts, actor)
    end_every_session(person)
    return person


@transaction.atomic
def reactivate_person(*, person_id: int, own_posts: Iterable[Post], actor: Person) -> Person:
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if person.is_active:
        raise Refusal(_("Dieses Konto ist nicht gesperrt."))
    if person.is_staff:
        raise Refusal(_("Dieses Konto gehört zur Technik. Wenden Sie sich an sie."))
    _set_active(person, True, "person.reactivated", own_posts, actor)
    return person


def _set_active(person: Person, is_active: bool, act: str, posts: Iterable[Post], actor: Person) -> None:
    """Logged once for each organisation that the person works or worked for."""
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    bodies = {(post.organisation_id, post.partnership_id): post for post in posts}
    for post in bodies.values():
        log_post(act, post, actor)
