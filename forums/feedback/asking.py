"""The day after: those who were there are asked by mail, once (docs/decisions/0040)."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from forums.feedback.mails import ask_for_feedback
from forums.models import Attendance, Event, FeedbackInvitation, Registration
from forums.queries import has_place
from partnership.links import hash_of, new_token
from partnership.times import at_wall_time, berlin, berlin_day

ASKED_FROM = datetime.time(9)
ASKED_WITHIN = datetime.timedelta(days=7)
"""Of the end: attendance may be noted late."""
ANSWERED_WITHIN = datetime.timedelta(days=14)
TOOK_PLACE = (Event.State.ANNOUNCED, Event.State.HELD, Event.State.CLOSED)
"""Once it is over: nobody has to note that before people are asked."""
BATCH = 200


def ask_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: about the events of yesterday and before, not in the night; returns how many are asked."""
    now = now or timezone.now()
    FeedbackInvitation.objects.filter(expires_on__lt=berlin_day(now)).delete()
    if berlin(now).time() < ASKED_FROM:
        return 0
    asked = 0
    while batch := _ask_batch(now):
        asked += batch
    return asked


def registrations_to_ask(now: datetime.datetime) -> QuerySet[Registration]:
    """Whoever was there; where nobody noted that for anybody, whoever had a place."""
    today = at_wall_time(berlin_day(now), datetime.time())
    attended = Attendance.objects.filter(booking__registration=OuterRef("pk"))
    noted = Attendance.objects.filter(booking__registration__event=OuterRef("event"))
    return (
        Registration.objects.filter(
            state=Registration.State.CONFIRMED,
            feedback_asked_at__isnull=True,
            event__asks_feedback=True,
            event__state__in=TOOK_PLACE,
            event__ends_at__gte=today - ASKED_WITHIN,
            event__ends_at__lte=today,
        )
        .filter(Exists(attended) | ~Exists(noted) & has_place())
        .exclude(email="")
    )


def last_day_to_answer(event: Event) -> datetime.date:
    """The same for all of an event, whenever they were asked: no link stands apart from the others."""
    return berlin_day(event.ends_at) + ANSWERED_WITHIN


@transaction.atomic
def _ask_batch(now: datetime.datetime) -> int:
    """Invitations are written in the order of their hashes, which tells nothing about who is who."""
    rows = registrations_to_ask(now).select_related("event__partnership", "event__office")
    due = list(rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
    Registration.objects.filter(pk__in=[one.pk for one in due]).update(feedback_asked_at=now)
    invitations = []
    for registration in due:
        token, until = new_token(), last_day_to_answer(registration.event)
        invitations.append(
            FeedbackInvitation(token_hash=hash_of(token), event=registration.event, expires_on=until)
        )
        ask_for_feedback(registration, token=token, until=until)
    invitations.sort(key=lambda invitation: invitation.token_hash)
    FeedbackInvitation.objects.bulk_create(invitations)
    return len(due)
