"""Absences and places without an officer as ready strings."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.deputies import Candidate
from consultations.models import Absence, Appointment, Claim, Lane
from consultations.talks import Badge
from partnership.phone_numbers import dialled
from partnership.times import berlin, berlin_day, clock, clock_span, short_date, short_moment

MIDNIGHT = datetime.time()


@dataclass(frozen=True, slots=True)
class Hit:
    """Office hours that an absence takes an officer from."""

    when: str
    place: str
    talks: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    pk: int
    who: str
    when: str
    badge: Badge | None
    open_places: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place without an officer. `who` was to sit there; `asked` is the deputy who has not answered."""

    lane_id: int
    number: int
    hours_id: int
    when: str
    place: str
    talks: str
    who: str
    asked: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class DeputyRow:
    pk: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    appointment: Appointment
    clock: str
    tel: str
    has_begun: bool


def talk_count(count: int) -> str:
    if not count:
        return _("kein Termin gebucht")
    return ngettext("%(count)d Termin gebucht", "%(count)d Termine gebucht", count) % {"count": count}


def hit_of(lane: Lane, booked: dict[int, int]) -> Hit:
    hours = lane.hours
    return Hit(
        when=f"{_day(hours.day)}, {clock_span(hours.starts_at, hours.ends_at)}",
        place=hours.office.name,
        talks=talk_count(booked.get(lane.pk, 0)),
    )


def absence_row(absence: Absence, *, open_places: int, now: datetime.datetime) -> AbsenceRow:
    open_words = ngettext(
        "%(count)d Sprechtag ohne Vertretung", "%(count)d Sprechtage ohne Vertretung", open_places
    ) % {"count": open_places}
    return AbsenceRow(
        pk=absence.pk,
        who=str(absence.officer),
        when=period_words(absence.starts_at, absence.ends_at),
        badge=Badge(_("jetzt abwesend"), "info") if absence.starts_at <= now else None,
        open_places=open_words if open_places else "",
    )


def period_words(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """'Mo 23.11.2026 bis Fr 27.11.2026', 'Di 24.11.2026, ab 7:40 Uhr', 'Di 24.11.2026, 8:00 bis 9:00 Uhr'."""
    first, last = berlin_day(starts_at), berlin_day(ends_at - datetime.timedelta(microseconds=1))
    from_midnight, to_midnight = (berlin(m).time() == MIDNIGHT for m in (starts_at, ends_at))
    if first == last:
        if from_midnight and to_midnight:
            return _day(first)
        if to_midnight:
            return _("%(day)s, ab %(clock)s Uhr") % {"day": _day(first), "clock": clock(starts_at)}
        return f"{_day(first)}, {clock_span(starts_at, ends_at)}"
    begin = _day(first) if from_midnight else short_moment(starts_at)
    end = _day(last) if to_midnight else short_moment(ends_at)
    return _("%(begin)s bis %(end)s") % {"begin": begin, "end": end}


def vacancy_of(lane: Lane, booked: dict[int, int], *, today: datetime.date) -> Vacancy:
    hours = lane.hours
    is_asked = lane.asked_at is not None and lane.officer is not None
    away = lane.absent if lane.officer is None or is_asked else lane.officer
    room = f", {hours.room.name}" if hours.room else ""
    return Vacancy(
        lane_id=lane.pk,
        number=lane.number,
        hours_id=hours.pk,
        when=f"{_day(hours.day)}, {clock_span(hours.starts_at, hours.ends_at)}",
        place=f"{hours.office.name}{room}",
        talks=talk_count(booked.get(lane.pk, 0)),
        who=str(away) if away else "",
        asked=str(lane.officer) if is_asked else "",
        badge=_urgency(hours.day, has_talks=bool(booked.get(lane.pk)), today=today),
    )


def _urgency(day: datetime.date, *, has_talks: bool, today: datetime.date) -> Badge:
    days = (day - today).days
    words = {0: _("heute"), 1: _("morgen")}.get(days) or _("in %(days)d Tagen") % {"days": days}
    if not has_talks:
        return Badge(words, "info")
    return Badge(words, "danger" if days < 2 else "warning")


def deputy_row(candidate: Candidate, lane: Lane, *, visible_police: Collection[int]) -> DeputyRow:
    """What else the deputy has that day is named to police only."""
    return DeputyRow(
        pk=candidate.person.pk,
        name=str(candidate.person),
        words=", ".join(_deputy_words(candidate, lane, visible_police=visible_police)),
    )


def _deputy_words(candidate: Candidate, lane: Lane, *, visible_police: Collection[int]) -> Iterable[str]:
    away = lane.officer or lane.absent
    if candidate.is_named and away:
        yield _("vertritt %(who)s") % {"who": away}
    if not candidate.others:
        yield _("an diesem Tag sonst frei, ohne weitere Fahrt")
    elif lane.hours.police_id in visible_police:
        others = ", ".join(_claim_words(claim) for claim in candidate.others)
        yield _("an diesem Tag auch: %(others)s") % {"others": others}
    else:
        yield _("an diesem Tag noch anderswo")


def _claim_words(claim: Claim) -> str:
    where = claim.hours.office.city if claim.hours else str(claim.get_kind_display())
    return f"{where} {clock_span(claim.blocked.lower, claim.blocked.upper)}"


def talk_row(appointment: Appointment, *, now: datetime.datetime) -> TalkRow:
    return TalkRow(
        appointment=appointment,
        clock=f"{clock(appointment.starts_at)}–{clock(appointment.ends_at)}",
        tel=dialled(appointment.contact_phone),
        has_begun=appointment.starts_at <= now,
    )


def _day(day: datetime.date) -> str:
    return f"{short_date(day)}{day.year}"
