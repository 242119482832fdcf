"""The rule after an edit "from this day on": the series says what its days are."""

import copy
import datetime
from typing import Any

from consultations.models import OfficeHours, OfficeHoursSeries
from partnership.journal import log_act
from partnership.models import Person

A_DAY = datetime.timedelta(days=1)


def rewrite_series(
    series: OfficeHoursSeries,
    first: OfficeHours,
    values: dict[str, Any],
    *,
    officers: list[Person] | None,
    actor: Person,
) -> OfficeHoursSeries:
    """Where days lie before `first`, the series ends there and another follows it. Under the series' lock."""
    assert first.series_day is not None
    begins = first.series_day
    if OfficeHours.objects.filter(series=series, series_day__lt=begins).exists():
        series = _split(series, begins, actor=actor)
    for name, value in values.items():
        setattr(series, name, value)
    if officers is not None:
        series.officer, series.second_officer = [*officers, None][:2]  # type: ignore[assignment]
    series.save()
    log_act(act="series.changed", thing=series, actor=actor, organisation=series.office.organisation)
    return series


def _split(series: OfficeHoursSeries, begins: datetime.date, *, actor: Person) -> OfficeHoursSeries:
    """The rule's weeks are counted on, as it begins with one of its own days."""
    later = copy.copy(series)
    later.pk = None
    later._state.adding = True
    later.follows, later.first_day, later.created_by = series, begins, actor
    later.exceptions = [day for day in series.exceptions if day >= begins]
    later.added = [day for day in series.added if day >= begins]
    later.save()
    series.last_day = begins - A_DAY
    series.exceptions = [day for day in series.exceptions if day < begins]
    series.added = [day for day in series.added if day < begins]
    series.save(update_fields=["last_day", "exceptions", "added"])
    OfficeHours.objects.filter(series=series, series_day__gte=begins).update(series=later)
    return later
