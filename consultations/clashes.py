"""What already takes the time that office hours want, found in one statement however many days there are."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from consultations.claims import officer_block, room_block
from consultations.models import Claim, OfficeHours
from consultations.taking_time import TimeClash
from partnership.models import Person
from partnership.times import berlin_day, numeric_date

A_DAY = datetime.timedelta(days=1)
DAYS_NAMED = 5


@dataclass(frozen=True)
class Wanted:
    """Office hours that are not in the database like this, and who would hold them."""

    hours: OfficeHours
    officers: list[Person]


def find_clashes(wanted: Iterable[Wanted], *, without: Collection[int] = ()) -> list[list[Claim]]:
    """For each of the wanted hours the claims in its way, earliest first; `without`: hours whose own do
    not count, as they change.
    """
    rows = list(wanted)
    claims = _claims_near(rows, without=without)
    by_day: dict[datetime.date, list[Claim]] = {}
    for claim in claims:
        day, last = berlin_day(claim.blocked.lower), berlin_day(claim.blocked.upper)
        while day <= last:
            by_day.setdefault(day, []).append(claim)
            day += A_DAY
    return [[c for c in by_day.get(row.hours.day, []) if _is_in_the_way(c, row)] for row in rows]


def refuse_clashes(wanted: Iterable[Wanted], *, without: Collection[int] = ()) -> None:
    """Under the locks on officers and rooms; raises TimeClash with the days."""
    rows = list(wanted)
    found = find_clashes(rows, without=without)
    hit = [(row, claims) for row, claims in zip(rows, found, strict=True) if claims]
    if not hit:
        return
    who = sorted({_owner(claim) for _row, claims in hit for claim in claims})
    days = [numeric_date(row.hours.day) for row, _claims in hit]
    named = ", ".join(days[:DAYS_NAMED]) + (_(" und weiteren") if len(days) > DAYS_NAMED else "")
    raise TimeClash(
        _("Inzwischen belegt: %(who)s am %(days)s. Es ist nichts gespeichert; prüfen Sie die Vorschau.")
        % {"who": ", ".join(who), "days": named}
    )


def _owner(claim: Claim) -> str:
    return str(claim.officer) if claim.officer else str(claim.room)


def _claims_near(rows: list[Wanted], *, without: Collection[int]) -> list[Claim]:
    if not rows:
        return []
    blocks = [officer_block(row.hours) for row in rows]
    span = DateTimeTZRange(min(b.lower for b in blocks), max(b.upper for b in blocks))
    officers = {person.pk for row in rows for person in row.officers}
    rooms = {row.hours.room_id for row in rows if row.hours.room_id}
    claims = Claim.objects.filter(Q(officer__in=officers) | Q(room__in=rooms), blocked__overlap=span)
    if without:
        claims = claims.exclude(hours__in=without)
    return list(claims.select_related("officer", "room", "hours__office").order_by("blocked", "pk"))


def _is_in_the_way(claim: Claim, row: Wanted) -> bool:
    if claim.room_id:
        block, concerned = room_block(row.hours), claim.room_id == row.hours.room_id
    else:
        block = officer_block(row.hours)
        concerned = claim.officer_id in {person.pk for person in row.officers}
    return concerned and claim.blocked.lower < block.upper and claim.blocked.upper > block.lower
