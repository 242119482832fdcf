"""Who waits for a time in the main house of the IHK, and what became of two that were given up there."""

from typing import Any

from consultations import booking
from consultations.demo.bookings import OWN_FIRM, book_and_confirm
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.demo.singles import Supply
from consultations.models import Waiting, WaitingOffer
from consultations.waiting.answers import decline_offer
from consultations.waiting.line import Entry, confirm_joining, enter_caller, join
from consultations.waiting.new_times import tell_of_new_times
from partnership.demo import leipzig
from partnership.times import a_month_after, today


def add_waiting(cast: Cast) -> None:
    """Nobody suits the first, the second declines; a caller without an address stands last."""
    tell_of_new_times()  # what is public already is no news
    supply = Supply(cast, "waiting")
    wishes_of: tuple[dict[str, Any], ...] = (
        {"not_before": a_month_after(today())},
        {},
        {"part_of_day": Waiting.PartOfDay.MORNING},
        {"weekdays": [0, 1, 2, 3, 4]},
    )
    for wishes in wishes_of:
        _wait(cast, supply.firm(), leipzig.IHK_HOUSE, **wishes)
    _wait(cast, OWN_FIRM, leipzig.GRIMMA)
    caller = _entry(cast, supply.firm(), leipzig.IHK_HOUSE, contact_email="")
    enter_caller(entry=caller, actor=cast.people[leipzig.IHK_DESK])
    for declines in (True, False):
        if time := supply.time(leipzig.IHK_HOUSE):
            booked = book_and_confirm(cast, time.hours.pk, time.starts_at, supply.firm(), supply.dice)
            booking.cancel_by_firm(appointment_id=booked.pk)
        offer = WaitingOffer.objects.filter(outcome="").order_by("pk").last()
        if offer and declines:
            decline_offer(offer_id=offer.pk)


def _wait(cast: Cast, firm: Firm, office: str, **wishes: Any) -> None:
    join(entry=_entry(cast, firm, office, **wishes))
    confirm_joining(waiting_id=Waiting.objects.get(contact_email=firm.email).pk)


def _entry(cast: Cast, firm: Firm, office: str, **changes: Any) -> Entry:
    given: dict[str, Any] = {
        "partnership": cast.partnership,
        "office": cast.offices[office],
        "firm_name": firm.name,
        "contact_name": firm.contact,
        "contact_email": firm.email,
        "contact_phone": firm.phone,
        "waits_until": a_month_after(a_month_after(today())),
    }
    return Entry(**given | changes)
