"""From a confirmed e-mail address to a person and a firm."""

import datetime

from django.db.models import F, Q

from consultations.models import Appointment, VisitRequest
from partnership.firm_contacts import person_behind
from partnership.firms import FirmDetails, create_firm, lock_heir
from partnership.models import Firm, FirmContact, Person


def adopt_contact(asked: Appointment | VisitRequest, *, now: datetime.datetime) -> tuple[Person, Firm]:
    """The person behind a confirmed address, without a password, and the firm as that person names it.

    A firm is found again only through its own contact with this address: typing a name gives no rights over
    it. Standing in its list of appointments gives none either.
    """
    email = asked.contact_email
    person = person_behind(email=email, name=asked.contact_name)
    if firm := known_firm(asked):
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


def known_firm(asked: Appointment | VisitRequest) -> Firm | None:
    """The firm of that name, or what it was merged into, that lists the address among its contacts."""
    named = Q(firm__name__iexact=asked.firm_name) | Q(firm__merged__name__iexact=asked.firm_name)
    contacts = FirmContact.objects.filter(named, email__iexact=asked.contact_email)
    confirmed_first = contacts.order_by(F("email_confirmed_at").asc(nulls_last=True), "pk")
    firm_id = confirmed_first.values_list("firm", flat=True).first()
    return lock_heir(firm_id) if firm_id else None
