"""The signed-in officer's way today between office hours, a visit that comes, and missing reports."""

import datetime
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from consultations.demo.bookings import deal_firms
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.demo.visit_requests import Story, confirm_story
from consultations.models import Appointment, VisitMatter, VisitRequest
from consultations.visits.outcomes import note_visited
from consultations.visits.placing import day_of, place_visit
from partnership.demo import leipzig
from partnership.refusals import Refusal
from partnership.times import at_wall_time, today

Reason, Premises = VisitMatter.Reason, VisitRequest.Premises


@dataclass(frozen=True, kw_only=True)
class Stop:
    """`clocks`: when it may be, the first that is free; office hours may take the whole day."""

    story: Story
    clocks: tuple[datetime.time, ...]
    minutes: int = 75
    days_ago: int = 0


STOPS = (
    Stop(
        story=Story(
            street="Demoanger 3",
            postcode="04683",
            city="Naunhof",
            reason=Reason.BUILDING,
            age=6,
            taken_by=leipzig.OFFICER,
        ),
        clocks=(datetime.time(8, 15), datetime.time(6, 30)),
        minutes=60,
    ),
    Stop(
        story=Story(
            street="Am Probesteig 4",
            postcode="04654",
            city="Frohburg",
            reason=Reason.BURGLARY,
            note="Über die Hofseite, zwei Türen aufgehebelt.",
            age=2,
            taken_by=leipzig.OFFICER,
            more={"access_note": "Einfahrt rechts am Hof", "on_site_name": "Meisterin Frau Quendel"},
        ),
        clocks=(datetime.time(13, 30), datetime.time(17, 45)),
    ),
    Stop(
        story=Story(
            street="Beispielbadstraße 11",
            postcode="04651",
            city="Bad Lausick",
            premises=Premises.SHOP,
            reason=Reason.BUILDING,
            age=4,
            taken_by=leipzig.OFFICER,
        ),
        clocks=(datetime.time(15, 30), datetime.time(20)),
        minutes=60,
    ),
    Stop(
        story=Story(
            street="Probegasse 5",
            postcode="04668",
            city="Grimma",
            premises=Premises.YARD,
            age=9,
            taken_by=leipzig.OFFICER,
        ),
        clocks=(datetime.time(14), datetime.time(18)),
        days_ago=4,
    ),
    Stop(
        story=Story(
            street="Mustertor 2",
            postcode="04552",
            city="Borna",
            reason=Reason.BURGLARY,
            age=8,
            taken_by=leipzig.OFFICER,
        ),
        clocks=(datetime.time(14), datetime.time(18)),
        days_ago=1,
    ),
    Stop(
        story=Story(
            street="Demoring 14",
            postcode="04808",
            city="Wurzen",
            premises=Premises.WAREHOUSE,
            reason=Reason.BURGLARY,
            note="Das Tor an der Laderampe, zum zweiten Mal.",
            age=3,
            taken_by=leipzig.OFFICER,
            more={"access_note": "Klingel am Büro"},
        ),
        clocks=(datetime.time(9), datetime.time(17, 45)),
        days_ago=-2,
    ),
)


def add_todays_visits(cast: Cast) -> None:
    """Each once; on a later day the way of that day anew."""
    firms = deal_firms("visits today", today())
    for stop in STOPS:
        day = today() - datetime.timedelta(days=stop.days_ago)
        firm = next(firms)
        if not _is_planned(stop, day):
            with suppress(Refusal), transaction.atomic():
                _write(cast, firm, stop, day)


def _write(cast: Cast, firm: Firm, stop: Stop, day: datetime.date) -> None:
    """Request and visit; raises Refusal, and leaves nothing, where the officer has no time."""
    request = confirm_story(cast, firm, stop.story)
    request.refresh_from_db()
    for clock in stop.clocks:
        with suppress(Refusal), transaction.atomic():
            _go(request, at_wall_time(day, clock), minutes=stop.minutes)
            return
    raise Refusal(request.reference)


def _is_planned(stop: Stop, day: datetime.date) -> bool:
    """What was and what comes, whenever it was; today's, today."""
    own = Appointment.objects.filter(visit__request__street=stop.story.street)
    if stop.days_ago:
        return own.exists()
    midnight = at_wall_time(day, datetime.time())
    return own.filter(period__startswith__gte=midnight).exists()


def _go(request: VisitRequest, starts_at: datetime.datetime, *, minutes: int) -> None:
    assert request.officer is not None
    fit = day_of(request, request.officer, starts_at).fit(request, starts_at, minutes=minutes)
    appointment = place_visit(
        request=request, officer=request.officer, fit=fit, state=Appointment.State.CONFIRMED, insists=True
    )
    appointment.confirmed_at = request.taken_at
    appointment.save(update_fields=["confirmed_at"])
    request.state = VisitRequest.State.PLANNED
    request.save(update_fields=["state"])
    if appointment.ends_at < timezone.now():
        note_visited(visit_id=appointment.pk, seen="", actor=request.officer)
