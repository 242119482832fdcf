"""The rota's days that come back as they were, told as series: the rule first, the days below it."""

import datetime
from dataclasses import replace

from consultations.booking_window import days_before_of, hours_before_of
from consultations.demo.cast import Cast
from consultations.demo.rota import EVERY, ROTA, Turn
from consultations.models import OfficeHours, OfficeHoursSeries
from consultations.recurrence import rule_of
from consultations.series import TAKEN_OVER, lanes_of
from partnership.models import Office
from partnership.times import today
from partnership.working_days import holiday_name


def tell_series(cast: Cast) -> None:
    """Every second turn of the rota; a later start gives the days made since to the series."""
    for turn in ROTA[::2]:
        office = cast.offices.get(turn.office)
        days = _days_of(turn, office) if office else []
        new = [day for day in days if day.series is None]
        series = next((day.series for day in reversed(days) if day.series), None)
        if not new or (series and series.cancelled_from):
            continue
        if series is None:
            series = _series_of(turn, days)
        _give(cast, series, new)


def _give(cast: Cast, series: OfficeHoursSeries, new: list[OfficeHours]) -> None:
    covered = series.last_day if series.pk else None
    known = {day.day: day for day in new}
    rule = replace(rule_of(series), last_day=new[-1].day).days()
    rule = [day for day in rule if covered is None or day > covered]
    own = [known[day] for day in rule if day in known]
    if not own:
        return
    series.last_day = own[-1].day
    left_out = [day for day in rule if day not in known and _was_left_out(cast, series, day)]
    series.exceptions = [*series.exceptions, *(day for day in left_out if day < series.last_day)]
    series.save()
    for day in own:
        day.series, day.series_day = series, day.day
    OfficeHours.objects.bulk_update(own, ["series", "series_day"])


def _days_of(turn: Turn, office: Office) -> list[OfficeHours]:
    rows = OfficeHours.objects.filter(
        office=office, starts=turn.hours[0], ends=turn.hours[1], day__iso_week_day=turn.weekday + 1
    ).exclude(state=OfficeHours.State.CANCELLED)
    found = rows.select_related("partnership", "office", "room", "police", "series").order_by("day")
    return [day for day in found if turn.weeks in (EVERY, day.day.isocalendar().week % 2)]


def _series_of(turn: Turn, days: list[OfficeHours]) -> OfficeHoursSeries:
    first = days[0]
    officers = [*(lane.officer for lane in lanes_of([first]) if lane.officer), None]
    return OfficeHoursSeries(
        partnership=first.partnership,
        office=first.office,
        police=first.police,
        officer=officers[0],
        second_officer=officers[1],
        rhythm=OfficeHoursSeries.Rhythm.WEEKLY,
        every_weeks=1 if turn.weeks is EVERY else 2,
        weekdays=[first.day.weekday()],
        first_day=first.day,
        last_day=days[-1].day,
        opens_days=days_before_of(first),
        closes_hours=hours_before_of(first),
        created_by=first.created_by,
        **{name: getattr(first, name) for name in TAKEN_OVER},
    )


def _was_left_out(cast: Cast, series: OfficeHoursSeries, day: datetime.date) -> bool:
    return day >= today() and not holiday_name(day) and not cast.is_closed(series.office, day)
