"""Reading: free times, and what a person may see."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from consultations.models import Appointment, Lane, OfficeHours
from consultations.slots import cut_slots
from partnership.models import Office, Organisation, Partnership, Person
from partnership.rules import Posts


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked. Several free lanes make one free time."""

    hours: OfficeHours
    starts_at: datetime.datetime
    ends_at: datetime.datetime


def still_blocking(now: datetime.datetime, prefix: str = "") -> Q:
    """Appointments that take their lane's time: held and unconfirmed ones only until they run out."""
    state = Appointment.State

    def q(**conditions: object) -> Q:
        return Q(**{prefix + key: value for key, value in conditions.items()})

    lasting = [s for s in Appointment.BLOCKING if s not in (state.HELD, state.UNCONFIRMED)]
    return (
        q(state__in=lasting)
        | q(state=state.HELD, held_until__gt=now)
        | q(state=state.UNCONFIRMED, confirm_by__gt=now)
    )


def free_times(
    *,
    partnership: Partnership,
    office_ids: Collection[int] | None = None,
    topic: str = "",
    language: str = "",
    now: datetime.datetime | None = None,
    own_hold_id: int | None = None,
    until: datetime.date | None = None,
) -> list[FreeTime]:
    """What the public can book now, earliest first, in two statements however many hours there are.

    `own_hold_id`: the browser's own held time counts as free, so that Back does not block it.
    """
    now = now or timezone.now()
    hours = OfficeHours.objects.open_for_booking(now).filter(partnership=partnership)
    if office_ids is not None:
        hours = hours.filter(office__in=office_ids)
    if topic:
        hours = hours.filter(topics__contains=[topic])
    if language:
        hours = hours.filter(languages__contains=[language])
    if until:
        hours = hours.filter(day__lte=until)
    found = list(hours.select_related("office__organisation", "room"))
    taken = _taken_by_lane(found, now=now, own_hold_id=own_hold_id)
    times = [
        FreeTime(day, start, end)
        for day in found
        for start, end in cut_slots(day)
        if start > now and any(_is_free(lane, start, end) for lane in taken.get(day.pk, []))
    ]
    times.sort(key=lambda time: (time.starts_at, time.hours.pk))
    return times


def _taken_by_lane(
    hours: Collection[OfficeHours], *, now: datetime.datetime, own_hold_id: int | None
) -> dict[int, list[list]]:  # type: ignore[type-arg]
    """Hours key -> for each lane with an officer, the periods that are taken."""
    counts = still_blocking(now, "appointments__")
    if own_hold_id:
        counts &= ~Q(appointments__pk=own_hold_id)
    lanes = (
        Lane.objects.filter(hours__in=[h.pk for h in hours], officer__isnull=False)
        .annotate(taken=ArrayAgg("appointments__period", filter=counts, default=[]))
        .values_list("hours_id", "taken")
    )
    by_hours: dict[int, list[list]] = {}  # type: ignore[type-arg]
    for hours_id, periods in lanes:
        by_hours.setdefault(hours_id, []).append(periods)
    return by_hours


def _is_free(taken: list, start: datetime.datetime, end: datetime.datetime) -> bool:  # type: ignore[type-arg]
    return all(end <= period.lower or start >= period.upper for period in taken)


def nearest_times(
    times: list[FreeTime], *, to: datetime.datetime, office: Office, count: int = 4
) -> list[FreeTime]:
    """The free times nearest to a lost one: same office first, then by how far away in time."""
    ranked = sorted(times, key=lambda t: (t.hours.office_id != office.pk, abs(t.starts_at - to)))
    return sorted(ranked[:count], key=lambda t: t.starts_at)


def bookable_offices(partnership: Partnership) -> QuerySet[Office]:
    """Offices of today's members that hold office hours now or later."""
    today = timezone.localdate()
    return (
        Office.objects.filter(
            Q(organisation__membership__ends__isnull=True) | Q(organisation__membership__ends__gte=today),
            organisation__membership__partnership=partnership,
            organisation__membership__starts__lte=today,
            organisation__kind="chamber",
            is_active=True,
        )
        .select_related("organisation")
        .distinct()
    )


def member_chambers(partnership: Partnership) -> QuerySet[Organisation]:
    """Chambers that are members today, for the question which one a firm belongs to."""
    today = timezone.localdate()
    return Organisation.objects.filter(
        Q(membership__ends__isnull=True) | Q(membership__ends__gte=today),
        membership__partnership=partnership,
        membership__starts__lte=today,
        kind=Organisation.Kind.CHAMBER,
    ).distinct()


def appointments_visible_to(posts: Posts) -> QuerySet[Appointment]:
    """The host chamber's desk and the directorate's officers; nobody sees holds."""
    if not (posts.desks or posts.police):
        return Appointment.objects.none()
    return (
        Appointment.objects.filter(Q(host__in=posts.desks) | Q(police__in=posts.police))
        .exclude(state=Appointment.State.HELD)
        .exclude(firm_name="")
        .select_related(
            "lane__hours__office", "lane__hours__room", "lane__officer", "host", "police", "partnership"
        )
    )


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """A person's own, for the account page."""
    return (
        Appointment.objects.filter(person=person)
        .exclude(state=Appointment.State.HELD)
        .select_related("lane__hours__office", "lane__hours__room", "partnership")
    )


def hours_visible_to(posts: Posts) -> QuerySet[OfficeHours]:
    """The host chamber's desk, and police: the directorate whose officers are asked."""
    if not (posts.desks or posts.police):
        return OfficeHours.objects.none()
    return (
        OfficeHours.objects.filter(Q(office__organisation__in=posts.desks) | Q(police__in=posts.police))
        .select_related("office__organisation", "room", "police", "partnership")
        .prefetch_related(Prefetch("lanes", Lane.objects.select_related("officer").order_by("number")))
    )


def officers_for(partnership: Partnership) -> QuerySet[Person]:
    """Officers in force today of the police organisations that are members of the partnership."""
    today = timezone.localdate()
    return (
        Person.objects.filter(
            Q(posts__ends__isnull=True) | Q(posts__ends__gte=today),
            posts__role="officer",
            posts__starts__lte=today,
            posts__organisation__membership__partnership=partnership,
            is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )
