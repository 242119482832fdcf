"""A house that has closed for a day, and the calls that came of it; rooms of closed houses are taken."""

import datetime
from collections import Counter

from django.utils import timezone

from consultations import desk_booking
from consultations.closing import close_office, find_hit, fit_room_claims
from consultations.demo.bookings import deal_firms
from consultations.demo.cast import Cast
from consultations.displaced import Displaced, Way, find_displaced
from consultations.models import OfficeHours, PhoneTask
from consultations.phone_tasks import call_again, what_was_seen
from consultations.placing import Details
from consultations.queries import FreeTime, free_times
from partnership.demo import leipzig
from partnership.models import OfficeClosure
from partnership.times import today

FIRST, LAST = 3, 20
CALLERS = 3
IN_AN_HOUR = datetime.timedelta(hours=1)


def take_closed_rooms() -> None:
    """Closures that stand as rows only get their claims."""
    for closure in OfficeClosure.objects.filter(ends__gte=today(), claims__isnull=True):
        fit_room_claims(closure)


def close_for_a_day(cast: Cast) -> None:
    """A chamber's small house; three firms without an address have booked by telephone."""
    hours = _day_to_lose(cast)
    if hours is None:
        return
    desk = cast.desk_of(hours.office)
    _book_callers(cast, hours)
    now = timezone.now()
    hit = find_hit(office=hours.office, starts=hours.day, ends=hours.day, now=now)
    displaced = find_displaced(hit.bookings, without=[day.pk for day in hit.hours], now=now)
    close_office(
        office_id=hours.office_id,
        starts=hours.day,
        ends=hours.day,
        reason="Stromabschaltung im Gebäude",
        ways=_ways(displaced),
        actor=desk,
    )
    task = PhoneTask.objects.filter(done_at=None).select_related("appointment").last()
    if task:
        call_again(task_id=task.pk, again_at=now + IN_AN_HOUR, seen=what_was_seen(task), actor=desk)


def _day_to_lose(cast: Cast) -> OfficeHours | None:
    """Where the signed-in firm has not booked, and callers find room."""
    window = [today() + datetime.timedelta(days=days) for days in (FIRST, LAST)]
    free = Counter(time.hours.pk for time in free_times(partnership=cast.partnership))
    roomy = [key for key, count in free.items() if count >= CALLERS]
    return (
        OfficeHours.objects.filter(
            pk__in=roomy, day__range=window, office__organisation__name=leipzig.IHK, office__kind="regional"
        )
        .exclude(office__name=leipzig.GRIMMA)
        .select_related("office__organisation")
        .order_by("day", "starts")
        .first()
    )


def _book_callers(cast: Cast, hours: OfficeHours) -> None:
    firms = deal_firms("callers", hours.day)
    own = [time for time in free_times(partnership=cast.partnership) if time.hours.pk == hours.pk]
    for time, firm in zip(own[:CALLERS], firms, strict=False):
        details = Details(
            firm_name=firm.name,
            contact_name=firm.contact,
            contact_email="",
            contact_phone=firm.phone,
            chamber=cast.organisations[firm.chamber],
            membership_number=firm.membership_number,
        )
        desk_booking.book_for_caller(
            hours_id=hours.pk, starts_at=time.starts_at, details=details, actor=cast.desk_of(hours.office)
        )


def _ways(displaced: list[Displaced]) -> list[Way]:
    """Every second booking is moved to a time that nobody else gets, the others are cancelled."""
    given: set[tuple[int, datetime.datetime]] = set()
    ways = []
    for number, booking in enumerate(displaced):
        free = [choice for choice in map(_choice, booking.offers) if choice not in given]
        to = free[0] if free and number % 2 == 0 else None
        if to:
            given.add(to)
        ways.append(Way(booking.appointment.pk, to))
    return ways


def _choice(time: FreeTime) -> tuple[int, datetime.datetime]:
    return time.hours.pk, time.starts_at
