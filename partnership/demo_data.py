"""The Leipzig partnership for the demo: who, where, and who signs in."""

import datetime

from django.db import transaction
from django.utils import timezone

from partnership.demo import leipzig
from partnership.demo.brochures import publish_brochure
from partnership.demo.legal_texts import IMPRINT, PRIVACY_NOTICE
from partnership.demo.municipalities import MUNICIPALITIES, VALID_FROM
from partnership.demo.staff import create_staff_changes
from partnership.demo.tree import PASSWORD
from partnership.firm_contacts import accept_invitation, invite_colleague
from partnership.firms import FirmDetails, SiteDetails, add_site, create_firm
from partnership.models import (
    Area,
    FirmContact,
    Membership,
    Office,
    OfficeClosure,
    Organisation,
    Partnership,
    Person,
    Post,
    Room,
    Site,
)
from partnership.times import today

FOUNDED = datetime.date(2021, 3, 1)
CLOSED_FROM, CLOSED_TO = (12, 24), (12, 31)
WEEKS_AHEAD = 8


@transaction.atomic
def create_demo_data() -> None:
    """Once for all; later starts add only the closing days that have come within reach."""
    if not Partnership.objects.filter(slug=leipzig.SLUG).exists():
        areas = _create_areas()
        organisations = _create_organisations()
        partnership = _create_partnership(areas, organisations)
        _create_houses(areas, organisations)
        _create_people(partnership, organisations)
        _create_firm(partnership, areas, organisations)
        create_staff_changes(partnership, organisations, founded=FOUNDED)
        publish_brochure(partnership)
    _close_houses_between_the_years()


def _create_areas() -> dict[str, Area]:
    areas = Area.objects.bulk_create(
        Area(
            ags=town.ags,
            name=town.name,
            latitude=town.latitude,
            longitude=town.longitude,
            postcodes=town.postcodes.split(),
            valid_from=VALID_FROM,
        )
        for town in MUNICIPALITIES
    )
    return {area.ags: area for area in areas}


def _create_organisations() -> dict[str, Organisation]:
    organisations = Organisation.objects.bulk_create(
        Organisation(**fields) for fields in leipzig.ORGANISATIONS
    )
    return {organisation.name: organisation for organisation in organisations}


def _create_partnership(areas: dict[str, Area], organisations: dict[str, Organisation]) -> Partnership:
    partnership = Partnership.objects.create(
        slug=leipzig.SLUG,
        imprint=IMPRINT.strip(),
        privacy_notice=PRIVACY_NOTICE.strip(),
        **leipzig.PARTNERSHIP,
    )
    partnership.areas.set(areas.values())
    Membership.objects.bulk_create(
        Membership(partnership=partnership, organisation=organisation, starts=FOUNDED)
        for organisation in organisations.values()
    )
    return partnership


def _create_houses(areas: dict[str, Area], organisations: dict[str, Organisation]) -> None:
    ours = ("organisation", "area", "rooms", "closed_between_the_years")
    for house in leipzig.HOUSES:
        office = Office.objects.create(
            organisation=organisations[house.organisation],
            area=areas[house.area],
            **{name: value for name, value in vars(house).items() if name not in ours},
        )
        Room.objects.bulk_create(
            Room(office=office, name=name, step_free=house.step_free) for name in house.rooms
        )


def _create_people(partnership: Partnership, organisations: dict[str, Organisation]) -> None:
    """The technician looks after the demo and may change nothing in Django's admin."""
    Person.objects.create_user(leipzig.TECHNICIAN, PASSWORD, name=leipzig.TECHNICIAN_NAME, is_staff=True)
    for somebody in leipzig.PEOPLE:
        person = Person.objects.create_user(
            somebody.email, PASSWORD if somebody.signs_in else None, name=somebody.name
        )
        organisation = organisations.get(somebody.organisation)
        Post.objects.create(
            person=person,
            role=somebody.role,
            organisation=organisation,
            partnership=None if organisation else partnership,
            starts=FOUNDED,
        )


def _create_firm(
    partnership: Partnership, areas: dict[str, Area], organisations: dict[str, Organisation]
) -> None:
    """Two sites, a colleague who speaks for it, too, and one who is invited."""
    owner = Person.objects.create_user(leipzig.FIRM_OWNER_EMAIL, PASSWORD, name=leipzig.FIRM_OWNER)
    firm = create_firm(details=FirmDetails(chamber=organisations[leipzig.FIRM_CHAMBER], **leipzig.FIRM))
    Site.objects.create(firm=firm, area=areas[leipzig.FIRM_SITE_AREA], **leipzig.FIRM_SITE)
    FirmContact.objects.create(
        firm=firm,
        person=owner,
        name=owner.name,
        email=owner.email,
        phone=leipzig.FIRM_PHONE,
        email_confirmed_at=timezone.now(),
    )
    add_site(firm_id=firm.pk, details=SiteDetails(**leipzig.FIRM_YARD), actor=owner)
    for name, email in (leipzig.FIRM_COLLEAGUE, leipzig.FIRM_INVITED):
        contact = invite_colleague(
            firm_id=firm.pk, name=name, email=email, actor=owner, partnership=partnership
        )
        if name == leipzig.FIRM_COLLEAGUE[0]:
            accept_invitation(contact_id=contact.pk)


def _close_houses_between_the_years() -> None:
    names = [house.name for house in leipzig.HOUSES if house.closed_between_the_years]
    years = {today().year, (today() + datetime.timedelta(weeks=WEEKS_AHEAD)).year}
    for office in Office.objects.filter(name__in=names):
        for year in years:
            OfficeClosure.objects.get_or_create(
                office=office,
                starts=datetime.date(year, *CLOSED_FROM),
                defaults={
                    "ends": datetime.date(year, *CLOSED_TO),
                    "reason": "Betriebsruhe zum Jahreswechsel",
                },
            )
