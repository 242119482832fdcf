"""From a confirmed e-mail address to a person and a firm."""

import datetime

from django.contrib.auth.hashers import make_password

from consultations.models import Appointment
from partnership.models import Firm, FirmContact, Person


def adopt_contact(appointment: Appointment, *, now: datetime.datetime) -> tuple[Person, Firm]:
    """The person behind a confirmed address, without a password, and the firm as that person names it.

    A firm is found again only through its own confirmed contact: typing a name gives no rights over it.
    """
    email = appointment.contact_email
    unusable = {"name": appointment.contact_name, "password": make_password(None)}
    person, _created = Person.objects.get_or_create(email=email, defaults=unusable)
    contact = (
        FirmContact.objects.filter(
            email__iexact=email, email_confirmed_at__isnull=False, firm__name__iexact=appointment.firm_name
        )
        .select_related("firm")
        .first()
    )
    if contact:
        return person, contact.firm
    firm = Firm.objects.create(
        name=appointment.firm_name,
        chamber=appointment.chamber,
        membership_number=appointment.membership_number,
    )
    FirmContact.objects.create(
        firm=firm,
        person=person,
        name=appointment.contact_name,
        email=email,
        phone=appointment.contact_phone,
        email_confirmed_at=now,
    )
    return person, firm
