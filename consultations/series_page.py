"""A series as the workplace shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.hours_overview import topics_and_languages
from consultations.models import OfficeHoursSeries
from consultations.recurrence import series_in_words
from partnership.times import long_day, short_date


@dataclass(frozen=True, slots=True)
class SeriesRow:
    pk: int
    words: str
    office: str
    room: str
    officers: str
    coming: int
    next_day: str


def row_of_series(series: Any) -> SeriesRow:
    """Of a row of `series_visible_to`, which counts its days."""
    return SeriesRow(
        pk=series.pk,
        words=series_in_words(series),
        office=series.office.name,
        room=series.room.name if series.room else _("ohne Raum"),
        officers=", ".join(str(person) for person in series.officers),
        coming=series.coming,
        next_day=f"{short_date(series.next_day)}{series.next_day.year}" if series.next_day else "",
    )


def facts_of_series(series: OfficeHoursSeries) -> list[tuple[str, str]]:
    talk = _("%(minutes)d Minuten") % {"minutes": series.slot_minutes}
    if series.gap_minutes:
        talk = _("%(talk)s, %(gap)d Minuten Abstand") % {"talk": talk, "gap": series.gap_minutes}
    facts = [
        (_("Haus"), series.office.name),
        (_("Raum"), series.room.name if series.room else _("ohne Raum")),
        (_("Wer berät"), ", ".join(str(person) for person in series.officers)),
        (_("Von, bis"), f"{long_day(series.first_day)} – {long_day(series.last_day)}"),
        (_("Gespräche"), talk),
    ]
    if series.pause_starts and series.pause_ends:
        pause = f"{series.pause_starts:%-H:%M}–{series.pause_ends:%-H:%M}"
        facts.append((_("Pause"), _("%(pause)s Uhr") % {"pause": pause}))
    facts += [
        *topics_and_languages(series.topics, series.languages),
        (_("Buchbar ab"), _("%(days)d Tage vorher") % {"days": series.opens_days}),
        (_("Buchbar bis"), _("%(hours)d Stunden vor Beginn") % {"hours": series.closes_hours}),
    ]
    if series.exceptions:
        facts.append((_("Ausgelassen"), ", ".join(short_date(day) for day in series.exceptions)))
    if series.added:
        facts.append((_("Trotz Feiertag oder Schließzeit"), ", ".join(short_date(d) for d in series.added)))
    return facts
