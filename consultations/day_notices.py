"""Mails about a day: to each officer the evening before an own one, to the houses in the morning. Each once.

There is no catching up: the scan looks at tomorrow and today alone, as a day-old mail helps nobody.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from consultations import day_mails
from consultations.day_mails import HouseDay
from consultations.models import Appointment, DayNotice, Lane, OfficeHours, ReminderPlan
from consultations.reminder_plans import all_plans
from consultations.vacancies import vacant_in, vacant_lanes
from consultations.visits.uncovered import uncovered_visits
from consultations.whereabouts import PLACE
from partnership.models import Office, Person, Post
from partnership.queries import holders_of
from partnership.times import at_wall_time, berlin_day
from partnership.working_days import is_working_day, next_working_day

A_DAY = datetime.timedelta(days=1)
MORNING_LASTS = datetime.timedelta(hours=3)
"""After a pause that was longer, everybody has looked at the day already."""
Kind = DayNotice.Kind


def send_day_notices(*, now: datetime.datetime | None = None) -> int:
    """The scan; returns how many mails have been written."""
    now = now or timezone.now()
    today = berlin_day(now)
    sent = 0
    for plan in all_plans():
        if plan.officer_on and now >= at_wall_time(today, plan.officer_at):
            sent += _tell_officers(plan, day=today + A_DAY, now=now)
        if plan.desk_on and now >= at_wall_time(today, plan.desk_at):
            sent += _tell_houses(plan, day=today, now=now)
    return sent


def _tell_officers(plan: ReminderPlan, *, day: datetime.date, now: datetime.datetime) -> int:
    """Who sits in public hours on that day, and who visits firms; whoever has only been asked has not said
    yes."""
    hours = _public_hours(plan, day)
    vacant = vacant_in(hours)
    lanes: dict[Person, list[Lane]] = {}
    for sitting in hours:
        for lane in sitting.lanes.all():
            if lane.officer and lane.officer.is_active and lane.pk not in vacant:
                lane.hours = sitting
                lanes.setdefault(lane.officer, []).append(lane)
    visits = _visits(plan, day, now=now)
    told = DayNotice.objects.filter(partnership=plan.partnership, kind=Kind.OFFICER, day=day)
    known = set(told.values_list("person", flat=True))
    new = [officer for officer in {**lanes, **visits} if officer.pk not in known]
    booked = _booked(hours, now=now) if new else {}
    sent = 0
    for officer in new:
        sittings = [
            (lane, [a for a in booked.get(lane.hours_id, []) if a.lane_id == lane.pk])
            for lane in lanes.get(officer, [])
        ]
        sent += _tell_officer(plan, officer, sittings, visits.get(officer, []), day=day)
    return sent


def _visits(
    plan: ReminderPlan, day: datetime.date, *, now: datetime.datetime
) -> dict[Person, list[Appointment]]:
    """By officer; whoever is away is told nothing."""
    midnight = datetime.time()
    rows = Appointment.objects.filter(
        partnership=plan.partnership,
        state=Appointment.State.CONFIRMED,
        visit__officer__is_active=True,
        period__startswith__gte=at_wall_time(day, midnight),
        period__startswith__lt=at_wall_time(day + A_DAY, midnight),
    )
    uncovered = set(
        uncovered_visits(now=now).filter(partnership=plan.partnership).values_list("pk", flat=True)
    )
    found: dict[Person, list[Appointment]] = {}
    for visit in rows.select_related(*PLACE, "visit__officer").order_by("period", "pk"):
        if visit.pk not in uncovered:
            found.setdefault(visit.visit.officer, []).append(visit)
    return found


@transaction.atomic
def _tell_officer(
    plan: ReminderPlan,
    officer: Person,
    sittings: Sequence[tuple[Lane, list[Appointment]]],
    visits: Sequence[Appointment],
    *,
    day: datetime.date,
) -> bool:
    _notice, is_first = DayNotice.objects.get_or_create(
        partnership=plan.partnership, kind=Kind.OFFICER, day=day, person=officer
    )
    if is_first:
        day_mails.tell_officer_of_tomorrow(
            plan.partnership, officer=officer, day=day, sittings=sittings, visits=visits
        )
    return is_first


def _tell_houses(plan: ReminderPlan, *, day: datetime.date, now: datetime.datetime) -> int:
    """A house's own address, else everybody at the desk of its organisation, who reads of all its houses."""
    notices = DayNotice.objects.filter(partnership=plan.partnership, kind=Kind.DESK, day=day)
    if not _is_morning(plan, day=day, now=now):
        return 0
    known_offices = set(notices.values_list("office", flat=True))
    known_people = set(notices.values_list("person", flat=True))
    houses = _house_days(plan, day=day, now=now)
    sent = 0
    shared: dict[int, list[HouseDay]] = {}
    for house in houses:
        if house.office.email:
            if house.office.pk not in known_offices:
                sent += _tell_desk(plan, [house], day=day, office=house.office)
        else:
            shared.setdefault(house.office.organisation_id, []).append(house)
    for organisation, own in shared.items():
        for person in holders_of(Post.Role.DESK, organisation):
            if person.pk not in known_people:
                sent += _tell_desk(plan, own, day=day, person=person)
    return sent


@transaction.atomic
def _tell_desk(
    plan: ReminderPlan,
    houses: Sequence[HouseDay],
    *,
    day: datetime.date,
    office: Office | None = None,
    person: Person | None = None,
) -> bool:
    _notice, is_first = DayNotice.objects.get_or_create(
        partnership=plan.partnership, kind=Kind.DESK, day=day, office=office, person=person
    )
    if is_first:
        day_mails.tell_desk_of_today(plan.partnership, houses=houses, day=day, person=person)
    return is_first


def _is_morning(plan: ReminderPlan, *, day: datetime.date, now: datetime.datetime) -> bool:
    return now < at_wall_time(day, plan.desk_at) + MORNING_LASTS


def _house_days(plan: ReminderPlan, *, day: datetime.date, now: datetime.datetime) -> list[HouseDay]:
    """Houses with hours today; on a working day also those where a place has to be filled."""
    days: dict[int, HouseDay] = {}
    today = _public_hours(plan, day)
    booked = _booked(today, now=now)
    for hours in today:
        house = days.setdefault(hours.office_id, HouseDay(hours.office))
        house.hours.append(hours)
        house.booked[hours.pk] = booked.get(hours.pk, [])
    vacant = vacant_lanes(now).filter(
        hours__partnership=plan.partnership,
        hours__state=OfficeHours.State.PUBLIC,
        hours__day__lte=next_working_day(day),
    )
    for lane in vacant.select_related("hours__office__organisation", "hours__partnership"):
        if is_working_day(day) or lane.hours.office_id in days:
            days.setdefault(lane.hours.office_id, HouseDay(lane.hours.office)).vacant.append(lane)
    return sorted(days.values(), key=lambda house: (house.office.kind, house.office.city, house.office.pk))


def _public_hours(plan: ReminderPlan, day: datetime.date) -> list[OfficeHours]:
    lanes = Prefetch("lanes", Lane.objects.select_related("officer").order_by("number"))
    return list(
        OfficeHours.objects.filter(partnership=plan.partnership, state=OfficeHours.State.PUBLIC, day=day)
        .select_related("office__organisation", "room", "partnership")
        .prefetch_related(lanes)
        .order_by("starts", "pk")
    )


def _booked(hours: list[OfficeHours], *, now: datetime.datetime) -> dict[int, list[Appointment]]:
    """Key of the hours -> bookings that stand in them, in their order."""
    lanes = {lane.pk: sitting.pk for sitting in hours for lane in sitting.lanes.all()}
    found: dict[int, list[Appointment]] = {}
    rows = Appointment.objects.filter(lane__in=lanes, state__in=Appointment.UPCOMING)
    run_out = Q(state=Appointment.State.UNCONFIRMED, confirm_by__lte=now)
    for appointment in rows.exclude(run_out).order_by("period", "pk"):
        found.setdefault(lanes[appointment.lane_id or 0], []).append(appointment)
    return found
