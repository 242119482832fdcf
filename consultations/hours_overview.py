"""Office hours as the workplace shows them: rows of a list, the state in words, what comes next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Appointment, Lane, Language, OfficeHours, Topic
from consultations.slots import cut_slots
from consultations.week import Kind, Time, day_title, lay_out_hours, short_span
from partnership.models import Person
from partnership.phone_numbers import dialled
from partnership.times import MONTHS, clock, short_moment


class Stage(models.TextChoices):
    """The state of office hours as people speak of it; over is what has ended, if it was not cancelled."""

    DRAFT = "draft", gettext_lazy("Entwurf")
    ASKED = "asked", gettext_lazy("wartet auf Zustimmung")
    AGREED = "agreed", gettext_lazy("abgestimmt")
    PUBLIC = "public", gettext_lazy("öffentlich")
    CANCELLED = "cancelled", gettext_lazy("abgesagt")
    OVER = "over", gettext_lazy("vorbei")


def stage_of(hours: OfficeHours, *, now: datetime.datetime) -> Stage:
    if hours.state == OfficeHours.State.CANCELLED:
        return Stage.CANCELLED
    if hours.ends_at <= now:
        return Stage.OVER
    if hours.state == OfficeHours.State.DRAFT and hours.publish_when_agreed:
        return Stage.ASKED
    return Stage(hours.state)


def what_comes_next(hours: OfficeHours, *, now: datetime.datetime) -> str:
    match stage_of(hours, now=now):
        case Stage.DRAFT:
            return _(
                "Noch sehen ihn nur die Kammer und die Polizei; die Zeit der Eingeplanten ist vorgemerkt. "
                "Beim Veröffentlichen werden sie um ihre Zustimmung gebeten."
            )
        case Stage.ASKED:
            missing = _(" und ").join(str(person) for person in missing_yes(hours))
            return _("Es fehlt die Zustimmung von %(who)s. Danach wird er von selbst öffentlich.") % {
                "who": missing
            }
        case Stage.AGREED:
            return _("Er kann jetzt veröffentlicht werden. Noch sehen ihn nur die Kammer und die Polizei.")
        case Stage.PUBLIC:
            words = [_about_booking(hours, now=now)]
            if missing_yes(hours):
                who = _(" und ").join(str(person) for person in missing_yes(hours))
                words.append(_("Seit einer Änderung fehlt die Zustimmung von %(who)s.") % {"who": who})
            return " ".join(words)
        case Stage.CANCELLED:
            return _("Grund: %(reason)s") % {"reason": hours.cancel_reason}
    return _("Dieser Sprechtag ist vorbei.")


def missing_yes(hours: OfficeHours) -> list[Person]:
    """The officers who have not agreed yet."""
    return [lane.officer for lane in hours.lanes.all() if lane.officer and lane.is_waiting_in(hours)]


def asked_deputies(hours: OfficeHours) -> list[Person]:
    """Those who were asked to step in and have not answered."""
    return [lane.officer for lane in hours.lanes.all() if lane.officer and lane.has_asked_deputy]


def waits_for(hours: OfficeHours, person: Person) -> bool:
    return person in missing_yes(hours)


def capacity_of(hours: OfficeHours) -> int:
    """How many talks the hours hold, in all lanes that have an officer."""
    return len(cut_slots(hours)) * sum(lane.officer_id is not None for lane in hours.lanes.all())


@dataclass(frozen=True, slots=True)
class HoursRow:
    pk: int
    day: str
    span: str
    office: str
    room: str
    officers: str
    stage: Stage
    taken: str
    waits_for_reader: bool
    series: int | None


@dataclass(frozen=True, slots=True)
class Month:
    anchor: str
    title: str
    rows: list[HoursRow]


def by_month(
    hours: Iterable[OfficeHours], *, booked: dict[int, int], reader: Person, now: datetime.datetime
) -> list[Month]:
    """In the order given. `booked`: key of the hours -> how many of their times are booked."""
    return [
        Month(
            anchor=f"monat-{year}-{month:02d}",
            title=f"{MONTHS['de'][month - 1]} {year}",
            rows=[_row(h, booked.get(h.pk, 0), reader=reader, now=now) for h in group],
        )
        for (year, month), group in groupby(hours, key=lambda h: (h.day.year, h.day.month))
    ]


def _row(hours: OfficeHours, booked: int, *, reader: Person, now: datetime.datetime) -> HoursRow:
    stage = stage_of(hours, now=now)
    return HoursRow(
        pk=hours.pk,
        day=day_title(hours.day),
        span=short_span(hours),
        office=hours.office.name,
        room=hours.room.name if hours.room else _("ohne Raum"),
        officers=", ".join(str(lane.officer or _("noch niemand")) for lane in hours.lanes.all()),
        stage=stage,
        taken=""
        if stage == Stage.CANCELLED
        else _("%(booked)d von %(all)d vergeben") % {"booked": booked, "all": capacity_of(hours)},
        waits_for_reader=waits_for(hours, reader),
        series=hours.series_id,
    )


def _about_booking(hours: OfficeHours, *, now: datetime.datetime) -> str:
    if now < hours.booking_opens_at:
        return _("Firmen können ihn ab %(when)s buchen.") % {"when": short_moment(hours.booking_opens_at)}
    if now < hours.booking_closes_at:
        return _("Firmen können ihn bis %(when)s buchen.") % {"when": short_moment(hours.booking_closes_at)}
    return _("Die Buchung ist seit %(when)s geschlossen.") % {"when": short_moment(hours.booking_closes_at)}


def facts_of(hours: OfficeHours) -> list[tuple[str, str]]:
    """What was entered, in words."""
    talk = _("%(minutes)d Minuten") % {"minutes": hours.slot_minutes}
    if hours.gap_minutes:
        talk = _("%(talk)s, %(gap)d Minuten Abstand") % {"talk": talk, "gap": hours.gap_minutes}
    facts = [
        (_("Haus"), hours.office.name),
        (_("Raum"), hours.room.name if hours.room else _("ohne Raum")),
        (_("Gespräche"), talk),
        *topics_and_languages(hours.topics, hours.languages),
        (_("Buchbar ab"), short_moment(hours.booking_opens_at)),
        (_("Buchbar bis"), short_moment(hours.booking_closes_at)),
    ]
    if hours.pause_starts and hours.pause_ends:
        pause = f"{hours.pause_starts:%-H:%M}–{hours.pause_ends:%-H:%M}"
        facts.insert(3, (_("Pause"), _("%(pause)s Uhr") % {"pause": pause}))
    return facts


def topics_and_languages(topics: Iterable[str], languages: Iterable[str]) -> list[tuple[str, str]]:
    return [
        (_("Themen"), ", ".join(str(Topic(topic).label) for topic in topics)),
        (_("Sprachen"), ", ".join(str(Language(language).label) for language in languages)),
    ]


@dataclass(frozen=True, slots=True)
class Consent:
    """An officer of the hours and the yes: own, by the lead, or still missing."""

    officer: str
    words: str
    is_given: bool


def consents_of(hours: OfficeHours) -> list[Consent]:
    return [_consent(lane) for lane in hours.lanes.all()]


def _consent(lane: Lane) -> Consent:
    if lane.officer is None:
        return Consent(_("noch niemand"), _absence_words(lane), False)
    name = str(lane.officer)
    if lane.has_asked_deputy:
        return Consent(name, _("als Vertretung angefragt"), False)
    if lane.agreed_at is None:
        never = (OfficeHours.State.DRAFT, OfficeHours.State.CANCELLED)
        needs_none = lane.hours.state not in never and lane.asked_at is None
        return Consent(
            name, _("keine Zustimmung nötig") if needs_none else _("hat noch nicht zugestimmt"), False
        )
    values = {"when": short_moment(lane.agreed_at), "by": lane.agreed_by}
    if lane.agreed_by_id and lane.agreed_by_id != lane.officer_id:
        return Consent(name, _("zugestimmt am %(when)s durch %(by)s") % values, True)
    return Consent(name, _("zugestimmt am %(when)s") % values, True)


def _absence_words(lane: Lane) -> str:
    if lane.left_empty_at:
        return _("bleibt ohne Vertretung")
    if lane.absent_id:
        return _("%(who)s ist abwesend") % {"who": lane.absent}
    return _("ohne Beamtin oder Beamten")


@dataclass(frozen=True, slots=True)
class HoursTime:
    """A time of public hours, with what stands in it."""

    span: str
    kind: Kind
    officer: str
    appointment: Appointment | None
    tel: str


def times_of(
    hours: OfficeHours, appointments: Iterable[Appointment], *, now: datetime.datetime
) -> list[HoursTime]:
    """Earliest first; empty for hours that are not public. `appointments` are those that stand in them."""
    standing = list(appointments)
    named = {a.reference: a for a in standing if a.firm_name}
    sitting = lay_out_hours([hours], standing, now=now)[0]
    officers = [str(lane.officer or "") for lane in hours.lanes.all()]
    pairs = [(time, officer) for officer, lane in zip(officers, sitting.lanes, strict=False) for time in lane]
    return [
        _time(time, officer, named.get(time.reference))
        for time, officer in sorted(pairs, key=lambda pair: (pair[0].starts_at, pair[1]))
    ]


def _time(time: Time, officer: str, appointment: Appointment | None) -> HoursTime:
    return HoursTime(
        span=f"{clock(time.starts_at)}–{clock(time.ends_at)}",
        kind=time.kind,
        officer=officer,
        appointment=appointment,
        tel=dialled(appointment.contact_phone) if appointment else "",
    )
