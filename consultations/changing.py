"""Changing days that are planned already: what would happen, and doing it.

Bookings that still lie within the hours keep their time and their lane. The others lose it: for each the desk
says where it goes. Only what was changed is carried over to later days of a series.
"""

import copy
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import booking_window, mails
from consultations.changed_lanes import Seats, seats_of, write_lanes
from consultations.claims import officer_block
from consultations.clashes import Wanted, refuse_clashes
from consultations.displaced import Displaced as DisplacedBooking
from consultations.displaced import Settled, Way, find_displaced, settle_displaced, target_hours
from consultations.expiry import end_holds, expire_run_out, has_run_out
from consultations.models import Appointment, Lane, OfficeHours, OfficeHoursSeries
from consultations.queries import FreeTime
from consultations.rewriting import rewrite_series
from consultations.series import days_from, lanes_of, lock_series
from consultations.slots import cut_slots, holds
from consultations.taking_time import lock_hours, lock_officers_and_rooms, takes_time
from partnership.journal import log_act
from partnership.models import Person, Room
from partnership.refusals import Refusal
from partnership.times import numeric_date

OWN_TIMES_OFFERED = 3
State = OfficeHours.State


@dataclass(frozen=True, kw_only=True)
class Change:
    """`values`: what is new, by name: fields of OfficeHours, and the distances `opens_days`, `closes_hours`.

    `officers` is set where they change, from `officers_before`: days held by others keep theirs.
    """

    values: dict[str, Any]
    officers: list[Person] | None = None
    officers_before: list[Person] = field(default_factory=list)

    def applied_to(self, before: OfficeHours) -> OfficeHours:
        after = copy.copy(before)
        for name, value in self.values.items():
            if name not in ("opens_days", "closes_hours"):
                setattr(after, name, value)
        days = self.values.get("opens_days", booking_window.days_before_of(before))
        hours = self.values.get("closes_hours", booking_window.hours_before_of(before))
        if "opens_days" in self.values or after.day != before.day:
            after.booking_opens_at = booking_window.opens_at(after.day, days_before=days)
        if "closes_hours" in self.values or (after.day, after.starts) != (before.day, before.starts):
            after.booking_closes_at = booking_window.closes_at(after.day, after.starts, hours_before=hours)
        return after

    def officers_of(self, lanes: list[Lane]) -> list[Person]:
        now = [lane.officer for lane in lanes if lane.officer]
        if self.officers is None or {o.pk for o in now} != {o.pk for o in self.officers_before}:
            return now
        return self.officers


@dataclass(frozen=True)
class ChangedDay:
    """One day before and after, and its bookings. `relaned`: those that keep their time in another lane."""

    before: OfficeHours
    after: OfficeHours
    seats: Seats
    staying: list[Appointment]
    relaned: list[tuple[Appointment, Lane]]
    losing: list[Appointment]
    held: list[Appointment]
    """Holds and offers in the way; they end."""

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.after, self.seats.officers)

    @property
    def has_other_times(self) -> bool:
        now, then = self.before, self.after
        return (now.day, now.starts, now.ends) != (then.day, then.starts, then.ends)

    @property
    def grows(self) -> bool:
        """Whether it takes time that the officers have not agreed to."""
        now, then = officer_block(self.before), officer_block(self.after)
        return bool(then.lower < now.lower or then.upper > now.upper)


@dataclass(frozen=True)
class Changed:
    days: list[ChangedDay]
    settled: Settled


def foresee(hours: list[OfficeHours], change: Change, *, now: datetime.datetime) -> list[ChangedDay]:
    """What the change would do to these days; raises Refusal where it makes no sense for one of them."""
    lanes: dict[int, list[Lane]] = {}
    for lane in lanes_of(hours):
        lanes.setdefault(lane.hours_id, []).append(lane)
    standing: dict[int, list[Appointment]] = {}
    for appointment in _standing_in(hours):
        assert appointment.lane is not None
        standing.setdefault(appointment.lane.hours_id, []).append(appointment)
    return [
        _foresee_day(day, change, lanes.get(day.pk, []), standing.get(day.pk, []), now=now) for day in hours
    ]


def find_ways(days: list[ChangedDay], *, now: datetime.datetime) -> list[DisplacedBooking]:
    """For each booking that loses its time: free times of the changed day itself first, then others."""
    day_of = {a.pk: day for day in days for a in day.losing}
    losing = [a for day in days for a in day.losing]
    found = find_displaced(losing, without=[day.after.pk for day in days], now=now)
    return [
        replace(d, offers=[*_own_times(day_of[d.appointment.pk], d.appointment, now=now), *d.offers])
        for d in found
    ]


def days_reached(hours: OfficeHours, *, following: bool) -> list[int]:
    """Keys of the day and, with `following`, of the later ones of its series, in their order."""
    if not following or hours.series is None or hours.series_day is None:
        return [hours.pk]
    later = days_from(hours.series, hours.series_day)
    return [hours.pk, *(key for key in later.values_list("pk", flat=True) if key != hours.pk)]


@takes_time
def change_hours(
    *,
    hours_id: int,
    change: Change,
    following: bool = False,
    ways: Iterable[Way] = (),
    reason: str = "",
    actor: Person,
) -> Changed:
    """Change a day, or it and the later ones of its series; all or nothing.

    A public day stays public, with its bookings; a new officer, and one whose time grows, is asked for a
    yes. Raises Refusal (a booking made meanwhile has no way), TimeClash, SlotTaken.
    """
    ways = list(ways)
    hours, series = _lock(hours_id, change, following, ways)
    now = timezone.now()
    days = foresee(hours, change, now=now)
    refuse_clashes((day.wanted for day in days), without=[day.after.pk for day in days])
    _make_room(days, now=now)
    losing = [a for day in days for a in day.losing]
    _write_hours(days)
    changed_lanes = write_lanes([(day.after, day.seats, day.grows) for day in days], now=now)
    settled = settle_displaced(losing=losing, ways=ways, reason=reason, actor=actor, now=now)
    changed_lanes.drop_empty()
    if series:
        now_of = rewrite_series(series, days[0].after, change.values, officers=change.officers, actor=actor)
        for day in days:
            day.after.series = now_of
    for day in days:
        organisation = day.after.office.organisation
        log_act(act="hours.changed", thing=day.after, actor=actor, organisation=organisation)
    _tell_officers(days, changed_lanes.released)
    return Changed(days, settled)


def _lock(
    hours_id: int, change: Change, following: bool, ways: list[Way]
) -> tuple[list[OfficeHours], OfficeHoursSeries | None]:
    """The series, then officers and rooms, then the days; read are the day first and the later ones."""
    day = OfficeHours.objects.select_related("series").filter(pk=hours_id).first()
    if day is None:
        raise Refusal(_("Diesen Sprechtag gibt es nicht."))
    series = lock_series(day.series_id) if following and day.series_id else None
    if series and not OfficeHours.objects.filter(pk=hours_id, series=series).exists():
        raise Refusal(_("Diese Reihe hat sich inzwischen geändert. Laden Sie die Seite neu."))
    keys = days_reached(day, following=following)
    sitting = set(_officers_in(keys))
    _lock_owners(keys, sitting, change)
    locked = lock_hours(*keys, *target_hours(ways))
    if not sitting >= set(_officers_in(keys)):
        raise Refusal(_("Inzwischen hat sich geändert, wer berät. Prüfen Sie, was geschieht."))
    now = timezone.now()
    if locked[hours_id].state == State.CANCELLED or locked[hours_id].starts_at <= now:
        raise Refusal(_("Dieser Sprechtag ist abgesagt oder hat begonnen und lässt sich nicht mehr ändern."))
    hours = [locked[key] for key in keys if key in locked]
    return [h for h in hours if h.state != State.CANCELLED and h.starts_at > now], series


def _officers_in(keys: list[int]) -> list[int]:
    lanes = Lane.objects.filter(hours__in=keys, officer__isnull=False)
    return list(lanes.values_list("officer_id", flat=True))


def _lock_owners(keys: list[int], sitting: set[int], change: Change) -> None:
    officers = {*Person.objects.filter(pk__in=sitting), *(change.officers or [])}
    rooms = set(Room.objects.filter(office_hours__in=keys))
    if change.values.get("room"):
        rooms.add(change.values["room"])
    lock_officers_and_rooms(officers=officers, rooms=rooms)


def _standing_in(hours: list[OfficeHours]) -> list[Appointment]:
    rows = Appointment.objects.filter(lane__hours__in=hours, state__in=Appointment.BLOCKING)
    return list(
        rows.select_related(
            "lane__hours__office__organisation", "lane__hours__room", "partnership", "host"
        ).order_by("period", "pk")
    )


def _foresee_day(
    before: OfficeHours,
    change: Change,
    lanes: list[Lane],
    standing: list[Appointment],
    *,
    now: datetime.datetime,
) -> ChangedDay:
    after = change.applied_to(before)
    _check_sense(after, now=now)
    seats = seats_of(lanes, change.officers_of(lanes))
    day = ChangedDay(before, after, seats, [], [], [], [])
    gone = {lane.pk for lane in seats.dropped}
    taken = [(a.lane_id, a.period) for a in standing if not has_run_out(a, now=now)]
    for appointment in standing:
        if has_run_out(appointment, now=now):
            continue
        fits = holds(after, appointment.starts_at, appointment.ends_at)
        lane = _free_seat(seats.staffed, appointment.period, taken) if appointment.lane_id in gone else None
        if fits and lane:
            taken.append((lane.pk, appointment.period))
            day.relaned.append((appointment, lane))
        elif fits and appointment.lane_id not in gone:
            day.staying.append(appointment)
        elif appointment.state in Appointment.UPCOMING:
            day.losing.append(appointment)
        else:
            day.held.append(appointment)
    return day


def _free_seat(
    lanes: list[Lane], period: DateTimeTZRange, taken: list[tuple[int | None, DateTimeTZRange]]
) -> Lane | None:
    for lane in lanes:
        if not any(key == lane.pk and p.lower < period.upper and p.upper > period.lower for key, p in taken):
            return lane
    return None


def _check_sense(after: OfficeHours, *, now: datetime.datetime) -> None:
    words = {"day": numeric_date(after.day)}
    if after.starts_at <= now:
        raise Refusal(_("Der %(day)s ist schon vorbei. Wählen Sie einen späteren Tag.") % words)
    if after.ends <= after.starts:
        raise Refusal(_("Am %(day)s läge das Ende vor dem Beginn. Ändern Sie diesen Tag für sich.") % words)
    if (
        after.pause_starts
        and after.pause_ends
        and (after.pause_starts < after.starts or after.pause_ends > after.ends)
    ):
        raise Refusal(
            _("Am %(day)s läge die Pause außerhalb des Sprechtags. Ändern Sie auch die Pause.") % words
        )
    if not cut_slots(after):
        raise Refusal(_("Am %(day)s passt kein Gespräch zwischen Beginn und Ende.") % words)
    if after.booking_closes_at <= after.booking_opens_at:
        raise Refusal(_("Am %(day)s endet die Buchung, bevor sie beginnt.") % words)


def _make_room(days: list[ChangedDay], *, now: datetime.datetime) -> None:
    """What has run out, and what is only held or offered where the hours do not reach any more, ends here."""
    expire_run_out(_standing_in([day.before for day in days]), now=now)
    held = [a.pk for day in days for a in day.held]
    end_holds(Appointment.objects.filter(pk__in=held), now=now)


def _write_hours(days: list[ChangedDay]) -> None:
    for day in days:
        must_agree = day.after.office.organisation.officers_must_agree
        if day.after.state == State.AGREED and must_agree and (day.seats.are_new or day.grows):
            day.after.state = State.DRAFT
        if day.has_other_times:
            day.after.new_times_at = None
    names = [
        *("day", "starts", "ends", "slot_minutes", "gap_minutes", "pause_starts", "pause_ends", "room"),
        *("booking_opens_at", "booking_closes_at", "topics", "languages", "state"),
        "new_times_at",
    ]
    OfficeHours.objects.bulk_update([day.after for day in days], names)
    relaned = [(appointment, lane) for day in days for appointment, lane in day.relaned]
    for appointment, lane in relaned:
        appointment.lane = lane
    Appointment.objects.bulk_update([appointment for appointment, _lane in relaned], ["lane"])


def _own_times(day: ChangedDay, appointment: Appointment, *, now: datetime.datetime) -> list[FreeTime]:
    """Times of the changed day that nobody stands in, nearest to the booking's own place in the day."""
    if day.after.state != State.PUBLIC:
        return []
    shift = day.after.starts_at - day.before.starts_at
    wanted = appointment.starts_at + shift if day.before.day != day.after.day else appointment.starts_at
    standing = [*day.staying, *(a for a, _lane in day.relaned), *day.losing]
    free = [
        FreeTime(day.after, start, end)
        for start, end in cut_slots(day.after)
        if start > now and _is_free(day, standing, start, end)
    ]
    return sorted(free, key=lambda time: abs(time.starts_at - wanted))[:OWN_TIMES_OFFERED]


def _is_free(
    day: ChangedDay, standing: list[Appointment], start: datetime.datetime, end: datetime.datetime
) -> bool:
    staffed = {lane.pk for lane in day.seats.staffed}
    taken = {a.lane_id for a in standing if a.starts_at < end and a.ends_at > start}
    return len(taken & staffed) < len(staffed) + len(day.seats.added)


def _tell_officers(days: list[ChangedDay], released: list[Lane]) -> None:
    """Drafts that nobody was asked about stay between the desk and its plan."""
    known = [d for d in days if d.before.state != State.DRAFT or d.after.publish_when_agreed]
    before = {day.before.pk: day.before for day in known}
    told = [d.after for d in known if d.has_other_times or d.before.room_id != d.after.room_id]
    lanes = lanes_of(told)
    new = [lane for lane in lanes_of([d.after for d in known]) if lane.is_waiting_in(lane.hours)]
    keys = {lane.pk for lane in lanes}
    mails.tell_officers_changed([*lanes, *(lane for lane in new if lane.pk not in keys)], before=before)
    mails.tell_officers_released([lane for lane in released if lane.hours_id in before])
