"""What a day holds for police, read in a fixed number of statements; `page` lays it out."""

import datetime
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from consultations.models import Absence, Appointment, Claim, Lane, OfficeHours, VisitReport, VisitRequest
from consultations.queries import (
    absences_visible_to,
    appointments_visible_to,
    hours_visible_to,
    lanes_visible_to,
)
from consultations.vacancies import vacant_lanes_visible_to
from consultations.visits.uncovered import uncovered_visits_visible_to
from partnership.models import Person, Post
from partnership.photos.queries import count_photos
from partnership.rules import Posts
from partnership.times import at_wall_time, berlin_day

MISSING_SHOWN = 30
COMING_SHOWN = 40
VACANT_SHOWN = 5
State = Appointment.State


@dataclass(frozen=True, kw_only=True)
class Duties:
    """`officer` is whose day it is; without one it is that of everybody whom a lead leads.

    `missing` and `unreported` hold one more than is shown if there are more. `police`: the reader's own.
    """

    day: datetime.date
    officer: Person | None
    police: frozenset[int]
    lanes: list[Lane]
    appointments: list[Appointment]
    visits: list[Appointment]
    photos: dict[int, int]
    """Key of a request -> how many photos came with it."""
    last_reports: dict[int, VisitReport]
    """Key of a firm that is visited -> its latest released report of an earlier visit."""
    claims: list[Claim]
    missing: list[Appointment]
    unreported: list[Appointment]
    """Visits that took place and have no released report."""
    waiting: list[OfficeHours]
    coming: list[Lane]
    coming_visits: list[Appointment]
    booked: dict[int, int]
    """Lane key -> how many talks are booked in it, of the coming ones and the vacant ones."""
    vacant: list[Lane]
    """Places without an officer, for a lead; for an officer, those for which the officer is asked."""
    more_vacant: bool
    uncovered: list[Appointment]
    """Visits of the directorate that stand without an officer: whoever can takes them over."""
    away: list[Absence]
    """Who is away now or later on the day shown: the officer, or everybody led."""


def has_own_days(posts: Posts, person: Person) -> bool:
    """Whether the person advises anywhere themselves."""
    own_visits = Appointment.objects.filter(police__in=posts.police, visit__officer=person)
    return lanes_visible_to(posts).filter(officer=person).exists() or own_visits.exists()


def read_duties(
    posts: Posts, *, person: Person, day: datetime.date, now: datetime.datetime, everybody: bool
) -> Duties:
    """`everybody` is for leads: all officers and lanes of the directorates they lead."""
    whose = Q(hours__police__in=posts.lead_of) if everybody else Q(officer=person)
    lanes = _lanes_on(lanes_visible_to(posts).filter(whose), day)
    coming = list(
        lanes_visible_to(posts)
        .filter(whose, hours__day__gt=max(day, berlin_day(now)))
        .select_related("hours__office", "officer")
        .order_by("hours__day", "hours__starts", "hours", "number")[:COMING_SHOWN]
    )
    own = None if everybody else person
    vacant = _vacant(posts, person=own)
    visits = _visits(posts, person=own)
    todays = _visits_on(visits, day)
    return Duties(
        day=day,
        officer=own,
        police=posts.police,
        lanes=lanes,
        appointments=_appointments_in(lanes, posts, now=now),
        visits=todays,
        photos=count_photos(VisitRequest, [visit.visit.request_id for visit in todays]) if todays else {},
        last_reports=_last_reports(todays),
        claims=_other_claims(lanes, todays, posts, day=day, person=own),
        missing=_without_outcome(posts, day=day, now=now, person=own),
        unreported=_without_report(visits, day=day),
        waiting=_waiting(posts, person=person, today=berlin_day(now)),
        coming=coming,
        coming_visits=_coming_visits(visits, after=max(day, berlin_day(now))),
        booked=_booked([*coming, *vacant], now=now),
        vacant=vacant[:VACANT_SHOWN],
        more_vacant=len(vacant) > VACANT_SHOWN,
        uncovered=list(uncovered_visits_visible_to(posts, now=now)[:VACANT_SHOWN]),
        away=_away(posts, person, day=day, everybody=everybody),
    )


def _lanes_on(lanes: QuerySet[Lane], day: datetime.date) -> list[Lane]:
    colleagues = Prefetch("hours__lanes", Lane.objects.select_related("officer").order_by("number"))
    return list(
        lanes.filter(hours__day=day)
        .select_related("hours__office", "hours__room", "hours__partnership", "officer")
        .prefetch_related(colleagues)
        .order_by("hours__starts", "hours", "number")
    )


def _standing(now: datetime.datetime, prefix: str = "") -> Q:
    """Booked, and neither cancelled nor run out."""
    lasting = (State.PROPOSED, State.CONFIRMED, State.ATTENDED, State.MISSED)
    return Q(**{f"{prefix}state__in": lasting}) | Q(
        **{f"{prefix}state": State.UNCONFIRMED, f"{prefix}confirm_by__gt": now}
    )


def _appointments_in(lanes: list[Lane], posts: Posts, *, now: datetime.datetime) -> list[Appointment]:
    rows = appointments_visible_to(posts).filter(
        _standing(now), police__in=posts.police, lane__in=[lane.pk for lane in lanes]
    )
    return list(rows.select_related("concern").order_by("period", "pk"))


def _visits(posts: Posts, *, person: Person | None) -> QuerySet[Appointment]:
    """Those that stand or took place: an officer's own, or of everybody led."""
    whose = Q(visit__officer=person) if person else Q(police__in=posts.lead_of)
    standing = (State.CONFIRMED, State.ATTENDED, State.MISSED)
    rows = appointments_visible_to(posts).filter(whose, police__in=posts.police, state__in=standing)
    return rows.filter(visit__isnull=False).order_by("period", "pk")


def _visits_on(visits: QuerySet[Appointment], day: datetime.date) -> list[Appointment]:
    rows = visits.filter(_begins_on(day)).select_related("visit__request__matter")
    return list(rows.prefetch_related("visit__reports"))


def _coming_visits(visits: QuerySet[Appointment], *, after: datetime.date) -> list[Appointment]:
    midnight = at_wall_time(after + datetime.timedelta(days=1), datetime.time())
    return list(visits.filter(state=State.CONFIRMED, period__startswith__gte=midnight)[:COMING_SHOWN])


def _last_reports(visits: list[Appointment]) -> dict[int, VisitReport]:
    firms = {visit.firm_id for visit in visits if visit.firm_id}
    reports = VisitReport.objects.filter(
        visit__appointment__firm__in=firms,
        police__in={visit.police_id for visit in visits},
        state=VisitReport.State.RELEASED,
        erased_at__isnull=True,
    ).exclude(visit__in=[visit.pk for visit in visits])
    rows = reports.defer("content").select_related("visit__appointment").order_by("released_at", "pk")
    return {report.visit.appointment.firm_id or 0: report for report in rows}


def _without_report(visits: QuerySet[Appointment], *, day: datetime.date) -> list[Appointment]:
    """Oldest first, without those of the day shown."""
    released = VisitReport.objects.filter(visit=OuterRef("pk"), state=VisitReport.State.RELEASED)
    rows = visits.filter(~Exists(released), state=State.ATTENDED).exclude(_begins_on(day))
    return list(rows[: MISSING_SHOWN + 1])


def _begins_on(day: datetime.date) -> Q:
    whole = _whole(day)
    return Q(period__startswith__gte=whole.lower, period__startswith__lt=whole.upper)


def _other_claims(
    lanes: list[Lane],
    visits: list[Appointment],
    posts: Posts,
    *,
    day: datetime.date,
    person: Person | None,
) -> list[Claim]:
    """What takes the officers' time that day besides the stations shown."""
    led = Post.objects.in_force().filter(role=Post.Role.OFFICER, organisation__in=posts.lead_of)
    whose = Q(officer=person) if person else Q(officer__in=led.values("person"))
    return list(
        Claim.objects.filter(whose, blocked__overlap=_whole(day))
        .exclude(hours__in=[lane.hours_id for lane in lanes])
        .exclude(visit__in=[visit.pk for visit in visits])
        .select_related("officer", "visit__request")
        .order_by("blocked", "pk")
    )


def _without_outcome(
    posts: Posts, *, day: datetime.date, now: datetime.datetime, person: Person | None
) -> list[Appointment]:
    """What is past and nobody has noted anything about, oldest first, without what is of the day shown."""
    whose = Q(lane__officer=person) | Q(visit__officer=person) if person else Q(police__in=posts.lead_of)
    return list(
        appointments_visible_to(posts)
        .filter(whose, police__in=posts.police, state=State.CONFIRMED, period__endswith__lte=now)
        .exclude(_begins_on(day))
        .order_by("period", "pk")[: MISSING_SHOWN + 1]
    )


def _waiting(posts: Posts, *, person: Person, today: datetime.date) -> list[OfficeHours]:
    """Office hours that want this person's agreement: an officer's own, a lead's all."""
    asked = Q(police__in=posts.lead_of) | Q(police__in=posts.officer_of, lanes__officer=person)
    # a deputy who is asked, and a place without an officer, stand in a list of their own
    waiting = Lane.objects.waiting_for_yes().filter(officer__isnull=False, asked_by__isnull=True)
    return list(
        hours_visible_to(posts)
        .filter(asked, lanes__in=waiting.values("pk"), day__gte=today)
        .distinct()
        .order_by("day", "starts", "pk")
    )


def _vacant(posts: Posts, *, person: Person | None) -> list[Lane]:
    """One more than is shown if there are more."""
    lanes = vacant_lanes_visible_to(posts)
    if person:
        lanes = lanes.filter(officer=person, asked_by__isnull=False, agreed_at__isnull=True)
    else:
        lanes = lanes.filter(hours__police__in=posts.lead_of)
    return list(lanes[: VACANT_SHOWN + 1])


def _away(posts: Posts, person: Person, *, day: datetime.date, everybody: bool) -> list[Absence]:
    visible = absences_visible_to(posts, person).filter(period__overlap=_whole(day))
    if not everybody:
        visible = visible.filter(officer=person)
    return list(visible.order_by("officer__name", "period"))


def _whole(day: datetime.date) -> DateTimeTZRange:
    midnight = datetime.time()
    return DateTimeTZRange(
        at_wall_time(day, midnight), at_wall_time(day + datetime.timedelta(days=1), midnight)
    )


def _booked(lanes: list[Lane], *, now: datetime.datetime) -> dict[int, int]:
    counted = Lane.objects.filter(pk__in=[lane.pk for lane in lanes]).annotate(
        booked=Count("appointments", filter=_standing(now, "appointments__"))
    )
    return dict(counted.values_list("pk", "booked"))
