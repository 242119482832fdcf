"""Who may administer what. Pure functions of a person's posts and a thing."""

import datetime

from django.utils import timezone

from partnership.models import Membership, Office, Organisation, Post
from partnership.rules import Posts

Role = Post.Role
Kind = Organisation.Kind

ROLES_OF: dict[str, list[Role]] = {
    Kind.CHAMBER: [Role.DESK, Role.AUDITOR],
    Kind.POLICE: [Role.OFFICER, Role.LEAD, Role.AUDITOR],
}
"""A post of another kind of organisation would give rights that are not its own to give."""

STANDS_IN: dict[str, set[str]] = {
    Role.DESK: {Role.DESK},
    Role.OFFICER: {Role.OFFICER},
    Role.LEAD: {Role.LEAD, Role.OFFICER},
    Role.COORDINATOR: {Role.COORDINATOR},
    Role.AUDITOR: set(Role.values) - {Role.COORDINATOR},
}
"""Role of a post -> roles whose holders, in the same organisation or partnership, may stand in for it."""


def roles_of(organisation: Organisation) -> list[Role]:
    return ROLES_OF.get(organisation.kind, [Role.AUDITOR])


def may_open_administration(posts: Posts) -> bool:
    """Coordinators everything; desks their houses and open tasks; leads deputies and open tasks."""
    return bool(posts.coordinates or posts.desks or posts.lead_of)


def may_coordinate(posts: Posts) -> bool:
    return bool(posts.coordinates)


def may_open_houses(posts: Posts) -> bool:
    return bool(posts.coordinates or posts.desks)


def may_open_people(posts: Posts) -> bool:
    return bool(posts.coordinates or posts.lead_of)


def is_lasting(membership: Membership, *, today: datetime.date) -> bool:
    """In force, or still to come."""
    return membership.ends is None or membership.ends >= today


def may_change_organisation(posts: Posts, organisation: Organisation) -> bool:
    """A former member is looked at only."""
    today = timezone.localdate()
    return any(
        membership.partnership_id in posts.coordinates and is_lasting(membership, today=today)
        for membership in organisation.membership_set.all()
    )


def may_change_office(posts: Posts, office: Office) -> bool:
    return may_change_organisation(posts, office.organisation)


def may_change_closures(posts: Posts, office: Office) -> bool:
    return office.organisation_id in posts.desks or may_change_organisation(posts, office.organisation)


def may_change_post(posts: Posts, post: Post) -> bool:
    if post.organisation is None:
        return post.partnership_id in posts.coordinates
    return may_change_organisation(posts, post.organisation)


def may_name_deputy(posts: Posts, post: Post) -> bool:
    """Coordinators for every post of theirs, leads for the officers they lead."""
    leads = post.role == Role.OFFICER and post.organisation_id in posts.lead_of
    return leads or may_change_post(posts, post)


def may_open_task(posts: Posts, post: Post) -> bool:
    """What is still to do lies on pages of the organisation's own people."""
    return post.organisation_id in posts.desks | posts.police
