"""What a person administers: coordinators their partnerships' members, desks and leads their own house."""

import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from partnership.administration.rules import is_lasting, may_change_organisation
from partnership.models import (
    Deputy,
    Invitation,
    Membership,
    Office,
    OfficeClosure,
    Organisation,
    Partnership,
    Person,
    Post,
)
from partnership.models.invitations import InvitationQuerySet
from partnership.rules import Posts

MEMBERSHIPS = Membership.objects.select_related("partnership").order_by("starts", "pk")


def _coordinated(posts: Posts) -> QuerySet[Membership]:
    return Membership.objects.filter(partnership__in=posts.coordinates)


def organisations_administered_by(posts: Posts) -> QuerySet[Organisation]:
    """Members of today, later and earlier."""
    return (
        Organisation.objects.filter(pk__in=_coordinated(posts).values("organisation"))
        .select_related("parent")
        .prefetch_related(Prefetch("membership_set", MEMBERSHIPS))
        .order_by("kind", "name", "pk")
    )


def offices_administered_by(posts: Posts) -> QuerySet[Office]:
    return (
        Office.objects.filter(
            Q(organisation__in=_coordinated(posts).values("organisation")) | Q(organisation__in=posts.desks)
        )
        .select_related("organisation", "area")
        .prefetch_related("organisation__membership_set")
        .order_by("organisation__kind", "organisation__name", "organisation", "kind", "city", "pk")
    )


def closures_administered_by(posts: Posts) -> QuerySet[OfficeClosure]:
    return OfficeClosure.objects.filter(
        office__in=offices_administered_by(posts).order_by().values("pk")
    ).select_related("office__organisation")


def posts_administered_by(posts: Posts) -> QuerySet[Post]:
    """All there were, are and will be. Leads see those of their own organisation."""
    return (
        Post.objects.filter(
            Q(partnership__in=posts.coordinates)
            | Q(organisation__in=_coordinated(posts).values("organisation"))
            | Q(organisation__in=posts.lead_of)
        )
        .select_related("person", "organisation", "partnership")
        .prefetch_related(Prefetch("organisation__membership_set", MEMBERSHIPS))
    )


def people_administered_by(posts: Posts) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=posts_administered_by(posts).values("person"))


def invitations_administered_by(posts: Posts) -> InvitationQuerySet:
    return Invitation.objects.filter(post__in=posts_administered_by(posts).values("pk")).select_related(
        "post__person", "post__organisation", "post__partnership", "partnership"
    )


def deputies_administered_by(posts: Posts) -> QuerySet[Deputy]:
    return Deputy.objects.filter(post__in=posts_administered_by(posts).values("pk")).select_related(
        "post__person", "post__organisation", "post__partnership", "person"
    )


def posts_whose_tasks_concern(posts: Posts, *, today: datetime.date) -> QuerySet[Post]:
    """Ended ones of what is administered, and of the own organisation for desks and leads."""
    own = posts.desks | posts.lead_of
    return (
        Post.objects.filter(
            Q(partnership__in=posts.coordinates)
            | Q(organisation__in=_coordinated(posts).values("organisation"))
            | Q(organisation__in=own),
            ends__lt=today,
        )
        .select_related("person", "organisation", "partnership")
        .order_by("organisation__name", "-ends", "person__name", "pk")
    )


def organisations_to_staff(posts: Posts) -> list[Organisation]:
    """Members of today and later, for whose people a coordinator answers."""
    return [o for o in organisations_administered_by(posts) if may_change_organisation(posts, o)]


def partnership_for(posts: Posts, organisation: Organisation) -> Partnership | None:
    """The one in which a coordinator, or else a lead, meets the organisation: its name stands in mails."""
    today = timezone.localdate()
    memberships = [m for m in organisation.membership_set.all() if is_lasting(m, today=today)]
    memberships.sort(key=lambda m: (m.partnership_id not in posts.coordinates, m.starts, m.pk))
    return memberships[0].partnership if memberships else None


def partnership_of_post(posts: Posts, post: Post) -> Partnership:
    """Raises Post.DoesNotExist for an organisation that is no member any more."""
    found = post.partnership or (partnership_for(posts, post.organisation) if post.organisation else None)
    if found is None:
        raise Post.DoesNotExist
    return found
