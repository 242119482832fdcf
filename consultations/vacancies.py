"""Places in office hours that nobody holds: 'ohne Beamtin/Beamten', until a deputy comes or nobody is left.

A place counts when it is empty, when the deputy who was asked has not said yes, and when its officer's post
ends before the day.
"""

import datetime
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consultations.models import Appointment, Lane, OfficeHours
from partnership.models import Deputy, Post
from partnership.rules import Posts
from partnership.times import berlin, berlin_day

State = Appointment.State


def vacant_lanes(now: datetime.datetime | None = None) -> QuerySet[Lane]:
    """Everywhere, in hours that are neither cancelled nor over; the nearest first."""
    now = now or timezone.now()
    today, clock = berlin_day(now), berlin(now).time()
    return (
        Lane.objects.filter(
            Q(officer__isnull=True) | Q(asked_by__isnull=False, agreed_at__isnull=True) | ~_holds_a_post(),
            Q(hours__day__gt=today) | Q(hours__day=today, hours__ends__gt=clock),
            left_empty_at__isnull=True,
        )
        .exclude(hours__state=OfficeHours.State.CANCELLED)
        .order_by("hours__day", "hours__starts", "hours", "number")
    )


def vacant_lanes_visible_to(posts: Posts) -> QuerySet[Lane]:
    """The host's desk and the directorate."""
    if not (posts.desks or posts.police):
        return Lane.objects.none()
    whose = Q(hours__office__organisation__in=posts.desks) | Q(hours__police__in=posts.police)
    return (
        vacant_lanes()
        .filter(whose)
        .select_related(
            "officer",
            "absent",
            "hours__office__organisation",
            "hours__room",
            "hours__police",
            "hours__partnership",
        )
    )


def vacant_in(hours: Collection[OfficeHours]) -> frozenset[int]:
    """Keys of the vacant places among these hours."""
    return frozenset(vacant_lanes().filter(hours__in=[h.pk for h in hours]).values_list("pk", flat=True))


def count_vacancies(posts: Posts) -> int:
    """For the menu of those whose task they are: desks for their houses, leads for their directorate."""
    whose = Q(hours__office__organisation__in=posts.desks) | Q(hours__police__in=posts.lead_of)
    return vacant_lanes().filter(whose).count()


def talks_ahead(lanes: Collection[Lane], *, now: datetime.datetime) -> dict[int, int]:
    """Key of a lane -> bookings in it that are not over."""
    rows = standing_talks(lanes, now=now)
    return dict(rows.order_by().values_list("lane").annotate(Count("pk")))


def standing_talks(lanes: Collection[Lane], *, now: datetime.datetime) -> QuerySet[Appointment]:
    """Booked, not over, and not run out."""
    run_out = Q(state=State.UNCONFIRMED, confirm_by__lte=now)
    return Appointment.objects.filter(
        lane__in=[lane.pk for lane in lanes], state__in=Appointment.UPCOMING, period__endswith__gt=now
    ).exclude(run_out)


def _holds_a_post() -> Exists | Q:
    """On the day of the hours, for their directorate; standing in for somebody counts."""
    on_the_day = (
        Q(starts__lte=OuterRef("hours__day")),
        Q(ends__isnull=True) | Q(ends__gte=OuterRef("hours__day")),
    )
    posts = Post.objects.filter(
        *on_the_day,
        person=OuterRef("officer"),
        organisation=OuterRef("hours__police"),
        role__in=(Post.Role.OFFICER, Post.Role.LEAD),
    )
    deputyships = Deputy.objects.filter(
        *on_the_day, person=OuterRef("officer"), post__organisation=OuterRef("hours__police")
    )
    return Exists(posts) | Exists(deputyships)
