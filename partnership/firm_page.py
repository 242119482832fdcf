"""The page of a firm for those who speak for it, as ready strings."""

from dataclasses import dataclass

from django.utils import timezone

from partnership.firm_contacts import INVITED_FOR
from partnership.models import Firm, FirmContact, Person
from partnership.times import berlin_day, long_date


@dataclass(frozen=True, slots=True)
class SiteRow:
    key: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """`invited` is empty for who has confirmed; `ended`: the invitation's link no longer works."""

    key: int
    name: str
    email: str
    phone: str
    is_reader: bool
    is_confirmed: bool
    invited: str
    ends: str
    ended: bool


@dataclass(frozen=True, slots=True)
class FirmPage:
    sites: list[SiteRow]
    contacts: list[ContactRow]
    is_last: bool
    """Nobody else speaks for the firm, so the reader cannot leave it."""

    @property
    def confirmed(self) -> list[ContactRow]:
        return [contact for contact in self.contacts if contact.is_confirmed]

    @property
    def invited(self) -> list[ContactRow]:
        return [contact for contact in self.contacts if not contact.is_confirmed]


def lay_out_firm(firm: Firm, *, reader: Person) -> FirmPage:
    """In two statements; the reader's own entry first."""
    sites = [SiteRow(site.pk, site.name, str(site)) for site in firm.sites.order_by("pk")]
    contacts = [_contact(contact, reader) for contact in firm.contacts.order_by("name", "pk")]
    contacts.sort(key=lambda row: not row.is_reader)
    others = [row for row in contacts if row.is_confirmed and not row.is_reader]
    return FirmPage(sites=sites, contacts=contacts, is_last=not others)


def _contact(contact: FirmContact, reader: Person) -> ContactRow:
    ends = contact.invited_at + INVITED_FOR if contact.invited_at else None
    return ContactRow(
        key=contact.pk,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        is_reader=contact.person_id == reader.pk,
        is_confirmed=contact.email_confirmed_at is not None,
        invited=long_date(berlin_day(contact.invited_at)) if contact.invited_at else "",
        ends=long_date(berlin_day(ends)) if ends else "",
        ended=ends is None or ends <= timezone.now(),
    )
