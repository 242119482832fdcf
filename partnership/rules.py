"""Who may, by the posts in force today. Pure functions over a person's `Posts`."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest

from partnership.models import CalendarFeed, Deputy, Person, Post

Role = Post.Role
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Posts:
    """What a person is today: organisation keys per role, partnership keys for coordinators.

    Being a technician is no post, and says nothing about reading what others keep here.
    """

    desks: frozenset[int] = field(default_factory=frozenset)
    officer_of: frozenset[int] = field(default_factory=frozenset)
    lead_of: frozenset[int] = field(default_factory=frozenset)
    auditor_of: frozenset[int] = field(default_factory=frozenset)
    coordinates: frozenset[int] = field(default_factory=frozenset)
    is_technician: bool = False

    @property
    def police(self) -> frozenset[int]:
        return self.officer_of | self.lead_of

    def __bool__(self) -> bool:
        return bool(self.desks or self.police or self.auditor_of or self.coordinates)


def _posts_in_force(person: Person, day: datetime.date | None) -> QuerySet[Post]:
    stands_in_for = Deputy.objects.in_force(day).filter(person=person).values("post")
    return Post.objects.in_force(day).filter(Q(person=person) | Q(pk__in=stands_in_for))


def _gather(rows: Iterable[tuple[str, int | None, int | None]]) -> Posts:
    found: dict[str, set[int]] = {role: set() for role in Role.values}
    for role, organisation, partnership in rows:
        key = organisation or partnership
        if key:
            found[role].add(key)
    return Posts(
        desks=frozenset(found[Role.DESK]),
        officer_of=frozenset(found[Role.OFFICER]),
        lead_of=frozenset(found[Role.LEAD]),
        auditor_of=frozenset(found[Role.AUDITOR]),
        coordinates=frozenset(found[Role.COORDINATOR]),
    )


def posts_of(person: Person, day: datetime.date | None = None) -> Posts:
    """The person's own posts, and those in which the person stands in for somebody."""
    rows = _posts_in_force(person, day)
    return _gather(rows.values_list("role", "organisation_id", "partnership_id"))


def needs_second_factor(person: Person, *, has_posts: bool) -> bool:
    """Whoever acts for others or for the portal; in the demo, and only there, not the demo's own accounts."""
    if settings.DEMO and person.email.endswith(f"@{settings.DEMO_DOMAIN}"):
        return False
    return has_posts or person.is_staff


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=FACTORS).exists())


def posts_for(request: HttpRequest) -> Posts:
    """The signed-in person's posts, read once per request: none while a second factor is due."""
    posts: Posts | None = getattr(request, "_posts", None)
    if posts is None:
        posts, lacks = _read_posts(request)
        request._posts = Posts() if lacks else posts  # type: ignore[attr-defined]
        request._lacks_second_factor = lacks  # type: ignore[attr-defined]
        return request._posts  # type: ignore[attr-defined, no-any-return]
    return posts


def lacks_second_factor(request: HttpRequest) -> bool:
    posts_for(request)
    return bool(request._lacks_second_factor)  # type: ignore[attr-defined]


def _read_posts(request: HttpRequest) -> tuple[Posts, bool]:
    """The posts, and whether their person still has to set up a second factor: one statement for both."""
    person = request.user
    if not isinstance(person, Person):
        return Posts(), False
    factor = Authenticator.objects.filter(user=person.pk, type__in=FACTORS)
    rows = list(
        _posts_in_force(person, None)
        .annotate(has_factor=Exists(factor))
        .values_list("role", "organisation_id", "partnership_id", "has_factor")
    )
    posts = replace(_gather(row[:3] for row in rows), is_technician=person.is_staff)
    if not needs_second_factor(person, has_posts=bool(rows)):
        return posts, False
    return posts, not (rows[0][3] if rows else has_second_factor(person))


def may_reset_second_factors(posts: Posts) -> bool:
    """Of whom: `second_factor_reset.people_whose_factor_may_be_reset`."""
    return bool(posts.coordinates or posts.lead_of)


def may_decide_erasures(posts: Posts) -> bool:
    """Desks for their chamber, leads for their directorate, coordinators for accounts; which, queries say."""
    return bool(posts.desks or posts.lead_of or posts.coordinates)


def may_have_feed(posts: Posts, feed: CalendarFeed) -> bool:
    """Made by whoever may, and read only as long as that lasts. The own appointments are everybody's."""
    match feed.kind:
        case CalendarFeed.Kind.OFFICER:
            return bool(posts.officer_of)
        case CalendarFeed.Kind.CHAMBER:
            return feed.organisation_id in posts.desks
        case CalendarFeed.Kind.HOUSE:
            return feed.office is not None and feed.office.organisation_id in posts.desks
    return True
