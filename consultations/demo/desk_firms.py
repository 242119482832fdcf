"""What desks have entered by telephone and at the counter: firms that are there twice, one pair merged."""

from consultations import desk_booking
from consultations.demo.cast import Cast
from consultations.demo.singles import Supply
from consultations.models import Appointment
from consultations.placing import Details
from partnership.demo import leipzig
from partnership.firm_merging import Values, merge_firms
from partnership.models import Firm

SAID = (
    ("Baeckerei Semmelbrink e.K.", "Heike Semmelbrink", leipzig.HWK, "", "03433 000-2128"),
    ("Radhaus Muldenaue GmbH", "Timo Ellerkamp", leipzig.IHK, "IHK-000101", "03437 000-9100"),
    ("Spedition Radebrecht GmbH & Co. KG", "Uwe Radebrecht", leipzig.IHK, "", "034202 000-2149"),
    ("Hotel Lindenschwann", "Dorit Amsbeck", leipzig.IHK, "", "0341 000-9200"),
)
MERGED = "Spedition Radebrecht GmbH & Co. KG"
HOUSES = {leipzig.IHK: leipzig.IHK_HOUSE, leipzig.HWK: leipzig.HWK_HOUSE}
EVERY = 9
"""One in so many of the talks of the past was with somebody who came without an appointment."""


def add_what_desks_entered(cast: Cast) -> None:
    supply = Supply(cast, "desk firms")
    for name, contact, chamber, number, phone in SAID:
        if time := supply.time(HOUSES[chamber]):
            details = Details(
                firm_name=name,
                contact_name=contact,
                contact_email="",
                contact_phone=phone,
                chamber=cast.organisations[chamber],
                membership_number=number,
            )
            desk_booking.book_for_caller(
                hours_id=time.hours.pk,
                starts_at=time.starts_at,
                details=details,
                actor=cast.desk_of(time.hours.office),
            )
    _merge_one(cast)
    _mark_walk_ins()


def _merge_one(cast: Cast) -> None:
    merged = Firm.objects.filter(name=MERGED).first()
    heir = Firm.objects.filter(name=MERGED.partition(" GmbH")[0]).order_by("pk").first()
    if merged and heir:
        merge_firms(
            heir_id=heir.pk,
            merged_id=merged.pk,
            values=Values(
                name=merged.name,
                chamber=heir.chamber,
                membership_number=heir.membership_number,
                phone=merged.phone,
            ),
            actor=cast.people[leipzig.IHK_DESK],
        )


def _mark_walk_ins() -> None:
    keys = Appointment.objects.filter(state=Appointment.State.ATTENDED).order_by("pk")
    walked_in = list(keys.values_list("pk", flat=True)[::EVERY])
    Appointment.objects.filter(pk__in=walked_in).update(is_walk_in=True)
