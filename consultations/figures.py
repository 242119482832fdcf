"""How much is offered in each office: counts for coordinators, without anybody's data."""

import datetime

from django.utils import timezone

from consultations.models import OfficeHours
from consultations.queries import is_free, taken_by_lane
from consultations.slots import cut_slots
from partnership.models import Partnership
from partnership.office_figures import OfficeFigures
from partnership.times import berlin_day


def coming_times(partnership: Partnership, now: datetime.datetime | None = None) -> dict[int, OfficeFigures]:
    """Office key -> public office hours from now on, in two statements. Each lane's talk counts."""
    now = now or timezone.now()
    hours = list(
        OfficeHours.objects.filter(
            partnership=partnership, state=OfficeHours.State.PUBLIC, day__gte=berlin_day(now)
        )
    )
    taken = taken_by_lane(hours, now=now)
    figures: dict[int, OfficeFigures] = {}
    for day in hours:
        slots = [(start, end) for start, end in cut_slots(day) if start > now]
        lanes = taken.get(day.pk, [])
        free = sum(is_free(lane, start, end) for lane in lanes for start, end in slots)
        if slots and lanes:
            so_far = figures.get(day.office_id, OfficeFigures())
            figures[day.office_id] = so_far + OfficeFigures(1, len(slots) * len(lanes), free)
    return figures
