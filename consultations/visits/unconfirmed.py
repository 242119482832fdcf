"""Requests that wait for their yes: asked once more, then expired. Whoever confirms late, confirms."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.confirmations import NEAR
from consultations.models import VisitRequest
from consultations.reminder_plans import all_plans
from consultations.visits import mails
from partnership.journal import log_act

BATCH = 200
State = VisitRequest.State


def remind_unconfirmed(*, now: datetime.datetime | None = None) -> int:
    """The scan: ask again, once, so many hours after the asking as the partnership's plan says."""
    now = now or timezone.now()
    count = 0
    for plan in all_plans():
        if plan.confirm_on:
            due = VisitRequest.objects.filter(
                partnership=plan.partnership,
                state=State.UNCONFIRMED,
                confirm_by__gt=now + NEAR,
                asked_at__lte=now - datetime.timedelta(hours=plan.confirm_hours),
                reminded_at__isnull=True,
            )
            keys = list(due.order_by("confirm_by").values_list("pk", flat=True)[:BATCH])
            count += sum(_remind(key, now=now) for key in keys)
    return count


def expire_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: what nobody has confirmed in time; returns how many."""
    now = now or timezone.now()
    due = VisitRequest.objects.filter(state=State.UNCONFIRMED, confirm_by__lte=now)
    keys = list(due.order_by("confirm_by").values_list("pk", flat=True)[:BATCH])
    return sum(_expire(key, now=now) for key in keys)


@transaction.atomic
def _remind(key: int, *, now: datetime.datetime) -> bool:
    request = _lock_unconfirmed(key)
    if request is None or request.reminded_at:
        return False
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    mails.remind_to_confirm(request)
    return True


@transaction.atomic
def _expire(key: int, *, now: datetime.datetime) -> bool:
    request = _lock_unconfirmed(key)
    if request is None:
        return False
    request.state, request.ended_at = State.EXPIRED, now
    request.save(update_fields=["state", "ended_at"])
    log_act(act="visit_request.expired", thing=request, organisation=request.police)
    return True


def _lock_unconfirmed(key: int) -> VisitRequest | None:
    """None where somebody acts on it just now, or has."""
    rows = VisitRequest.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return rows.select_related("partnership", "police").filter(pk=key, state=State.UNCONFIRMED).first()
