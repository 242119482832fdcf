"""Officers who will be away, so that places are without an officer, one of them with a deputy asked."""

import datetime
from contextlib import suppress

from consultations.absences import plan_absence
from consultations.demo.cast import Cast
from consultations.deputies import find_deputies, put_deputy
from consultations.models import Absence, Lane, OfficeHours
from consultations.vacancies import vacant_lanes
from partnership.demo import leipzig
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import at_wall_time, today

A_DAY = datetime.timedelta(days=1)
SOON, LATER = 2, 12
"""Days ahead from which the first office hours of each are looked for."""


def add_absences(cast: Cast) -> None:
    """One for three days and nobody asked yet; one for a day, the desk has asked a colleague."""
    lead = cast.people.get("leitung@demo.example")
    long, short = (cast.people.get(email) for email in (leipzig.SECOND_OFFICER, leipzig.THIRD_OFFICER))
    if lead is None or long is None or short is None:
        return
    with suppress(Refusal):
        _send_away(long, after=SOON, days=3, actor=long)
    with suppress(Refusal):
        _send_away(short, after=LATER, days=1, actor=lead, free=cast.people[leipzig.OFFICER])
        for lane in vacant_lanes().filter(absent=short).select_related("hours__office__organisation"):
            _ask_somebody(cast, lane)


def _send_away(
    officer: Person, *, after: int, days: int, actor: Person, free: Person | None = None
) -> Absence | None:
    """`free`: somebody who has no office hours on the first day."""
    hours = (
        OfficeHours.objects.filter(
            lanes__officer=officer, day__gte=today() + after * A_DAY, state=OfficeHours.State.PUBLIC
        )
        .exclude(day__in=OfficeHours.objects.filter(lanes__officer=free).values("day"))
        .order_by("day")
        .first()
    )
    if hours is None:
        return None
    midnight = datetime.time()
    return plan_absence(
        officer=officer,
        starts_at=at_wall_time(hours.day, midnight),
        ends_at=at_wall_time(hours.day + days * A_DAY, midnight),
        actor=actor,
    )


def _ask_somebody(cast: Cast, lane: Lane) -> None:
    """The officer who signs in, if free, so that the question can be answered."""
    found = [candidate.person for candidate in find_deputies(lane)]
    if found:
        deputy = min(found, key=lambda person: person.email != leipzig.OFFICER)
        desk = cast.desk_of(lane.hours.office)
        put_deputy(lane_id=lane.pk, deputy=deputy, actor=desk, is_agreed=False)
