"""Events as rows of a list, as ready strings."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar.search import Month
from forums.calendar.standing import Standing, standing_of
from forums.event_words import city_of, kind_of, subjects_of, when_of
from forums.materials.overview import MaterialRow
from forums.models import Event
from partnership.times import DateBlock, berlin_day, date_block


@dataclass(frozen=True, slots=True)
class EventRow:
    """`about` is its kind and what it is about; `provider` and `provider_url` are an external course's."""

    url: str
    title: str
    date: DateBlock
    when: str
    where: str
    about: str
    summary: str
    standing: Standing
    is_cancelled: bool
    provider: str
    provider_url: str
    materials: list[MaterialRow]


@dataclass(frozen=True, slots=True)
class RowsOfMonth:
    key: str
    title: str
    rows: list[EventRow]


def rows_by_month(
    events: Iterable[Event],
    *,
    now: datetime.datetime,
    materials: Mapping[int, list[MaterialRow]] | None = None,
) -> list[RowsOfMonth]:
    """In the order in which they come; fetch them as `queries.public_events` does. `materials`: by the key of
    the event."""
    found = materials or {}
    by_month = groupby(events, key=lambda event: Month.of(berlin_day(event.starts_at)))
    return [
        RowsOfMonth(
            month.key, month.title, [row_of(event, found.get(event.pk, []), now=now) for event in group]
        )
        for month, group in by_month
    ]


def row_of(event: Event, materials: list[MaterialRow], *, now: datetime.datetime) -> EventRow:
    return EventRow(
        url=reverse("forums:event", args=[event.reference]),
        title=event.title,
        date=date_block(berlin_day(event.starts_at)),
        when=when_of(event),
        where=where_of(event),
        about=", ".join(text for text in (kind_of(event), subjects_of(event)) if text),
        summary=event.summary,
        standing=standing_of(event, now=now),
        is_cancelled=event.state == Event.State.CANCELLED,
        provider=event.provider,
        provider_url=event.provider_url,
        materials=materials,
    )


def where_of(event: Event) -> str:
    """'Grimma, Haus der Wirtschaft, auch online': the address is on the event's page."""
    house = event.office.name if event.office else event.venue
    city = city_of(event)
    place = ", ".join(dict.fromkeys(text for text in (city, house) if text))
    is_elsewhere = event.office or event.city or event.venue
    return _("%(place)s, auch online") % {"place": place} if event.is_online and is_elsewhere else place
