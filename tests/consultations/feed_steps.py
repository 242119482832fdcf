"""How the tests make a calendar address and fetch what it gives, as a calendar program does."""

from typing import Any

import vobject
from django.test import Client

from partnership.feeds import make_feed
from partnership.models import CalendarFeed, Person

Kind = CalendarFeed.Kind


def address_of(person: Person, kind: CalendarFeed.Kind = Kind.OWN, **thing: Any) -> str:
    language = thing.pop("language", "de")
    _feed, token = make_feed(person=person, wanted=CalendarFeed(kind=kind, **thing), language=language)
    return f"/kalender/{token}.ics"


def text_of(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def events_at(address: str) -> list[Any]:
    """Read by another library than the one that writes them."""
    return list(vobject.readOne(text_of(address)).contents.get("vevent", []))


def summaries(address: str) -> list[str]:
    return [event.summary.value for event in events_at(address)]
