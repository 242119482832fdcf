"""Claims on officers' and rooms' time."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.models import Absence, Claim, OfficeHours
from consultations.taking_time import lock_officers_and_rooms, takes_time
from partnership.models import Person, Room

OFFICER_BUFFER = datetime.timedelta(minutes=15)
"""Before and after office hours, for arriving and packing up."""


@takes_time
def claim_time(
    *,
    kind: Claim.Kind,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    officer: Person | None = None,
    room: Room | None = None,
) -> Claim:
    """Take an officer's or a room's time outside office hours; raises TimeClash."""
    lock_officers_and_rooms(officers=[officer] if officer else [], rooms=[room] if room else [])
    return Claim.objects.create(
        kind=kind, officer=officer, room=room, blocked=DateTimeTZRange(starts_at, ends_at)
    )


def claim_hours(*, hours: OfficeHours, officers: list[Person]) -> None:
    """The claims that office hours own; call it with officers and room locked."""
    claims = [
        Claim(kind=Claim.Kind.OFFICE_HOURS, hours=hours, officer=officer, blocked=officer_block(hours))
        for officer in officers
    ]
    if hours.room:
        claims.append(
            Claim(kind=Claim.Kind.OFFICE_HOURS, hours=hours, room=hours.room, blocked=room_block(hours))
        )
    Claim.objects.bulk_create(claims)


def claim_absence(absence: Absence) -> None:
    """Take what nothing else has taken of the absence: a visit or another absence keeps its own claim.

    Call it with the officer locked.
    """
    own = Claim.objects.filter(officer=absence.officer, blocked__overlap=absence.period)
    start, end = absence.period.lower, absence.period.upper
    free = []
    for blocked in own.order_by("blocked").values_list("blocked", flat=True):
        if start < blocked.lower:
            free.append(DateTimeTZRange(start, blocked.lower))
        start = max(start, blocked.upper)
    if start < end:
        free.append(DateTimeTZRange(start, end))
    Claim.objects.bulk_create(
        Claim(kind=Claim.Kind.ABSENCE, officer=absence.officer, absence=absence, blocked=blocked)
        for blocked in free
    )


def officer_block(hours: OfficeHours) -> DateTimeTZRange:
    return DateTimeTZRange(
        hours.starts_at.astimezone(datetime.UTC) - OFFICER_BUFFER,
        hours.ends_at.astimezone(datetime.UTC) + OFFICER_BUFFER,
    )


def room_block(hours: OfficeHours) -> DateTimeTZRange:
    return DateTimeTZRange(hours.starts_at, hours.ends_at)
