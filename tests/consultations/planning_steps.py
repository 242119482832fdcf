"""Steps of planning a visit, as the pages and the scans take them."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from consultations.models import Appointment, VisitRequest
from consultations.visits import changing, offering
from consultations.visits.lapsing import expire_visits_due
from partnership.models import Person
from partnership.times import at_wall_time
from partnership.working_days import next_working_day
from tests import factories, visit_factories
from tests.personas import World

By = Appointment.CancelledBy
State = Appointment.State

FAR: dict[str, Any] = {"city": "Görlitz", "postcode": "02826", "latitude": 51.1527, "longitude": 14.9872}


def make_station(world: World) -> None:
    """Where the officers set out: in Leipzig."""
    factories.make_office(
        world.police, name="Polizeirevier", city="Leipzig", postcode="04107", latitude=51.34, longitude=12.37
    )


def a_day(number: int = 1) -> datetime.date:
    """A working day some weeks ahead, so that a quarter of the time left is longer than any hold."""
    day = timezone.localdate() + datetime.timedelta(days=28)
    for _step in range(number):
        day = next_working_day(day)
    return day


def at(clock: str, day: datetime.date | None = None) -> datetime.datetime:
    return at_wall_time(day or a_day(), datetime.time.fromisoformat(clock))


def taken(world: World, *, officer: Person | None = None, **fields: Any) -> VisitRequest:
    """Pia's, in Grimma."""
    return visit_factories.make_visit_request(
        police=world.police, state=VisitRequest.State.TAKEN, officer=officer or world.pia, **fields
    )


def offer(
    world: World, *clocks: str, request: VisitRequest | None = None, **fields: Any
) -> list[Appointment]:
    request = request or taken(world, **fields)
    starts = [at(clock) for clock in clocks or ("09:30", "14:00")]
    return offering.offer_times(request_id=request.pk, starts=starts, actor=world.pia)


def choose(appointment: Appointment) -> Appointment:
    return offering.choose_time(appointment_id=appointment.pk)[0]


def stand(
    world: World, clock: str = "10:00", *, day: datetime.date | None = None, **fields: Any
) -> Appointment:
    """Fixed by phone, and so no message of the waiting list."""
    request = taken(world, **fields)
    officer = request.officer
    assert officer is not None
    return offering.fix_by_phone(request_id=request.pk, starts_at=at(clock, day), actor=officer)


def waits(world: World, **fields: Any) -> VisitRequest:
    """For a freed time, in Grimma."""
    return visit_factories.make_visit_request(police=world.police, takes_freed_times=True, **fields)


def cancel(appointment: Appointment, *, by: By = By.FIRM, **options: Any) -> Appointment:
    return changing.cancel_visit(appointment_id=appointment.pk, by=by, **options)


def lapse(appointment: Appointment) -> None:
    """Its end comes, and the scan."""
    Appointment.objects.filter(pk=appointment.pk).update(
        held_until=timezone.now() - datetime.timedelta(minutes=1)
    )
    expire_visits_due()


def _times(world: World, language: str) -> None:
    offer(world, page_language=language)


def _freed_time(world: World, language: str) -> None:
    visit = stand(world)
    waits(world, page_language=language)
    cancel(visit)


def _news(world: World, _language: str) -> None:
    choose(offer(world)[0])


PLANNING_ACTS: dict[str, Callable[[World, str], object]] = {
    "visit_times": _times,
    "visit_freed_time": _freed_time,
    "visit_news": _news,
}
