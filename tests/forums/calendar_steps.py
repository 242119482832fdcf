"""How the tests look at the public calendar and fetch its feed, as a calendar program does."""

from typing import Any

import vobject
from django.test import Client

from forums.models import Event

CALENDAR, ARCHIVE, FEED = "/foren/", "/foren/archiv/", "/foren/kalender.ics"


def page_of(event: Event, *, language: str = "") -> str:
    return f"{language}/foren/{event.reference}/"


def text_at(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def titles_in(path: str = CALENDAR) -> list[str]:
    """Of the list, in its order."""
    response = Client().get(path)
    return [row.title for month in response.context["months"] for row in month.rows]


def entries_at(path: str = FEED) -> list[Any]:
    """Read by another library than the one that writes them."""
    return list(vobject.readOne(text_at(path)).contents.get("vevent", []))
