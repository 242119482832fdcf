"""A house has new times: whoever waits reads of them once, without a hold, at most once in seven days."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.models import OfficeHours, Waiting
from consultations.queries import FreeTime, free_times
from consultations.taking_time import lock_hours_unread
from consultations.waiting import mails
from consultations.waiting.asking import A_WEEK, MOST_MESSAGES, messages_since
from consultations.waiting.wishes import suits


def tell_of_new_times(*, now: datetime.datetime | None = None) -> int:
    """The scan: note since when hours can be booked, then tell those who wait; returns how many mails."""
    now = now or timezone.now()
    _note_new_hours(now=now)
    new = OfficeHours.objects.open_for_booking(now).filter(
        office=OuterRef("office"), new_times_at__gt=OuterRef("new_times_known_at")
    )
    waiting = (
        Waiting.objects.filter(Exists(new), state=Waiting.State.WAITING)
        .exclude(contact_email="")
        .exclude(new_times_mailed_at__gt=now - A_WEEK)
        .select_related("partnership")
        .order_by("office", "joined_at", "pk")
    )
    times: dict[int, list[FreeTime]] = {}
    told = 0
    for one in waiting:
        if one.office_id not in times:
            times[one.office_id] = free_times(
                partnership=one.partnership, office_ids=[one.office_id], now=now
            )
        told += _tell(one.pk, times[one.office_id], now=now)
    return told


@transaction.atomic
def _note_new_hours(*, now: datetime.datetime) -> None:
    """Public since the last scan, or bookable from now on, or with a deputy in a place that was empty."""
    new = OfficeHours.objects.open_for_booking(now).filter(new_times_at__isnull=True)
    keys = list(new.values_list("pk", flat=True))
    lock_hours_unread(*keys)
    OfficeHours.objects.filter(pk__in=keys).update(new_times_at=now)


@transaction.atomic
def _tell(waiting_id: int, times: Iterable[FreeTime], *, now: datetime.datetime) -> bool:
    """Nothing that suits is known, too; who has had three messages this week is told later."""
    Waiting.objects.select_for_update(no_key=True).get(pk=waiting_id)
    waiting = Waiting.objects.select_related("office", "partnership").get(pk=waiting_id)
    messages, _open = messages_since([waiting], now=now)
    known_at = waiting.new_times_known_at
    if waiting.state != Waiting.State.WAITING or known_at is None or messages[waiting.pk] >= MOST_MESSAGES:
        return False
    new = [
        time
        for time in times
        if time.hours.new_times_at and time.hours.new_times_at > known_at and suits(waiting, time.starts_at)
    ]
    waiting.new_times_known_at = now
    if new:
        waiting.new_times_mailed_at = now
        mails.tell_new_times(waiting, times=new)
    waiting.save(update_fields=["new_times_known_at", "new_times_mailed_at"])
    return bool(new)
