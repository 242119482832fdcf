"""The coordinator's picture of one partnership as ready strings: members, houses, people, counts."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.models import Membership, Office, OfficeClosure, Partnership, Post
from partnership.office_figures import OfficeFigures, office_figures
from partnership.queries import memberships_in, offices_of, posts_within
from partnership.times import numeric_date


@dataclass(frozen=True, slots=True)
class House:
    """`figures` is empty for a house in which nothing is offered."""

    name: str
    address: str
    access: str
    closures: list[str]
    figures: OfficeFigures


@dataclass(frozen=True, slots=True)
class PostRow:
    person: str
    role: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A member today, with houses and people."""

    anchor: str
    name: str
    kind: str
    services: str
    since: str
    houses: list[House]
    people: list[PostRow]
    figures: OfficeFigures


@dataclass(frozen=True, slots=True)
class OtherMember:
    """Not a member yet, or not any more."""

    name: str
    kind: str
    dates: str


@dataclass(frozen=True, slots=True)
class PartnershipPage:
    anchor: str
    name: str
    partners: list[Partner]
    others: list[OtherMember]
    coordinators: list[PostRow]
    figures: OfficeFigures


def lay_out_partnership(partnership: Partnership, *, today: datetime.date) -> PartnershipPage:
    memberships = list(memberships_in(partnership))
    current = [m for m in memberships if m.starts <= today and (m.ends is None or m.ends >= today)]
    organisations = {m.organisation_id for m in current}
    figures = office_figures(partnership)
    houses: dict[int, list[Office]] = {}
    for office in offices_of(organisations, today=today):
        houses.setdefault(office.organisation_id, []).append(office)
    people: dict[int | None, list[PostRow]] = {}
    for post in posts_within(partnership, organisations, today=today):
        people.setdefault(post.organisation_id, []).append(_post_row(post))
    partners = [
        _partner(m, houses.get(m.organisation_id, []), people.get(m.organisation_id, []), figures)
        for m in current
    ]
    return PartnershipPage(
        anchor=f"partnerschaft-{partnership.pk}",
        name=partnership.name,
        partners=partners,
        others=[_other(m, today=today) for m in memberships if m not in current],
        coordinators=people.get(None, []),
        figures=sum((partner.figures for partner in partners), OfficeFigures()),
    )


def _partner(
    membership: Membership, offices: list[Office], people: list[PostRow], figures: dict[int, OfficeFigures]
) -> Partner:
    organisation = membership.organisation
    houses = [_house(office, figures.get(office.pk, OfficeFigures())) for office in offices]
    return Partner(
        anchor=f"partner-{membership.pk}",
        name=organisation.name,
        kind=organisation.get_kind_display(),
        services=organisation.services_line,
        since=_dates(membership),
        houses=houses,
        people=people,
        figures=sum((house.figures for house in houses), OfficeFigures()),
    )


def _house(office: Office, figures: OfficeFigures) -> House:
    return House(
        name=office.name,
        address=f"{office.street}, {office.postcode} {office.city}",
        access=_("stufenlos") if office.step_free else _("nicht stufenlos"),
        closures=[_closure(closure) for closure in office.closures.all()],
        figures=figures,
    )


def _closure(closure: OfficeClosure) -> str:
    first, last = numeric_date(closure.starts), numeric_date(closure.ends)
    when = first if first == last else _("%(first)s bis %(last)s") % {"first": first, "last": last}
    return _("geschlossen %(when)s, %(reason)s") % {"when": when, "reason": closure.reason}


def _post_row(post: Post) -> PostRow:
    ends = numeric_date(post.ends) if post.ends else ""
    return PostRow(str(post.person), post.get_role_display(), numeric_date(post.starts), ends)


def _other(membership: Membership, *, today: datetime.date) -> OtherMember:
    organisation = membership.organisation
    return OtherMember(organisation.name, organisation.get_kind_display(), _dates(membership, today=today))


def _dates(membership: Membership, *, today: datetime.date | None = None) -> str:
    starts = numeric_date(membership.starts)
    if membership.ends is None:
        is_coming = today is not None and membership.starts > today
        return (_("ab %(day)s") if is_coming else _("seit %(day)s")) % {"day": starts}
    dates = {"first": starts, "last": numeric_date(membership.ends)}
    return _("vom %(first)s bis %(last)s") % dates
