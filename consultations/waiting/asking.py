"""Whom to ask when a time becomes free, and how an offer ends: the same for a house's line and for visits."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Q

from consultations.models import (
    Appointment,
    Claim,
    FreedTime,
    PassedOver,
    PhoneTask,
    VisitRequest,
    Waiting,
    WaitingOffer,
)
from consultations.phone_tasks import end_call
from partnership.journal import log_act
from partnership.models import Person

MOST_OFFERS = 3
MOST_MESSAGES = 3
A_WEEK = datetime.timedelta(days=7)
LEAST_HOLD = datetime.timedelta(minutes=15)
"""Shorter ones are no offer: the time is free at once."""

Outcome = WaitingOffer.Outcome
Waits = TypeVar("Waits", Waiting, VisitRequest)


def next_to_ask(
    freed: FreedTime,
    line: Sequence[Waits],
    reason_against: Callable[[Waits], PassedOver.Reason | None],
    *,
    now: datetime.datetime,
) -> tuple[Waits, int] | None:
    """The first in line with nothing against it, and which offer of this time it is; None after three, or
    with nobody left. Whoever stands further ahead is written down with the reason. Under the lock on the
    line.
    """
    if not line:
        return None
    name = _name_of(line)
    asked = set(freed.offers.values_list(name, flat=True))
    if len(asked) >= MOST_OFFERS:
        return None
    for entry in line:
        if entry.pk in asked:
            continue
        if reason := reason_against(entry):
            whom: dict[str, Any] = {name: entry}
            PassedOver.objects.update_or_create(freed=freed, **whom, defaults={"reason": reason, "at": now})
            continue
        return entry, len(asked) + 1
    return None


def messages_since(
    line: Collection[Waiting] | Collection[VisitRequest], *, now: datetime.datetime
) -> tuple[Counter[int], frozenset[int]]:
    """How many messages each has got in seven days, calls with an offer included, and whose offer is open."""
    if not line:
        return Counter(), frozenset()
    name = _name_of(line)
    offers = WaitingOffer.objects.filter(
        Q(offered_at__gt=now - A_WEEK) | Q(outcome=""), **{f"{name}__in": [entry.pk for entry in line]}
    )
    rows = list(offers.values_list(name, "outcome"))
    counted = Counter(key for key, _outcome in rows)
    for entry in line:
        told_at = entry.new_times_mailed_at if isinstance(entry, Waiting) else None
        if told_at and told_at > now - A_WEEK:
            counted[entry.pk] += 1
    return counted, frozenset(key for key, outcome in rows if not outcome)


def end_offer(
    appointment: Appointment,
    outcome: WaitingOffer.Outcome,
    *,
    now: datetime.datetime,
    actor: Person | None = None,
) -> FreedTime | None:
    """The hold ends without an appointment; whoever was asked keeps the place in line. Returns the time for
    passing it on. Under the lock on the hours or the officer.
    """
    appointment.state = Appointment.State.EXPIRED
    appointment.save(update_fields=["state"])
    Claim.objects.filter(visit__appointment=appointment).delete()
    end_call(appointment=appointment, result=PhoneTask.Result.NOT_NEEDED, actor=actor)
    rows = WaitingOffer.objects.select_related("freed", "waiting", "request")
    offer = rows.filter(appointment=appointment).first()
    if offer is None:
        return None
    close_offer(offer, outcome, now=now)
    thing = offer.waiting or offer.request
    assert thing is not None
    organisation = appointment.host or appointment.police
    log_act(act=f"waiting.{outcome}", thing=thing, actor=actor, organisation=organisation)
    return offer.freed


def close_offer(offer: WaitingOffer, outcome: WaitingOffer.Outcome, *, now: datetime.datetime) -> None:
    offer.outcome, offer.answered_at = outcome, now
    offer.save(update_fields=["outcome", "answered_at"])


def withdraw_offers(appointments: Iterable[Appointment], *, now: datetime.datetime) -> None:
    """Their time is lost, as when a day is cancelled. The page behind the offer's link says so."""
    for appointment in appointments:
        end_offer(appointment, Outcome.WITHDRAWN, now=now)


def _name_of(line: Collection[Waiting] | Collection[VisitRequest]) -> str:
    return "waiting" if isinstance(next(iter(line)), Waiting) else "request"
