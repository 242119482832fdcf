"""From a confirmed e-mail address to a person and a firm."""

import datetime

from consultations.models import Appointment, VisitRequest
from partnership.firm_contacts import firm_known_to, person_behind
from partnership.firms import FirmDetails, create_firm
from partnership.models import Firm, FirmContact, Person


def adopt_contact(asked: Appointment | VisitRequest, *, now: datetime.datetime) -> tuple[Person, Firm]:
    """The person behind a confirmed address, without a password, and the firm as that person names it.

    A firm is found again only through its own contact with this address: typing a name gives no rights over
    it. Standing in its list of appointments gives none either.
    """
    email = asked.contact_email
    person = person_behind(email=email, name=asked.contact_name)
    if firm := firm_known_to(email=asked.contact_email, name=asked.firm_name):
        return person, firm
    details = FirmDetails(
        name=asked.firm_name,
        chamber=asked.chamber,
        membership_number=asked.membership_number,
    )
    firm = create_firm(details=details)
    FirmContact.objects.create(
        firm=firm,
        person=person,
        name=asked.contact_name,
        email=email,
        phone=asked.contact_phone,
        email_confirmed_at=now,
    )
    return person, firm
