"""From a confirmed e-mail address to a person and a firm."""

import datetime

from consultations.models import Appointment
from partnership.firm_contacts import person_behind
from partnership.firms import FirmDetails, create_firm
from partnership.models import Firm, FirmContact, Person


def adopt_contact(appointment: Appointment, *, now: datetime.datetime) -> tuple[Person, Firm]:
    """The person behind a confirmed address, without a password, and the firm as that person names it.

    A firm is found again only through its own confirmed contact: typing a name gives no rights over it.
    """
    email = appointment.contact_email
    person = person_behind(email=email, name=appointment.contact_name)
    contact = (
        FirmContact.objects.filter(
            email__iexact=email, email_confirmed_at__isnull=False, firm__name__iexact=appointment.firm_name
        )
        .select_related("firm")
        .first()
    )
    if contact:
        return person, contact.firm
    details = FirmDetails(
        name=appointment.firm_name,
        chamber=appointment.chamber,
        membership_number=appointment.membership_number,
    )
    firm = create_firm(details=details)
    FirmContact.objects.create(
        firm=firm,
        person=person,
        name=appointment.contact_name,
        email=email,
        phone=appointment.contact_phone,
        email_confirmed_at=now,
    )
    return person, firm
