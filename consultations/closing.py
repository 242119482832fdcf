"""A house closes, ahead or at once: its office hours end, every booking goes its way, its rooms are taken.

Lifting or shortening a closure is the administration's; the claims on the rooms follow (`fit_room_claims`).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.displaced import Settled, Way, settle_displaced, target_hours
from consultations.models import Appointment, Claim, Lane, OfficeHours
from consultations.office_hours import close_locked, upcoming_in
from consultations.taking_time import SlotTaken, lock_hours, lock_officers_and_rooms, takes_time
from partnership.administration.dates import days_words
from partnership.journal import log_act
from partnership.models import Office, OfficeClosure, Person
from partnership.refusals import Refusal
from partnership.times import at_wall_time, numeric_date, today

LONGEST = datetime.timedelta(days=550)
A_DAY = datetime.timedelta(days=1)
MIDNIGHT = datetime.time()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a closure would hit: office hours that are not over, bookings that have not begun."""

    hours: list[OfficeHours]
    bookings: list[Appointment]


@dataclass(frozen=True, slots=True)
class Closed:
    closure: OfficeClosure
    hours: list[OfficeHours]
    settled: Settled


def find_hit(*, office: Office, starts: datetime.date, ends: datetime.date, now: datetime.datetime) -> Hit:
    hours = [hours for hours in _hours_in(office, starts, ends) if hours.ends_at > now]
    return Hit(hours=hours, bookings=[a for a in upcoming_in(*hours) if a.starts_at > now])


def refuse_days(office: Office, starts: datetime.date, ends: datetime.date) -> None:
    """Raises Refusal for days that cannot be a closure of this house."""
    if starts < today():
        raise Refusal(_("Der erste Tag ist vorbei. Wählen Sie heute oder einen späteren Tag."))
    if ends < starts:
        raise Refusal(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag."))
    if ends - starts > LONGEST:
        raise Refusal(
            _(
                "Eine Schließzeit dauert höchstens 18 Monate. "
                "Nehmen Sie ein Haus, das länger zu ist, außer Betrieb."
            )
        )
    if other := OfficeClosure.objects.filter(office=office, starts__lte=ends, ends__gte=starts).first():
        raise Refusal(
            _(
                "Für diese Tage ist schon eine Schließzeit eingetragen: %(days)s, %(reason)s. "
                "Wählen Sie die Tage davor oder danach."
            )
            % {"days": days_words(other.starts, other.ends), "reason": other.reason}
        )


@takes_time
def close_office(
    *,
    office_id: int,
    starts: datetime.date,
    ends: datetime.date,
    reason: str,
    ways: Iterable[Way],
    actor: Person,
    names_firms: bool = True,
) -> Closed:
    """Close from the first to the last day, both included; today means from now on.

    Every booking goes the way that was chosen for it; one without a way was made meanwhile: it is named
    and nothing happens. Talks that have begun stay. Raises Refusal, SlotTaken.
    """
    ways, now = list(ways), timezone.now()
    office = (
        Office.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=office_id)
    )
    refuse_days(office, starts, ends)
    hit = _lock_hit(office, starts, ends, ways=ways, now=now)
    if target_hours(ways) & {hours.pk for hours in hit.hours}:
        raise SlotTaken(_("Eine der neuen Zeiten liegt in der Schließzeit. Wählen Sie eine andere."))
    closure = OfficeClosure(office=office, starts=starts, ends=ends, reason=reason)
    closure.full_clean()
    closure.save()
    settled = settle_displaced(
        losing=hit.bookings, ways=ways, reason=reason, actor=actor, now=now, names_firms=names_firms
    )
    close_locked(hit.hours, reason=reason, actor=actor)
    fit_room_claims(closure)
    days = {"first_day": numeric_date(starts), "last_day": numeric_date(ends), "reason": reason}
    log_act(act="closure.entered", thing=office, actor=actor, organisation=office.organisation, detail=days)
    mails.tell_officers_closed(closure, lanes=_lanes_of(hit.hours))
    return Closed(closure=closure, hours=hit.hours, settled=settled)


def fit_room_claims(closure: OfficeClosure) -> None:
    """The rooms are taken on the days that are left of the closure, and on no others."""
    Claim.objects.filter(closure=closure).delete()
    begin = max(at_wall_time(closure.starts, MIDNIGHT), timezone.now())
    end = at_wall_time(closure.ends + A_DAY, MIDNIGHT)
    if begin < end:
        Claim.objects.bulk_create(
            Claim(kind=Claim.Kind.CLOSURE, closure=closure, room=room, blocked=DateTimeTZRange(begin, end))
            for room in closure.office.rooms.all()
        )


def _lock_hit(
    office: Office, starts: datetime.date, ends: datetime.date, *, ways: list[Way], now: datetime.datetime
) -> Hit:
    """Lock the rooms, then the hours in id order: with these nothing new with a room can come in between."""
    lock_officers_and_rooms(officers=[], rooms=office.rooms.all())
    known: set[int] = set()
    while True:
        known |= set(_hours_in(office, starts, ends).values_list("pk", flat=True))
        lock_hours(*known, *target_hours(ways))
        hit = find_hit(office=office, starts=starts, ends=ends, now=now)
        if {hours.pk for hours in hit.hours} <= known:
            return hit


def _hours_in(office: Office, starts: datetime.date, ends: datetime.date) -> QuerySet[OfficeHours]:
    return (
        OfficeHours.objects.filter(office=office, day__range=(starts, ends))
        .exclude(state=OfficeHours.State.CANCELLED)
        .select_related("office__organisation", "room", "partnership", "police")
        .order_by("day", "starts", "pk")
    )


def _lanes_of(hours: list[OfficeHours]) -> list[Lane]:
    by_key = {day.pk: day for day in hours}
    lanes = list(Lane.objects.filter(hours__in=hours, officer__isnull=False).select_related("officer"))
    for lane in lanes:
        lane.hours = by_key[lane.hours_id]
    return lanes
