"""What a change would do, in words, before anything is saved."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.changing import ChangedDay
from consultations.clashes import find_clashes
from consultations.models import OfficeHours
from consultations.preview import words_of_clash
from consultations.week import day_title
from partnership.models import OfficeClosure, Person
from partnership.rules import Posts
from partnership.times import clock_span, short_date
from partnership.working_days import holiday_name


@dataclass(frozen=True, slots=True)
class DayWords:
    """`notes`: what the desk should know of this day, nothing that prevents it."""

    day: str
    before: str
    after: str
    bookings: str
    notes: list[str]


def words_of_days(days: list[ChangedDay]) -> list[DayWords]:
    """One row for each day; closures are looked up in one statement."""
    moved = [day for day in days if day.before.day != day.after.day]
    closures = (
        OfficeClosure.objects.filter(
            office__in={day.after.office_id for day in moved},
            starts__lte=max((day.after.day for day in moved), default=None),
            ends__gte=min((day.after.day for day in moved), default=None),
        )
        if moved
        else []
    )
    closed = [(c.office_id, c.starts, c.ends, c.reason) for c in closures]
    return [_words(day, closed) for day in days]


def _words(day: ChangedDay, closed: list[tuple[int, datetime.date, datetime.date, str]]) -> DayWords:
    before, after = _line(day.before, day.seats.officers_before), _line(day.after, day.seats.officers)
    return DayWords(
        day=day_title(day.before.day),
        before=before,
        after="" if before == after else after,
        bookings=_bookings(day),
        notes=_notes(day, closed),
    )


def _line(hours: OfficeHours, officers: list[Person]) -> str:
    parts = [
        short_date(hours.day),
        clock_span(hours.starts_at, hours.ends_at),
        hours.room.name if hours.room else _("ohne Raum"),
        ", ".join(str(person) for person in officers) or _("noch niemand"),
    ]
    return ", ".join(parts)


def _bookings(day: ChangedDay) -> str:
    keep, lose = len(day.staying) + len(day.relaned), len(day.losing)
    words = []
    if keep:
        words.append(
            ngettext("%(count)d Termin behält seine Zeit", "%(count)d Termine behalten ihre Zeit", keep)
            % {"count": keep}
        )
    if lose:
        words.append(
            ngettext("%(count)d Termin verliert seine Zeit", "%(count)d Termine verlieren ihre Zeit", lose)
            % {"count": lose}
        )
    return ", ".join(words) or _("keine Termine")


def _notes(day: ChangedDay, closed: list[tuple[int, datetime.date, datetime.date, str]]) -> list[str]:
    notes = []
    after = day.after
    if day.before.day != after.day:
        if name := holiday_name(after.day):
            notes.append(_("An diesem Tag ist Feiertag: %(name)s.") % {"name": name})
        elif after.day.weekday() >= 5:
            notes.append(_("Dieser Tag fällt auf ein Wochenende."))
        notes += [
            _("Das Haus ist geschlossen: %(reason)s.") % {"reason": reason}
            for office, starts, ends, reason in closed
            if office == after.office_id and starts <= after.day <= ends
        ]
    if _asks(day):
        asked = day.seats.officers if day.grows else [*day.seats.new.values(), *day.seats.added]
        who = ", ".join(str(person) for person in asked)
        if after.state == OfficeHours.State.PUBLIC:
            notes.append(_("%(who)s: Zustimmung wird erbeten; was öffentlich ist, bleibt es.") % {"who": who})
        elif after.state == OfficeHours.State.AGREED:
            notes.append(_("%(who)s: Zustimmung fehlt dann. Der Tag wird wieder Entwurf.") % {"who": who})
    return notes


def _asks(day: ChangedDay) -> bool:
    return day.after.office.organisation.officers_must_agree and (day.seats.are_new or day.grows)


def clashes_of(days: list[ChangedDay], *, posts: Posts) -> list[str]:
    """What prevents the change, day by day."""
    found = find_clashes((day.wanted for day in days), without=[day.after.pk for day in days])
    return [
        f"{short_date(day.after.day)}: " + words_of_clash(claim, officers=day.seats.officers, posts=posts)
        for day, claims in zip(days, found, strict=True)
        for claim in claims
    ]


def words_of_change(days: list[ChangedDay]) -> str:
    count = len(days)
    return ngettext("Der Sprechtag ist geändert.", "%(count)d Sprechtage sind geändert.", count) % {
        "count": count
    }


def shared_notes(rows: list[DayWords]) -> list[str]:
    """What holds for each of several days, to be said once."""
    if len(rows) < 2:
        return []
    return [note for note in rows[0].notes if all(note in row.notes for row in rows)]
