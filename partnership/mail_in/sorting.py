"""A letter -> what it is."""

from dataclasses import dataclass

from partnership.mail_in.automatic import is_automatic, is_automatic_reply
from partnership.mail_in.calendar_answers import CalendarAnswer, read_answer
from partnership.mail_in.letters import Letter
from partnership.mail_in.reports import read_report
from partnership.models import ReceivedMail

Kind = ReceivedMail.Kind
NO_ANSWERS = ("multipart/report", "message/disposition-notification")
"""Reports that are not about a delivery: that a mail was read, or taken for spam."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    kind: ReceivedMail.Kind
    status: str = ""
    answer: CalendarAnswer | None = None


def sort_letter(letter: Letter) -> Finding:
    if report := read_report(letter):
        kind, status = report
        return Finding(kind=kind, status=status)
    if letter.content_type in NO_ANSWERS:
        return Finding(kind=Kind.OTHER)
    automatic = is_automatic(letter)
    if answer := read_answer(letter.calendar, is_automatic=automatic):
        return Finding(kind=answer.kind, answer=answer)
    if is_automatic_reply(letter):
        return Finding(kind=Kind.AUTO_REPLY)
    return Finding(kind=Kind.OTHER if automatic else Kind.REPLY)
