"""Bookings that lose their time: where each goes, named before anything is saved.

A booking is moved to a time that the desk chose, or cancelled with a mail that names other times. Whoever
cannot be told in time by mail gets a call, too.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.offers import Choice
from consultations.phone_tasks import ask_for_call, needs_call, those_who_read_mail
from consultations.placing import cancel_locked, move_locked, period_of
from consultations.queries import FreeTime, free_times, nearest_times
from consultations.taking_time import SlotTaken
from partnership.models import Person
from partnership.refusals import Refusal

TIMES_OFFERED = 5
MORE_OFFERED = 10
"""Later bookings get more to choose from, as those before have taken some."""
TIMES_IN_MAIL = 3


@dataclass(frozen=True, slots=True)
class Displaced:
    """A booking and the free times nearest to its own, those of the same house first."""

    appointment: Appointment
    offers: list[FreeTime]
    reads_mail: bool
    needs_call: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where a booking goes: to another time, or, without one, away."""

    appointment_id: int
    to: Choice | None


@dataclass(frozen=True, slots=True)
class Settled:
    moved: list[Appointment] = field(default_factory=list)
    cancelled: list[Appointment] = field(default_factory=list)
    calls: list[PhoneTask] = field(default_factory=list)


def find_displaced(
    appointments: Iterable[Appointment], *, without: Collection[int], now: datetime.datetime
) -> list[Displaced]:
    """`without`: keys of the hours that give no other times, as they are the ones that change."""
    losing = list(appointments)
    times = _other_times(losing, without=without, now=now)
    readers = those_who_read_mail(losing)
    return [
        Displaced(
            appointment=appointment,
            offers=_nearest(appointment, times, TIMES_OFFERED + min(number, MORE_OFFERED)),
            reads_mail=appointment.pk in readers,
            needs_call=appointment.pk not in readers or needs_call(appointment, now=now),
        )
        for number, appointment in enumerate(losing)
    ]


def target_hours(ways: Iterable[Way]) -> set[int]:
    """The hours that bookings move to: to be locked together with those that change."""
    return {way.to[0] for way in ways if way.to}


def settle_displaced(
    *,
    losing: list[Appointment],
    ways: Iterable[Way],
    reason: str,
    actor: Person,
    now: datetime.datetime,
    names_firms: bool = True,
) -> Settled:
    """Move or cancel every booking of `losing`, which was read under the locks on all hours concerned.

    `names_firms`: without it, refusals name appointments by their number. Raises Refusal when one of
    them has no way, because it was booked in between, and SlotTaken when a chosen time is gone.
    """
    way_of = {way.appointment_id: way for way in ways}
    if unnamed := [appointment for appointment in losing if appointment.pk not in way_of]:
        raise Refusal(
            _(
                "Inzwischen hat noch eine Firma gebucht: %(firm)s. "
                "Prüfen Sie die Liste und speichern Sie noch einmal."
            )
            % {"firm": ", ".join(_called(appointment, names_firms) for appointment in unnamed)}
        )
    settled = Settled()
    readers = those_who_read_mail(losing)
    leaving = {appointment.lane.hours_id for appointment in losing if appointment.lane}
    for appointment in losing:
        to, before = way_of[appointment.pk].to, appointment.starts_at
        calls = appointment.pk not in readers or needs_call(appointment, now=now, before=before)
        if to:
            called = _called(appointment, names_firms)
            settled.moved.append(_move(appointment, to, called, reason=reason, actor=actor, now=now))
        else:
            settled.cancelled.append(appointment)
        if calls:
            what = PhoneTask.Reason.MOVED if to else PhoneTask.Reason.CANCELLED
            settled.calls.append(
                ask_for_call(appointment=appointment, reason=what, why=reason, before=before, actor=actor)
            )
    # last, so that a mail names no time that another booking of this act has just taken
    times = _other_times(settled.cancelled, without=leaving, now=now)
    for appointment in settled.cancelled:
        cancel_locked(
            appointment,
            by=Appointment.CancelledBy.HOURS,
            reason=reason,
            actor=actor,
            other_times=_nearest(appointment, times, TIMES_IN_MAIL),
        )
    return settled


def _called(appointment: Appointment, names_firms: bool) -> str:
    return appointment.firm_name if names_firms else appointment.reference


def _move(
    appointment: Appointment, to: Choice, called: str, *, reason: str, actor: Person, now: datetime.datetime
) -> Appointment:
    own = OfficeHours.objects.filter(partnership=appointment.partnership, state=OfficeHours.State.PUBLIC)
    hours = own.select_related("office__organisation", "room").filter(pk=to[0]).first()
    if hours is None:
        raise SlotTaken(
            _("Die Zeit für %(firm)s gibt es nicht mehr. Wählen Sie eine andere.") % {"firm": called}
        )
    try:
        period = period_of(hours, to[1], now=now)
        moved, _token = move_locked(
            appointment, hours=hours, period=period, now=now, actor=actor, reason=reason
        )
    except SlotTaken as taken:
        raise SlotTaken(
            _("Die Zeit für %(firm)s ist inzwischen vergeben. Wählen Sie eine andere.") % {"firm": called}
        ) from taken
    return moved


def _other_times(
    losing: list[Appointment], *, without: Collection[int], now: datetime.datetime
) -> dict[int, list[FreeTime]]:
    """Key of the partnership -> its free times."""
    partnerships = {appointment.partnership_id: appointment.partnership for appointment in losing}
    return {
        key: [
            time for time in free_times(partnership=partnership, now=now) if time.hours.pk not in set(without)
        ]
        for key, partnership in partnerships.items()
    }


def _nearest(appointment: Appointment, times: dict[int, list[FreeTime]], count: int) -> list[FreeTime]:
    assert appointment.lane is not None
    return nearest_times(
        times.get(appointment.partnership_id, []),
        to=appointment.starts_at,
        office=appointment.lane.hours.office,
        count=count,
    )
