"""What is free now and next for somebody who stands at the counter."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import OfficeHours
from consultations.offers import choice_of, place_of
from consultations.queries import is_free, taken_by_lane
from consultations.slots import cut_slots
from partnership.models import Office
from partnership.times import berlin_day, clock_span, clock_text


@dataclass(frozen=True, slots=True)
class WalkInTime:
    """`when` is '10:45 bis 11:30 Uhr'; `now_words` says how much is left of one that runs."""

    choice: str
    when: str
    now_words: str


@dataclass(frozen=True, slots=True)
class WalkInHouse:
    name: str
    place: str
    span: str
    times: list[WalkInTime]


def todays_houses(offices: Collection[Office], *, now: datetime.datetime) -> list[WalkInHouse]:
    """Public hours of today that are not over, in two statements; also those without a free time."""
    hours = [
        h
        for h in OfficeHours.objects.filter(
            office__in=offices, day=berlin_day(now), state=OfficeHours.State.PUBLIC
        )
        .select_related("office", "room")
        .order_by("office__kind", "office__city", "starts", "pk")
        if h.ends_at > now
    ]
    taken = taken_by_lane(hours, now=now)
    return [
        WalkInHouse(
            name=h.office.name,
            place=place_of(h),
            span=clock_span(h.starts_at, h.ends_at),
            times=[
                _time(h, start, end, now=now)
                for start, end in cut_slots(h)
                if end > now and any(is_free(lane, start, end) for lane in taken.get(h.pk, []))
            ],
        )
        for h in hours
    ]


def _time(
    hours: OfficeHours, start: datetime.datetime, end: datetime.datetime, *, now: datetime.datetime
) -> WalkInTime:
    running = start <= now
    return WalkInTime(
        choice=choice_of(hours.pk, start),
        when=clock_span(start, end),
        now_words=_("läuft, noch bis %(until)s") % {"until": clock_text(end)} if running else "",
    )
