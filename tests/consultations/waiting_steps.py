"""Steps on a waiting list, as the pages and the scans take them."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from consultations import booking
from consultations.models import OfficeHours, Waiting, WaitingOffer
from consultations.waiting.line import Entry, confirm_joining, join, take_off
from consultations.waiting.new_times import tell_of_new_times
from partnership.models import Office, OutgoingMail, Partnership
from tests import factories
from tests.consultations.steps import confirm
from tests.personas import World

WANDA = "wanda@wartende.example"
AN_HOUR = datetime.timedelta(hours=1)


def entry(office: Office, **changes: Any) -> Entry:
    given: dict[str, Any] = {
        "partnership": Partnership.objects.get(members=office.organisation),
        "office": office,
        "firm_name": "Werkstatt Wartend",
        "contact_name": "Wanda Wartend",
        "contact_email": WANDA,
        "waits_until": timezone.localdate() + datetime.timedelta(days=60),
    }
    return Entry(**given | changes)


def wait(office: Office, **changes: Any) -> Waiting:
    """Joined and confirmed."""
    join(entry=entry(office, **changes))
    waiting = Waiting.objects.latest("pk")
    confirm_joining(waiting_id=waiting.pk)
    waiting.refresh_from_db()
    return waiting


def offered(world: World, **changes: Any) -> WaitingOffer:
    """Somebody waits, and a firm gives up the first time."""
    wait(world.office, **changes)
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    return WaitingOffer.objects.get()


def new_times_for(world: World, **changes: Any) -> OfficeHours:
    """Somebody waits, then the house opens another day."""
    wait(world.office, **changes)
    OfficeHours.objects.update(new_times_at=timezone.now() - AN_HOUR)
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        partnership=world.partnership,
        day=world.hours.day + datetime.timedelta(days=1),
    )
    tell_of_new_times(now=timezone.now() + AN_HOUR)
    return hours


def taken_off(world: World, **changes: Any) -> None:
    waiting = wait(world.office, **changes)
    take_off(waiting_id=waiting.pk, reason="Doppelt eingetragen", actor=world.bert)


def path_in(mail: OutgoingMail, key: str = "page_url") -> str:
    """The path of a link, without the host."""
    return "/" + str(mail.content[key]).split("/", 3)[3]


WAITING_ACTS: dict[str, Callable[[World, str], object]] = {
    "waiting_confirm": lambda world, language: join(entry=entry(world.office, page_language=language)),
    "waiting_joined": lambda world, language: wait(world.office, page_language=language),
    "waiting_offer": lambda world, language: offered(world, page_language=language),
    "waiting_new_times": lambda world, language: new_times_for(world, page_language=language),
    "waiting_ended": lambda world, language: taken_off(world, page_language=language),
}
