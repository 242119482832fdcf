"""The portal without its lock on the parts of an event: the control of the last seats.

Looking for a place and taking it stand a breath apart here, so that the race does not depend on luck.
"""

from typing import Any

from partnership.wsgi import application

__all__ = ["application"]

BREATH_SECONDS = 0.05


def take_the_lock_away() -> None:
    """The imports wait for the application, which makes the apps ready."""
    from django.db import connection

    from forums.models import EventPart
    from forums.registering import bookings

    find_open_places = bookings.open_places

    def read_parts(event_id: int) -> dict[int, EventPart]:
        rows = EventPart.objects.filter(event=event_id).select_related("event__partnership")
        return {part.pk: part for part in rows}

    def find_open_places_slowly(*args: Any, **kwargs: Any) -> int:
        found = find_open_places(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [BREATH_SECONDS])
        return found

    bookings.lock_parts_of_event = read_parts
    bookings.open_places = find_open_places_slowly


take_the_lock_away()
