"""Organisations as rows and pages of ready strings."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.administration import rules
from partnership.administration.dates import span_words
from partnership.administration.houses_page import HouseRow, lay_out_houses, with_rows
from partnership.administration.people_page import PersonRow, lay_out_people, people_rows
from partnership.administration.queries import offices_administered_by, people_administered_by
from partnership.models import Membership, Organisation, Post
from partnership.rules import Posts


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    pk: int
    name: str
    kind: str
    memberships: list[str]
    is_member: bool


@dataclass(frozen=True, slots=True)
class MembershipRow:
    pk: int
    words: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    facts: list[tuple[str, str]]
    memberships: list[MembershipRow]
    may_join: bool
    houses: list[HouseRow]
    people: list[PersonRow]


def lay_out_organisations(
    organisations: Iterable[Organisation], posts: Posts, *, today: datetime.date
) -> list[OrganisationRow]:
    return [
        OrganisationRow(
            pk=organisation.pk,
            name=organisation.name,
            kind=organisation.get_kind_display(),
            memberships=[_words(m, posts, today=today) for m in _of_reader(organisation, posts)],
            is_member=rules.may_change_organisation(posts, organisation),
        )
        for organisation in organisations
    ]


def lay_out_organisation(
    organisation: Organisation, posts: Posts, *, today: datetime.date
) -> OrganisationPage:
    houses = lay_out_houses(with_rows(offices_administered_by(posts).filter(organisation=organisation)))
    here = Post.objects.in_force(today).filter(organisation=organisation).values("person")
    people = people_rows(people_administered_by(posts).filter(pk__in=here), posts)
    facts = [
        (_("Art"), organisation.get_kind_display()),
        (_("Kurzname"), organisation.short_name),
        (_("Gehört zu"), str(organisation.parent or _("keiner anderen Organisation"))),
        (_("Beitrag zur Partnerschaft"), organisation.services_line or _("keine Angabe")),
    ]
    if organisation.kind == Organisation.Kind.CHAMBER:
        must = organisation.officers_must_agree
        facts.append((_("Zustimmung der Polizei zu Sprechtagen"), _("nötig") if must else _("nicht nötig")))
    return OrganisationPage(
        facts=facts,
        memberships=[
            MembershipRow(m.pk, _words(m, posts, today=today), can_end=m.ends is None or m.ends >= today)
            for m in _of_reader(organisation, posts)
        ],
        may_join=len(posts.coordinates) > len([m for m in _of_reader(organisation, posts) if m.ends is None]),
        houses=houses[0].houses if houses else [],
        people=lay_out_people(people),
    )


def _of_reader(organisation: Organisation, posts: Posts) -> list[Membership]:
    """In other partnerships it is a member for others to know."""
    return [m for m in organisation.membership_set.all() if m.partnership_id in posts.coordinates]


def _words(membership: Membership, posts: Posts, *, today: datetime.date) -> str:
    dates = span_words(membership.starts, membership.ends, today=today)
    several = len(posts.coordinates) > 1
    return f"{membership.partnership.short_name}: {dates}" if several else dates
