"""Who may, by the posts in force today. Pure functions over a person's `Posts`."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest

from partnership.models import Deputy, Person, Post

Role = Post.Role


@dataclass(frozen=True)
class Posts:
    """What a person is today: organisation keys per role, partnership keys for coordinators."""

    desks: frozenset[int] = field(default_factory=frozenset)
    officer_of: frozenset[int] = field(default_factory=frozenset)
    lead_of: frozenset[int] = field(default_factory=frozenset)
    auditor_of: frozenset[int] = field(default_factory=frozenset)
    coordinates: frozenset[int] = field(default_factory=frozenset)

    @property
    def police(self) -> frozenset[int]:
        return self.officer_of | self.lead_of

    def __bool__(self) -> bool:
        return bool(self.desks or self.police or self.auditor_of or self.coordinates)


def posts_of(person: Person, day: datetime.date | None = None) -> Posts:
    """The person's own posts, and those in which the person stands in for somebody."""
    found: dict[str, set[int]] = {role: set() for role in Role.values}
    stands_in_for = Deputy.objects.in_force(day).filter(person=person).values("post")
    rows = Post.objects.in_force(day).filter(Q(person=person) | Q(pk__in=stands_in_for))
    for role, organisation, partnership in rows.values_list("role", "organisation_id", "partnership_id"):
        found[role].add(organisation or partnership)
    return Posts(
        desks=frozenset(found[Role.DESK]),
        officer_of=frozenset(found[Role.OFFICER]),
        lead_of=frozenset(found[Role.LEAD]),
        auditor_of=frozenset(found[Role.AUDITOR]),
        coordinates=frozenset(found[Role.COORDINATOR]),
    )


def posts_for(request: HttpRequest) -> Posts:
    """The signed-in person's posts, read once per request."""
    posts = getattr(request, "_posts", None)
    if posts is None:
        posts = posts_of(request.user) if request.user.is_authenticated else Posts()
        request._posts = posts  # type: ignore[attr-defined]
    return posts


def may_decide_erasures(posts: Posts) -> bool:
    """Desks for what their chamber keeps, coordinators for accounts; which parts, queries decide."""
    return bool(posts.desks or posts.coordinates)
