"""What waits for an officer's or a lead's yes under "Heute": days, and series as one row each."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import OfficeHours, OfficeHoursSeries
from consultations.recurrence import series_in_words
from consultations.slots import cut_slots
from partnership.times import clock_span, numeric_date, short_date


@dataclass(frozen=True, slots=True)
class ToAgree:
    """`who`: whose yes is missing, for a lead; `button` says for whom this person agrees; `page` shows it."""

    act: str
    page: str
    when: str
    place: str
    count: str
    who: str
    asked: str
    button: str


def rows_to_agree(waiting: list[OfficeHours], *, lead_of: frozenset[int]) -> list[ToAgree]:
    """In the order of the first days. One day of a series alone is a day."""
    in_series: dict[int, list[OfficeHours]] = {}
    for hours in waiting:
        if hours.series_id:
            in_series.setdefault(hours.series_id, []).append(hours)
    rows, told = [], set()
    for hours in waiting:
        together = in_series.get(hours.series_id or 0, [])
        if hours.series is None or len(together) < 2:
            rows.append(_day(hours, is_lead=hours.police_id in lead_of))
        elif hours.series_id not in told:
            told.add(hours.series_id)
            rows.append(_series(hours.series, together, is_lead=hours.police_id in lead_of))
    return rows


def _day(hours: OfficeHours, *, is_lead: bool) -> ToAgree:
    return ToAgree(
        act=reverse("appointments:hours_agree", args=[hours.pk]),
        page=reverse("appointments:hours_detail", args=[hours.pk]),
        when=f"{short_date(hours.day)}, {clock_span(hours.starts_at, hours.ends_at)}",
        place=_place(hours),
        count=_("%(count)d Zeiten von %(minutes)d Minuten")
        % {"count": len(cut_slots(hours)), "minutes": hours.slot_minutes},
        who=", ".join(_missing([hours])) if is_lead else "",
        asked=_("Wird mit der letzten Zustimmung öffentlich.") if hours.publish_when_agreed else "",
        button=_("Für alle zustimmen") if is_lead and len(hours.lanes.all()) > 1 else _("Zustimmen"),
    )


def _series(series: OfficeHoursSeries, days: list[OfficeHours], *, is_lead: bool) -> ToAgree:
    words = {
        "count": len(days),
        "first": numeric_date(days[0].day),
        "last": numeric_date(days[-1].day),
    }
    asked = any(day.publish_when_agreed for day in days)
    return ToAgree(
        act=reverse("appointments:series_agree", args=[series.pk]),
        page=reverse("appointments:series", args=[series.pk]),
        when=series_in_words(series),
        place=_place(days[0]),
        count=_("%(count)d Tage vom %(first)s bis %(last)s") % words,
        who=", ".join(_missing(days)) if is_lead else "",
        asked=_("Werden mit der letzten Zustimmung öffentlich.") if asked else "",
        button=_("Für alle zustimmen") if is_lead else _("Allen Tagen zustimmen"),
    )


def _place(hours: OfficeHours) -> str:
    return f"{hours.office.name}, {hours.room.name}" if hours.room else hours.office.name


def _missing(days: list[OfficeHours]) -> list[str]:
    names = [
        str(lane.officer)
        for day in days
        for lane in day.lanes.all()
        if lane.officer and lane.is_waiting_in(day)
    ]
    return list(dict.fromkeys(names))
