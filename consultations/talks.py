"""The talks of one lane as ready strings, booked and free ones in their order."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, Concern, Lane, Language
from consultations.rules import outcome_is_due
from consultations.slots import cut_slots
from partnership.phone_numbers import dialled
from partnership.times import clock, clock_text

State = Appointment.State


@dataclass(frozen=True, slots=True)
class Badge:
    """`kind` is one of KERN's (success, warning, danger, info), or empty for what is as it should be."""

    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A booked time. Topic, note and needs are what the firm confided; police read them.

    `act` names what can be done about the outcome now, '' before the talk.
    """

    clock: str
    ends_at: datetime.datetime
    reference: str
    firm: str
    contact: str
    phone: str
    tel: str
    badge: Badge
    topic: str
    language: str
    need: str
    note: str
    officer_note: str
    next_step: str
    act: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Free times that follow each other, from the first one's clock time on."""

    clocks: list[str]
    word: str

    @property
    def words(self) -> str:
        """'9:30, 10:15 Uhr frei'."""
        return f"{', '.join(self.clocks)} Uhr {self.word}"


def lay_out_talks(
    lane: Lane, appointments: list[Appointment], *, now: datetime.datetime
) -> list[Talk | FreeTimes]:
    free = [
        start
        for start, end in cut_slots(lane.hours)
        if all(end <= a.starts_at or start >= a.ends_at for a in appointments)
    ]
    booked = {appointment.starts_at: appointment for appointment in appointments}
    rows: list[Talk | FreeTimes] = []
    for start in sorted([*booked, *free]):
        if start in booked:
            rows.append(lay_out_talk(booked[start], now=now))
            continue
        word = _("frei") if start > now else _("blieb frei")
        last = rows[-1] if rows else None
        if isinstance(last, FreeTimes) and last.word == word:
            last.clocks.append(clock(start))
        else:
            rows.append(FreeTimes([clock(start)], word))
    return rows


def lay_out_talk(appointment: Appointment, *, now: datetime.datetime) -> Talk:
    concern: Concern | None = getattr(appointment, "concern", None)
    has_outcome = appointment.state in (State.ATTENDED, State.MISSED)
    act = ""
    if outcome_is_due(appointment, now=now):
        act = _("Ergebnis ändern") if has_outcome else _("Ergebnis eintragen")
    return Talk(
        clock=clock_text(appointment.starts_at),
        ends_at=appointment.ends_at,
        reference=appointment.reference,
        firm=appointment.firm_name,
        contact=appointment.contact_name,
        phone=appointment.contact_phone,
        tel=dialled(appointment.contact_phone),
        badge=badge_of(appointment, now=now),
        topic=concern.get_topic_display() if concern and concern.topic else "",
        language=_language(concern),
        need=concern.accessibility_need if concern else "",
        note=concern.note if concern else "",
        officer_note=concern.officer_note if concern else "",
        next_step=concern.get_next_step_display() if concern and concern.next_step else "",
        act=act,
        is_open=not has_outcome and appointment.ends_at > now,
    )


def _language(concern: Concern | None) -> str:
    """Only another language than German is worth a line."""
    if concern is None or concern.language == Language.GERMAN:
        return ""
    return concern.get_language_display()


def badge_of(appointment: Appointment, *, now: datetime.datetime) -> Badge:
    is_visit = appointment.mode == Appointment.Mode.ON_SITE
    match appointment.state:
        case State.ATTENDED:
            return Badge(_("besucht") if is_visit else _("wahrgenommen"), "success")
        case State.MISSED:
            return Badge(_("niemand angetroffen") if is_visit else _("nicht erschienen"), "info")
        case State.CONFIRMED if appointment.ends_at <= now:
            return Badge(_("Ergebnis fehlt"), "warning")
        case State.CONFIRMED:
            return Badge(_("bestätigt"), "")
    return Badge(appointment.get_state_display(), "warning")
