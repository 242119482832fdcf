"""What happens after an event, in short."""

import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from forums.feedback.answering import take_answer
from forums.feedback.asking import ask_due
from forums.feedback.questions import questions_of
from forums.models import (
    Attendance,
    Event,
    EventSeries,
    Feedback,
    FeedbackInvitation,
    FeedbackText,
    Kind,
    PartBooking,
)
from partnership.links import hash_of
from partnership.models import Organisation, OutgoingMail
from partnership.times import at_wall_time, berlin_day
from tests.event_factories import make_event, make_part

A_DAY = datetime.timedelta(days=1)
TOKEN = "t" * 43


def make_past_event(organiser: Organisation, *, days: int = 1, **fields: Any) -> Event:
    """So many days ago, with one part."""
    day = timezone.localdate() - days * A_DAY
    event = make_event(organiser=organiser, day=day, state=fields.pop("state", Event.State.HELD), **fields)
    make_part(event, site=50)
    return event


def make_series(organiser: Organisation) -> EventSeries:
    return EventSeries.objects.create(
        partnership=organiser.partnerships.get(),
        organiser=organiser,
        title="Halbjährlich",
        kind=Kind.FORUM,
        every_months=6,
        first_due=timezone.localdate(),
    )


def note_attendance(booking: PartBooking) -> None:
    Attendance.objects.create(
        booking=booking,
        day=booking.part.starts_at.date(),
        half=Attendance.Half.MORNING,
        way=Attendance.Way.LIST,
    )


def asked(event: Event, *, days: int = 1, at: datetime.time = datetime.time(10)) -> list[str]:
    """Who gets the mail in a scan so many days after the event."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    ask_due(now=at_wall_time(berlin_day(event.ends_at) + days * A_DAY, at))
    mails = OutgoingMail.objects.filter(kind="event_feedback").exclude(pk__in=before)
    return sorted(mails.values_list("to_email", flat=True))


def token_for(event: Event) -> str:
    asked(event)
    url = OutgoingMail.objects.filter(kind="event_feedback").latest("pk").content["feedback_url"]
    return str(url.rstrip("/").rpartition("/")[2])


def invite(event: Event, token: str = TOKEN) -> str:
    FeedbackInvitation.objects.create(
        token_hash=hash_of(token), event=event, expires_on=timezone.localdate() + 7 * A_DAY
    )
    return token


def keys_of(event: Event) -> list[str]:
    return [str(question.key) for question in questions_of(event)]


def answer(event: Event, token: str = TOKEN, **answers: Any) -> None:
    """By the place of the question: `_1=2`."""
    keys = keys_of(event)
    take_answer(token=token, answers={keys[int(name[1:]) - 1]: value for name, value in answers.items()})


def make_answers(event: Event, *marks: int, texts: tuple[str, ...] = ()) -> None:
    """As given long ago: the first three questions get the same mark, who gave a good one carries it out."""
    first, second, third, fourth, fifth = keys_of(event)
    Feedback.objects.bulk_create(
        Feedback(event=event, answers={first: mark, second: mark, third: mark, fourth: mark < 3})
        for mark in marks
    )
    FeedbackText.objects.bulk_create(
        FeedbackText(id=uuid4(), event=event, question=fifth, text=text) for text in texts
    )
