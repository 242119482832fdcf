"""Who sits where after a change of officers: lanes keep their bookings, claims go with the lanes."""

import datetime
from dataclasses import dataclass, field

from consultations.claims import officer_block, room_block
from consultations.models import Appointment, Claim, Lane, OfficeHours
from partnership.models import Person

State = OfficeHours.State
LANE_FIELDS = ["officer", "agreed_at", "agreed_by", "asked_at", "absent", "asked_by", "left_empty_at"]


@dataclass(frozen=True)
class Seats:
    """`lanes` are those that stay, empty ones among them; `new`: lane key -> who takes it over; `added` are
    those for whom a lane is made, `dropped` the lanes that go."""

    lanes: list[Lane]
    new: dict[int, Person]
    added: list[Person]
    dropped: list[Lane]

    @property
    def officers(self) -> list[Person]:
        sitting = [self.new.get(lane.pk, lane.officer) for lane in self.lanes]
        return [*(person for person in sitting if person), *self.added]

    @property
    def officers_before(self) -> list[Person]:
        return [lane.officer for lane in (*self.lanes, *self.dropped) if lane.officer]

    @property
    def staffed(self) -> list[Lane]:
        """Lanes that give times: one that waits for a deputy keeps what stands in it and takes no more."""
        return [lane for lane in self.lanes if lane.officer or lane.pk in self.new]

    @property
    def are_new(self) -> bool:
        return bool(self.new or self.added)


@dataclass(frozen=True)
class ChangedLanes:
    """`released`: lanes as they were, of officers who are not in them any more."""

    released: list[Lane] = field(default_factory=list)
    dropped: list[Lane] = field(default_factory=list)

    def drop_empty(self) -> None:
        """Once no booking stands in them; what is over is kept in the first lane of the day."""
        for lane in self.dropped:
            first = (
                Lane.objects.filter(hours=lane.hours_id)
                .exclude(pk__in=[lane.pk for lane in self.dropped])
                .first()
            )
            Appointment.objects.filter(lane=lane).update(lane=first)
            lane.delete()


def seats_of(lanes: list[Lane], officers: list[Person]) -> Seats:
    """Who stays keeps the lane; the others' lanes go to the new ones, in order, and then empty ones. Empty
    lanes that nobody takes stay.
    """
    wanted = {person.pk for person in officers}
    staying = [lane for lane in lanes if lane.officer_id in wanted]
    free = [lane for lane in lanes if lane.officer_id not in wanted]
    free.sort(key=lambda lane: lane.officer_id is None)
    known = {lane.officer_id for lane in staying}
    coming = [person for person in officers if person.pk not in known]
    taken_over = list(zip(free, coming, strict=False))
    left_over = [lane for lane in free[len(taken_over) :] if lane.officer]
    dropped = left_over if staying or coming else []
    kept = [lane for lane in lanes if lane not in dropped]
    return Seats(
        lanes=kept,
        new={lane.pk: person for lane, person in taken_over},
        added=coming[len(taken_over) :],
        dropped=dropped,
    )


def write_lanes(days: list[tuple[OfficeHours, Seats, bool]], *, now: datetime.datetime) -> ChangedLanes:
    """Lanes, yeses and claims of days that have changed; `True`: the day takes more time than was agreed."""
    changed = ChangedLanes()
    rows: list[Lane] = []
    for hours, seats, grows in days:
        for lane in seats.lanes:
            person = seats.new.get(lane.pk)
            if person:
                changed.released.extend([_as_it_was(lane)] if lane.officer else [])
                lane.officer = person
                lane.absent = lane.asked_by = lane.left_empty_at = None
            if person or (grows and lane.officer):
                _ask(lane, hours, now=now)
                rows.append(lane)
        changed.released.extend(_as_it_was(lane) for lane in seats.dropped)
        changed.dropped.extend(seats.dropped)
    Lane.objects.bulk_update(rows, LANE_FIELDS)
    Lane.objects.bulk_create(_new_lanes(days, now=now))
    _write_claims([(hours, seats.officers) for hours, seats, _grows in days])
    return changed


def _ask(lane: Lane, hours: OfficeHours, *, now: datetime.datetime) -> None:
    """The yes is wanted anew, unless the chamber needs none."""
    lane.agreed_at = lane.agreed_by = lane.asked_at = lane.asked_by = None
    if hours.state != State.DRAFT and hours.office.organisation.officers_must_agree:
        lane.asked_at = now


def _new_lanes(days: list[tuple[OfficeHours, Seats, bool]], *, now: datetime.datetime) -> list[Lane]:
    lanes = []
    for hours, seats, _grows in days:
        highest = max((lane.number for lane in (*seats.lanes, *seats.dropped)), default=0)
        for number, person in enumerate(seats.added, start=highest + 1):
            lane = Lane(hours=hours, officer=person, number=number)
            _ask(lane, hours, now=now)
            lanes.append(lane)
    return lanes


def _as_it_was(lane: Lane) -> Lane:
    return Lane(pk=lane.pk, hours=lane.hours, officer=lane.officer, number=lane.number)


def _write_claims(days: list[tuple[OfficeHours, list[Person]]]) -> None:
    """All that stay are written in one UPDATE, so that neither days nor officers meet on the way."""
    existing: dict[int, list[Claim]] = {}
    for claim in Claim.objects.filter(hours__in=[hours for hours, _officers in days]).order_by("pk"):
        existing.setdefault(claim.hours_id or 0, []).append(claim)
    spare: list[Claim] = []
    updated: list[Claim] = []
    created: list[Claim] = []
    for hours, officers in days:
        rows = existing.get(hours.pk, [])
        wanted = [
            *(Claim(officer=person, blocked=officer_block(hours)) for person in officers),
            *([Claim(room=hours.room, blocked=room_block(hours))] if hours.room else []),
        ]
        for claim in wanted:
            claim.hours, claim.kind = hours, Claim.Kind.OFFICE_HOURS
            row = next((r for r in rows if (r.room_id is None) == (claim.room_id is None)), None)
            if row is None:
                created.append(claim)
                continue
            rows.remove(row)
            row.officer, row.room, row.blocked = claim.officer, claim.room, claim.blocked
            updated.append(row)
        spare += rows
    Claim.objects.filter(pk__in=[claim.pk for claim in spare]).delete()
    Claim.objects.bulk_update(updated, ["officer", "room", "blocked"])
    Claim.objects.bulk_create(created)
