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
    until: str
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
class FreeSlot:
    clock: str
    word: str


def lay_out_talks(
    lane: Lane, appointments: list[Appointment], *, now: datetime.datetime
) -> list[Talk | FreeSlot]:
    rows: list[tuple[datetime.datetime, Talk | FreeSlot]] = [
        (appointment.starts_at, lay_out_talk(appointment, now=now)) for appointment in appointments
    ]
    for start, end in cut_slots(lane.hours):
        if all(end <= a.starts_at or start >= a.ends_at for a in appointments):
            word = _("frei") if start > now else _("blieb frei")
            rows.append((start, FreeSlot(clock_text(start), word)))
    rows.sort(key=lambda row: row[0])
    return [row for _start, row in rows]


def lay_out_talk(appointment: Appointment, *, now: datetime.datetime) -> Talk:
    concern: Concern | None = getattr(appointment, "concern", None)
    has_outcome = appointment.state in (State.ATTENDED, State.MISSED)
    act = ""
    if outcome_is_due(appointment, now=now):
        act = _("Ergebnis ändern") if has_outcome else _("Ergebnis eintragen")
    return Talk(
        clock=clock_text(appointment.starts_at),
        until=_("bis %(clock)s") % {"clock": clock(appointment.ends_at)},
        ends_at=appointment.ends_at,
        reference=appointment.reference,
        firm=appointment.firm_name,
        contact=appointment.contact_name,
        phone=appointment.contact_phone,
        tel=dialled(appointment.contact_phone),
        badge=_badge(appointment, now=now),
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


def _badge(appointment: Appointment, *, now: datetime.datetime) -> Badge:
    match appointment.state:
        case State.ATTENDED:
            return Badge(_("wahrgenommen"), "success")
        case State.MISSED:
            return Badge(_("nicht erschienen"), "info")
        case State.CONFIRMED if appointment.ends_at <= now:
            return Badge(_("Ergebnis fehlt"), "warning")
        case State.CONFIRMED:
            return Badge(_("bestätigt"), "")
    return Badge(appointment.get_state_display(), "warning")
