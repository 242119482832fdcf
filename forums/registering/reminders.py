"""One reminder, a day before. There is no lower bound to what is due: a pause makes it late, never lost.

Whoever was told when and where shortly before, or since, needs none.
"""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from forums import mails
from forums.models import Event, PartBooking, Registration
from partnership.models import OutgoingMail

BEFORE = datetime.timedelta(days=1)
JUST_REGISTERED = datetime.timedelta(days=1)
"""Whoever has registered within the day before a reminder knows."""
JUST_TOLD = datetime.timedelta(hours=12)
"""Before the reminder: another time or place, other parts, or a place for somebody who waited."""
TOLD_ALL = ("event_moved",)
TOLD_ONE = ("event_changed", "event_moved_up")
"""What such mails are called: to everybody who reads at an address, or about one of them."""
TOO_LATE = datetime.timedelta(hours=2)
BATCH = 200


def send_due(*, now: datetime.datetime | None = None) -> int:
    """The scan; returns how many are reminded. Any number may run at once."""
    now = now or timezone.now()
    sent = 0
    while count := _send_batch(now=now):
        sent += count
    return sent


def takes_part() -> QuerySet[Registration]:
    """With a place in a part at least; who only waits is not reminded."""
    places = PartBooking.objects.filter(registration=OuterRef("pk"), state=PartBooking.State.CONFIRMED)
    return Registration.objects.filter(Exists(places), state=Registration.State.CONFIRMED)


@transaction.atomic
def _send_batch(*, now: datetime.datetime) -> int:
    """Rows in nobody else's hands."""
    reader = Case(When(email="", registered_by__isnull=False, then=F("registered_by")), default=F("pk"))
    due = (
        takes_part()
        .alias(reader=reader)
        .filter(
            event__state=Event.State.ANNOUNCED,
            event__starts_at__gt=now + TOO_LATE,
            event__starts_at__lte=now + BEFORE,
            reminded_at__isnull=True,
            confirmed_at__lte=F("event__starts_at") - BEFORE - JUST_REGISTERED,
        )
        .exclude(_just_told())
    )
    locked = due.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",))
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    rows = Registration.objects.filter(pk__in=keys).select_related(
        "event__partnership", "event__office", "registered_by"
    )
    by_event: dict[int, list[Registration]] = {}
    for registration in rows.order_by("pk"):
        by_event.setdefault(registration.event_id, []).append(registration)
    for registrations in by_event.values():
        mails.remind(registrations)
    rows.update(reminded_at=now)
    return len(keys)


def _just_told() -> Exists:
    """Of rows with a `reader`: a colleague without an address is told by way of who registered them."""
    since = OuterRef("event__starts_at") - BEFORE - JUST_TOLD
    sent = OutgoingMail.objects.filter(
        content_type=ContentType.objects.get_for_model(Registration),
        state__in=(OutgoingMail.State.QUEUED, OutgoingMail.State.SENT),
        queued_at__gte=since,
    )
    told_all = Q(kind__in=TOLD_ALL, object_id=OuterRef("reader"))
    return Exists(sent.filter(told_all | Q(kind__in=TOLD_ONE, object_id=OuterRef("pk"))))


def reminder_holds(mail: OutgoingMail) -> bool:
    """It stands as it did, is not too near, and the address is still theirs."""
    registration = (
        takes_part().filter(pk=mail.object_id or 0).select_related("event", "registered_by").first()
    )
    if registration is None or mails.address_of(registration) != mail.to_email.lower():
        return False
    event, now = registration.event, timezone.now()
    is_same = event.starts_at.isoformat() == mail.content["starts_at"]
    return is_same and event.state == Event.State.ANNOUNCED and event.starts_at - now > TOO_LATE
