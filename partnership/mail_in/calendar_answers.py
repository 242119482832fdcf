"""What a calendar answers to an entry of ours (iTIP REPLY, RFC 5546). Apps say whose entry it is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from icalendar import Calendar

from partnership.models import OutgoingMail, ReceivedMail

Kind = ReceivedMail.Kind
KINDS = {"ACCEPTED": Kind.ACCEPTED, "TENTATIVE": Kind.TENTATIVE, "DECLINED": Kind.DECLINED}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class CalendarAnswer:
    """`is_automatic`: it came from a machine, which is not answered."""

    kind: ReceivedMail.Kind
    uid: str
    sequence: int
    attendee: str
    is_automatic: bool = False


AnswerTaker = Callable[[CalendarAnswer], OutgoingMail | None]
"""Gives the mail of ours that is answered; None for an entry or an attendee that is not the app's."""
_takers: list[AnswerTaker] = []


def when_calendar_answers(taker: AnswerTaker) -> None:
    """Apps register in `ready()` who knows their entries; it runs in the transaction that notes the mail."""
    _takers.append(taker)


def take_answer(answer: CalendarAnswer) -> OutgoingMail | None:
    for taker in _takers:
        if mail := taker(answer):
            return mail
    return None


def read_answer(source: str, *, is_automatic: bool) -> CalendarAnswer | None:
    """The first event's; None for anything that is no answer."""
    if not source.strip():
        return None
    try:
        calendar = Calendar.from_ical(source)
        if str(calendar.get("method", "")).upper() != "REPLY":
            return None
        return _read(calendar, is_automatic=is_automatic)
    except Exception as error:
        logger.warning("a calendar cannot be read: %s", type(error).__name__)
        return None


def _read(calendar: Calendar, *, is_automatic: bool) -> CalendarAnswer | None:
    for event in calendar.walk("VEVENT"):
        attendees = event.get("attendee", [])
        for attendee in attendees if isinstance(attendees, list) else [attendees]:
            kind = KINDS.get(str(attendee.params.get("PARTSTAT", "")).upper())
            if kind:
                return CalendarAnswer(
                    kind=kind,
                    uid=str(event.get("uid", "")),
                    sequence=int(event.get("sequence", 0)),
                    attendee=str(attendee).lower().removeprefix("mailto:").strip(),
                    is_automatic=is_automatic,
                )
    return None
