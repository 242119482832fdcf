"""What a day holds for police, read in a fixed number of statements; `today` lays it out."""

import datetime
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Prefetch, Q, QuerySet

from consultations.models import Absence, Appointment, Claim, Lane, OfficeHours
from consultations.queries import (
    absences_visible_to,
    appointments_visible_to,
    hours_visible_to,
    lanes_visible_to,
)
from consultations.vacancies import vacant_lanes_visible_to
from partnership.models import Person, Post
from partnership.rules import Posts
from partnership.times import at_wall_time, berlin_day

MISSING_SHOWN = 30
COMING_SHOWN = 40
VACANT_SHOWN = 5
State = Appointment.State


@dataclass(frozen=True, kw_only=True)
class Duties:
    """`officer` is whose day it is; without one it is that of everybody whom a lead leads.

    `missing` holds one more than is shown if there are more.
    """

    day: datetime.date
    officer: Person | None
    lanes: list[Lane]
    appointments: list[Appointment]
    claims: list[Claim]
    missing: list[Appointment]
    waiting: list[OfficeHours]
    coming: list[Lane]
    booked: dict[int, int]
    """Lane key -> how many talks are booked in it, of the coming ones and the vacant ones."""
    vacant: list[Lane]
    """Places without an officer, for a lead; for an officer, those for which the officer is asked."""
    more_vacant: bool
    away: list[Absence]
    """Who is away now or later on the day shown: the officer, or everybody led."""


def has_own_lanes(posts: Posts, person: Person) -> bool:
    return lanes_visible_to(posts).filter(officer=person).exists()


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
    vacant = _vacant(posts, person=None if everybody else person)
    return Duties(
        day=day,
        officer=None if everybody else person,
        lanes=lanes,
        appointments=_appointments_in(lanes, posts, now=now),
        claims=_other_claims(lanes, posts, day=day, person=None if everybody else person),
        missing=_without_outcome(posts, day=day, now=now, person=None if everybody else person),
        waiting=_waiting(posts, person=person, today=berlin_day(now)),
        coming=coming,
        booked=_booked([*coming, *vacant], now=now),
        vacant=vacant[:VACANT_SHOWN],
        more_vacant=len(vacant) > VACANT_SHOWN,
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


def _other_claims(
    lanes: list[Lane], posts: Posts, *, day: datetime.date, person: Person | None
) -> list[Claim]:
    """What takes the officers' time that day besides the office hours shown."""
    led = Post.objects.in_force().filter(role=Post.Role.OFFICER, organisation__in=posts.lead_of)
    whose = Q(officer=person) if person else Q(officer__in=led.values("person"))
    return list(
        Claim.objects.filter(whose, blocked__overlap=_whole(day))
        .exclude(hours__in=[lane.hours_id for lane in lanes])
        .select_related("officer")
        .order_by("blocked", "pk")
    )


def _without_outcome(
    posts: Posts, *, day: datetime.date, now: datetime.datetime, person: Person | None
) -> list[Appointment]:
    """Past talks that nobody has noted anything about, oldest first, without those of the day shown."""
    whose = Q(lane__officer=person) if person else Q(police__in=posts.lead_of)
    return list(
        appointments_visible_to(posts)
        .filter(whose, police__in=posts.police, state=State.CONFIRMED, period__endswith__lte=now)
        .exclude(lane__hours__day=day)
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
