"""What a closure hits and what became of it, in ready strings."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.closing import Closed, Hit
from consultations.hours_overview import Stage, stage_of
from consultations.nearness import listed
from partnership.times import clock_span, date_span, long_date


@dataclass(frozen=True, slots=True)
class HitHours:
    pk: int
    day: str
    span: str
    room: str
    stage: Stage
    booked: str


def hit_rows(hit: Hit, *, now: datetime.datetime) -> list[HitHours]:
    count = {hours.pk: 0 for hours in hit.hours}
    for booking in hit.bookings:
        if booking.lane:
            count[booking.lane.hours_id] += 1
    return [
        HitHours(
            pk=hours.pk,
            day=long_date(hours.day),
            span=clock_span(hours.starts_at, hours.ends_at),
            room=hours.room.name if hours.room else "",
            stage=stage_of(hours, now=now),
            booked=ngettext("%(number)d Termin", "%(number)d Termine", count[hours.pk])
            % {"number": count[hours.pk]}
            if count[hours.pk]
            else _("kein Termin"),
        )
        for hours in hit.hours
    ]


def has_begun(hit: Hit, *, now: datetime.datetime) -> bool:
    """Whether a day is cut off in the middle: talks that have begun are not called off."""
    return any(hours.starts_at <= now for hours in hit.hours)


def words_of_closing(closed: Closed) -> str:
    """'Das Haus ist vom 24. bis 27. November geschlossen. Abgesagt: 2 Sprechtage. …'"""
    closure, settled = closed.closure, closed.settled
    words = [
        _("Das Haus ist %(days)s geschlossen.") % {"days": date_span(closure.starts, closure.ends)},
    ]
    counted = [
        ngettext("%(number)d Sprechtag abgesagt", "%(number)d Sprechtage abgesagt", len(closed.hours)),
        ngettext("%(number)d Termin verschoben", "%(number)d Termine verschoben", len(settled.moved)),
        ngettext("%(number)d Termin abgesagt", "%(number)d Termine abgesagt", len(settled.cancelled)),
    ]
    numbers = (len(closed.hours), len(settled.moved), len(settled.cancelled))
    done = [text % {"number": number} for text, number in zip(counted, numbers, strict=True) if number]
    if done:
        words.append(f"{listed(done)}.")
    if settled.calls:
        words.append(
            ngettext(
                "%(number)d Anruf ist vorgemerkt.", "%(number)d Anrufe sind vorgemerkt.", len(settled.calls)
            )
            % {"number": len(settled.calls)}
        )
    return " ".join(words)
