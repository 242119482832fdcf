"""Steps of a firm that asks for a visit, as the pages and the scans take them."""

import datetime
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from consultations.models import VisitMatter, VisitRequest
from consultations.visits import asking
from consultations.visits.asking import Confided, Entry, Wishes
from consultations.visits.unconfirmed import remind_unconfirmed
from partnership.models import OutgoingMail
from tests.personas import World

VERA = "vera@schlosserei.example"
NOTE = "Hinter dem Lager ist der Zaun offen"
PLACE = {
    "street": "Hofweg 3",
    "postcode": "04668",
    "city": "Grimma",
    "premises": "workshop",
    "reason": "burglary",
}
DETAILS = {
    "firm_name": "Schlosserei Vera",
    "contact_name": "Vera Muster",
    "contact_email": VERA,
    "part_of_day": "any",
    "note": NOTE,
}


def entry(world: World, **changes: Any) -> Entry:
    given: dict[str, Any] = {
        "partnership": world.partnership,
        "wishes": Wishes(takes_freed_times=True),
        "confided": Confided(
            reason=VisitMatter.Reason.BURGLARY, note=NOTE, accessibility_need="Gebärdensprache"
        ),
        **{name: PLACE[name] for name in ("street", "postcode", "city", "premises")},
        **{name: DETAILS[name] for name in ("firm_name", "contact_name", "contact_email")},
    }
    return Entry(**given | changes)


def ask(world: World, **changes: Any) -> VisitRequest:
    return asking.ask(entry=entry(world, **changes))


def asked(world: World, **changes: Any) -> VisitRequest:
    """Confirmed."""
    return asking.confirm_request(request_id=ask(world, **changes).pk)[0]


def entered(world: World, **changes: Any) -> VisitRequest:
    """By the desk, on the telephone."""
    return asking.enter_for_caller(entry=entry(world, **changes), desk_of=world.ihk, actor=world.bert)


def ask_on_pages(client: Client, **changes: str) -> str:
    """Where the last step leads."""
    client.post("/beratung/vor-ort/", PLACE | {k: v for k, v in changes.items() if k in PLACE})
    details = DETAILS | {k: v for k, v in changes.items() if k not in PLACE}
    client.post("/beratung/vor-ort/angaben/", details)
    return str(client.post("/beratung/vor-ort/pruefen/").headers["Location"])


def path_in(kind: str, key: str = "page_url") -> str:
    """The path of the link in the latest mail of that kind, without the host."""
    mail = OutgoingMail.objects.filter(kind=kind).latest("pk")
    return "/" + str(mail.content[key]).split("/", 3)[3]


def ask_again(world: World, **changes: Any) -> None:
    request = ask(world, **changes)
    five_hours_ago = timezone.now() - datetime.timedelta(hours=5)
    VisitRequest.objects.filter(pk=request.pk).update(
        asked_at=five_hours_ago, confirm_by=timezone.now() + datetime.timedelta(hours=5)
    )
    remind_unconfirmed()


def withdrawn(world: World, **changes: Any) -> None:
    asking.withdraw_request(request_id=asked(world, **changes).pk)


VISIT_ACTS: dict[str, Callable[[World, str], object]] = {
    "visit_confirm": lambda world, language: ask(world, page_language=language),
    "visit_unconfirmed": lambda world, language: ask_again(world, page_language=language),
    "visit_waiting": lambda world, language: asked(world, page_language=language),
    "visit_withdrawn": lambda world, language: withdrawn(world, page_language=language),
}
