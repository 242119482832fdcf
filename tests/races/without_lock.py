"""The portal without its lock on office hours: the control of the storm.

Reading and writing stand a breath apart here, so that the race does not depend on luck.
"""

from typing import Any

from partnership.wsgi import application

__all__ = ["application"]

BREATH_SECONDS = 0.05


def take_the_lock_away() -> None:
    """The imports wait for the application, which makes the apps ready."""
    from django.db import connection

    from consultations import booking
    from consultations.models import OfficeHours

    find_free_lane = booking.free_lane

    def read_hours(*hours_ids: int) -> dict[int, OfficeHours]:
        rows = OfficeHours.objects.select_related("office__organisation", "room", "partnership")
        return {hours.pk: hours for hours in rows.filter(pk__in=hours_ids)}

    def find_free_lane_slowly(*args: Any, **kwargs: Any) -> Any:
        lane = find_free_lane(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [BREATH_SECONDS])
        return lane

    booking.lock_hours = read_hours
    booking.free_lane = find_free_lane_slowly


take_the_lock_away()
