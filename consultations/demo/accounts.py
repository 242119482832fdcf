"""What the pages under /konto/ and the desks' list of erasures have to show."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from consultations import desk_booking
from consultations.demo.bookings import OWN_FIRM, dice_for, free_places, write
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.demo.singles import Supply
from consultations.models import Appointment, OfficeHours
from consultations.placing import Details
from partnership.demo import leipzig
from partnership.erasing import ask_for_erasure, refuse_part
from partnership.models import ErasureRequest, Person
from partnership.times import today

GONE = [
    Firm(
        "Uhren Stundenglas", "Ottilie Wendelstein", leipzig.IHK, "", "ottilie@uhren-stundenglas.example", ""
    ),
    Firm("Sattlerei Riemenberg", "Falko Riemenberg", leipzig.HWK, "", "falko@riemenberg.example", ""),
    Firm("Teeladen Morgenblatt", "Hedda Karrenbauer", leipzig.IHK, "", "hedda@morgenblatt.example", ""),
]
AGES = (34, 25, 3)
"""Days since erasure was asked for: overdue, due soon, new."""
REASONS = ("", "Ich habe den Betrieb zum Jahresende aufgegeben.", "")
REFUSAL = "Zu Ihrem Termin läuft eine Beschwerde. Wir löschen die Angaben, sobald sie erledigt ist."


def add_account_stories(cast: Cast) -> None:
    """Two bookings that the desk made for the firm's address, and three people who ask to be forgotten."""
    supply = Supply(cast, "accounts")
    for office in (leipzig.IHK_HOUSE, leipzig.GRIMMA):
        if time := supply.time(office):
            desk_booking.book_for_caller(
                hours_id=time.hours.pk,
                starts_at=time.starts_at,
                details=Details(
                    firm_name=OWN_FIRM.name,
                    contact_name=OWN_FIRM.contact,
                    contact_email=OWN_FIRM.email,
                    contact_phone=OWN_FIRM.phone,
                ),
                actor=cast.people[leipzig.IHK_DESK],
            )
    for person, age, reason in zip(_who_is_done(cast), AGES, REASONS, strict=False):
        request = ask_for_erasure(person=person, partnership=cast.partnership, reason=reason)
        asked_at = timezone.now() - datetime.timedelta(days=age)
        ErasureRequest.objects.filter(pk=request.pk).update(asked_at=asked_at)
    _refuse_one(cast)


def _who_is_done(cast: Cast) -> Iterator[Person]:
    """Firms whose one appointment is over, in the chambers' main houses."""
    for firm, house in zip(GONE, (leipzig.IHK_HOUSE, leipzig.HWK_HOUSE, leipzig.IHK_HOUSE), strict=True):
        past = OfficeHours.objects.filter(office__name=house, day__lt=today()).order_by("-day")
        places = (place for hours in past for place in free_places(hours))
        place = next(places, None)
        dice = dice_for("gone", firm.name)
        appointment = write(cast, place, firm, Appointment.State.ATTENDED, dice) if place else None
        if appointment and appointment.person:
            yield appointment.person


def _refuse_one(cast: Cast) -> None:
    latest = ErasureRequest.objects.order_by("-asked_at").first()
    part = latest.parts.filter(organisation__isnull=False).first() if latest else None
    if part and part.organisation:
        desk = leipzig.IHK_DESK if part.organisation.name == leipzig.IHK else leipzig.HWK_DESK
        refuse_part(part_id=part.pk, answer=REFUSAL, actor=cast.people[desk])
