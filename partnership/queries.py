"""Reading across the ground floor's models, for those whom it concerns."""

import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from partnership.models import (
    Deputy,
    ErasurePart,
    Firm,
    FirmContact,
    Invitation,
    LogEntry,
    Membership,
    Office,
    OfficeClosure,
    Organisation,
    Partnership,
    Person,
    Post,
)
from partnership.rules import Posts


def partnerships_visible_to(posts: Posts) -> QuerySet[Partnership]:
    """Those that a coordinator coordinates."""
    return Partnership.objects.filter(pk__in=posts.coordinates)


def members_of(partnership: Partnership) -> QuerySet[Organisation]:
    """The members of today, chambers first."""
    today = timezone.localdate()
    return (
        Organisation.objects.filter(
            Q(membership__ends__isnull=True) | Q(membership__ends__gte=today),
            membership__partnership=partnership,
            membership__starts__lte=today,
        )
        .distinct()
        .order_by("kind", "pk")
    )


def memberships_today() -> QuerySet[Membership]:
    """An organisation that has left sees what it runs itself, and nothing else."""
    today = timezone.localdate()
    return Membership.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)


def memberships_in(partnership: Partnership) -> QuerySet[Membership]:
    """All there are and were, by the name of the organisation."""
    return (
        Membership.objects.filter(partnership=partnership)
        .select_related("organisation")
        .order_by("organisation__kind", "organisation__name", "starts")
    )


def offices_of(organisations: set[int], *, today: datetime.date) -> QuerySet[Office]:
    """Houses in use, with the closures that are not over."""
    closures = OfficeClosure.objects.filter(ends__gte=today).order_by("starts", "pk")
    return (
        Office.objects.filter(organisation__in=organisations, is_active=True)
        .prefetch_related(Prefetch("closures", closures))
        .order_by("organisation", "kind", "city", "pk")
    )


def posts_within(
    partnership: Partnership, organisations: set[int], *, today: datetime.date
) -> QuerySet[Post]:
    """In force today: the partnership's coordinators, and everybody in these organisations."""
    return (
        Post.objects.in_force(today)
        .filter(Q(partnership=partnership) | Q(organisation__in=organisations))
        .select_related("person")
        .order_by("role", "person__name", "pk")
    )


def log_entries_visible_to(posts: Posts) -> QuerySet[LogEntry]:
    """An auditor's: those of the own organisation, latest first."""
    return (
        LogEntry.objects.filter(organisation__in=posts.auditor_of)
        .select_related("actor", "organisation")
        .order_by("-at", "-pk")
    )


def people_with_duties() -> QuerySet[Person]:
    """Who acts for an organisation or for the portal, today or in the past: everybody but the firms."""
    return Person.objects.filter(Q(is_staff=True) | Q(pk__in=Post.objects.values("person")))


def firms_of(person: Person) -> QuerySet[Firm]:
    """Those for which this person speaks, with a confirmed address."""
    speaks = FirmContact.objects.filter(person=person, email_confirmed_at__isnull=False)
    return Firm.objects.filter(pk__in=speaks.values("firm"), merged_into__isnull=True).order_by("name", "pk")


def has_confirmed_address(person: Person) -> bool:
    """Whether the mailbox of the sign-in address is proven to be this person's: by the link of a booking or
    an invitation, or by signing in, to which every way leads through the mailbox (docs/decisions/0010)."""
    if person.last_login is not None:
        return True
    by_link = FirmContact.objects.filter(
        person=person, email__iexact=person.email, email_confirmed_at__isnull=False
    )
    return by_link.exists()


def erasure_parts_visible_to(posts: Posts) -> QuerySet[ErasurePart]:
    """What the person decides: a desk for its chamber, a lead for the directorate, a coordinator for the
    account. Oldest first."""
    owned = Q(organisation__in=posts.desks | posts.lead_of)
    return (
        ErasurePart.objects.filter(owned | Q(partnership__in=posts.coordinates))
        .select_related("request__person", "organisation", "partnership", "decided_by")
        .order_by("request__asked_at", "pk")
    )


def holders_of(role: Post.Role, organisation: int) -> QuerySet[Person]:
    """Who acts in this role for the organisation today, those who stand in for somebody included."""
    return _holders(Post.objects.in_force().filter(role=role, organisation=organisation))


def coordinators_of(partnership: Partnership) -> QuerySet[Person]:
    return _holders(Post.objects.in_force().filter(role=Post.Role.COORDINATOR, partnership=partnership))


def _holders(posts: QuerySet[Post]) -> QuerySet[Person]:
    """Whoever has not accepted the invitation yet acts in nothing."""
    deputies = Deputy.objects.in_force().filter(post__in=posts)
    held = Q(pk__in=posts.values("person")) | Q(pk__in=deputies.values("person"))
    invited = Invitation.objects.waiting().values("post__person")
    return Person.objects.filter(held, is_active=True).exclude(pk__in=invited).order_by("name", "pk")
