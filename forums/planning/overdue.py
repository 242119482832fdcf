"""Series whose next event is overdue: those responsible are written to, once for each day it was due by."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from forums.models import EventSeries
from forums.planning.due import DueSeries, cadence, due_series
from forums.responsible import people_responsible
from partnership.current import absolute_url
from partnership.models import Partnership, Person
from partnership.outbox import queue_mail
from partnership.times import berlin, berlin_day, long_date, long_day

TOLD_FROM = datetime.time(8)


@transaction.atomic
def tell_of_overdue(*, now: datetime.datetime | None = None) -> int:
    """The scan, from eight in the morning; returns how many mails. Whoever scans beside us has theirs."""
    now = now or timezone.now()
    if berlin(now).time() < TOLD_FROM:
        return 0
    rows = EventSeries.objects.filter(ended_on__isnull=True).select_related("organiser", "partnership")
    locked = rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("pk")
    untold = [
        one
        for one in due_series(locked)
        if one.due < berlin_day(now) and one.series.overdue_told_for != one.due
    ]
    by_person: dict[tuple[Partnership, Person], list[DueSeries]] = defaultdict(list)
    for one in untold:
        one.series.overdue_told_for = one.due
        one.series.save(update_fields=["overdue_told_for"])
        for person in people_responsible(one.series.organiser, one.series.partnership):
            by_person[one.series.partnership, person].append(one)
    for (partnership, person), series in by_person.items():
        _tell(partnership, person, series)
    return len(by_person)


def _tell(partnership: Partnership, person: Person, series: list[DueSeries]) -> None:
    queue_mail(
        partnership=partnership,
        kind="event_series_overdue",
        to_name=person.name,
        to_email=person.email,
        content={
            "rows": [
                {
                    "title": one.series.title,
                    "cadence": cadence(one.series),
                    "last": long_date(berlin_day(one.last.starts_at)) if one.last else "",
                    "due": long_day(one.due),
                }
                for one in series
            ],
            "page": absolute_url(partnership, reverse("events:series")),
        },
    )
