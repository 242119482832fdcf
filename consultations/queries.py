"""Reading: free times, and what a person may see."""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from consultations.models import (
    Absence,
    Appointment,
    Checklist,
    Lane,
    OfficeHours,
    OfficeHoursSeries,
    PhoneTask,
    Visit,
    Waiting,
    WaitingOffer,
)
from consultations.slots import cut_slots
from consultations.whereabouts import PLACE
from partnership.models import Office, OfficeClosure, Organisation, Partnership, Person, Post
from partnership.queries import has_confirmed_address, members_of
from partnership.rules import Posts
from partnership.times import berlin, berlin_day


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked. Several free lanes make one free time."""

    hours: OfficeHours
    starts_at: datetime.datetime
    ends_at: datetime.datetime


TAKEN_BY_LANE = """
SELECT lane.hours_id, array_remove(array_agg(appointment.period), NULL)
FROM consultations_lane lane
LEFT JOIN consultations_appointment appointment
  ON appointment.lane_id = lane.id
  AND appointment.id <> %(own_hold)s
  AND (
    appointment.state = ANY(%(lasting)s)
    OR (appointment.state IN ('held', 'proposed') AND appointment.held_until > %(now)s)
    OR (appointment.state = 'unconfirmed' AND appointment.confirm_by > %(now)s)
    OR (appointment.state IN ('proposed', 'unconfirmed') AND lane.hours_id IN (
      SELECT hours.id FROM consultations_officehours hours
      JOIN consultations_waiting waiting ON waiting.office_id = hours.office_id AND waiting.state = 'waiting'
      WHERE hours.id = ANY(%(hours)s)
    ))
  )
WHERE lane.hours_id = ANY(%(hours)s) AND lane.officer_id IS NOT NULL
GROUP BY lane.id
"""
"""Held, offered and unconfirmed ones take their time until they run out; where people wait for the house,
the last two until the scan has offered it to them. Written out: this runs for every page of times, and to
build it anew each time would cost Django nine times as long as to run it."""


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
    found = list(hours.select_related("office", "room"))
    taken = taken_by_lane(found, now=now, own_hold_id=own_hold_id)
    times = [
        FreeTime(day, start, end)
        for day in found
        for start, end in cut_slots(day)
        if start > now and any(is_free(lane, start, end) for lane in taken.get(day.pk, []))
    ]
    times.sort(key=lambda time: (time.starts_at, time.hours.pk))
    return times


def taken_by_lane(
    hours: Collection[OfficeHours], *, now: datetime.datetime, own_hold_id: int | None = None
) -> dict[int, list[list]]:  # type: ignore[type-arg]
    """Hours key -> for each lane with an officer, the periods that are taken."""
    state = Appointment.State
    values: dict[str, Any] = {
        "own_hold": own_hold_id or 0,
        "lasting": [state.CONFIRMED, state.ATTENDED],
        "now": now,
        "hours": [h.pk for h in hours],
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_BY_LANE, values)
        lanes = cursor.fetchall()
    by_hours: dict[int, list[list]] = {}  # type: ignore[type-arg]
    for hours_id, periods in lanes:
        by_hours.setdefault(hours_id, []).append(periods)
    return by_hours


def is_free(taken: list, start: datetime.datetime, end: datetime.datetime) -> bool:  # type: ignore[type-arg]
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


def coming_closures(office: Office) -> QuerySet[OfficeClosure]:
    """When a house is closed, from today on."""
    return OfficeClosure.objects.filter(office=office, ends__gte=timezone.localdate()).order_by(
        "starts", "pk"
    )


def member_chambers(partnership: Partnership) -> QuerySet[Organisation]:
    """For the question which one a firm belongs to."""
    return members_of(partnership).filter(kind=Organisation.Kind.CHAMBER)


def appointments_visible_to(posts: Posts) -> QuerySet[Appointment]:
    """The host chamber's desk and the directorate's officers; nobody sees holds."""
    if not (posts.desks or posts.police):
        return Appointment.objects.none()
    return (
        Appointment.objects.filter(Q(host__in=posts.desks) | Q(police__in=posts.police))
        .exclude(state=Appointment.State.HELD)
        .exclude(firm_name="")
        .select_related(*PLACE, "lane__officer", "visit__officer", "host", "police")
    )


def visits_visible_to(posts: Posts) -> QuerySet[Visit]:
    """The directorate's officers; never a chamber, whoever the firm belongs to. Offers are no visits yet."""
    return (
        Visit.objects.filter(appointment__police__in=posts.police)
        .exclude(appointment__state=Appointment.State.PROPOSED)
        .exclude(appointment__firm_name="")
        .select_related("appointment__police", "appointment__partnership", "request", "officer")
    )


def calls_visible_to(posts: Posts) -> QuerySet[PhoneTask]:
    """The host chamber's desk; police call nobody about office hours."""
    return PhoneTask.objects.filter(appointment__host__in=posts.desks).select_related(
        *("appointment__lane__hours__office", "appointment__lane__hours__room", "appointment__host"),
        *("appointment__partnership", "taken_by", "done_by"),
    )


def waiting_visible_to(posts: Posts) -> QuerySet[Waiting]:
    """The desk of the house's chamber; what nobody has confirmed yet is nobody's place."""
    return (
        Waiting.objects.filter(office__organisation__in=posts.desks)
        .exclude(state=Waiting.State.UNCONFIRMED)
        .select_related("office__organisation", "partnership")
    )


def offers_visible_to(posts: Posts) -> QuerySet[WaitingOffer]:
    return WaitingOffer.objects.filter(waiting__office__organisation__in=posts.desks).select_related(
        "waiting__office", "freed", "appointment"
    )


def waiting_by_house(offices: Collection[Office]) -> Counter[int]:
    """Key of the house -> how many wait for a time in it."""
    rows = Waiting.objects.filter(office__in=offices, state=Waiting.State.WAITING)
    return Counter(dict(rows.order_by().values_list("office").annotate(Count("pk"))))


def standing_in(hours: Collection[OfficeHours]) -> QuerySet[Appointment]:
    """What stands in these hours, or stood there when they took place. Holds are among it, without a name:
    whoever reads it checks the hours first."""
    return Appointment.objects.filter(
        lane__hours__in=[h.pk for h in hours], state__in=[*Appointment.BLOCKING, Appointment.State.MISSED]
    )


def booked_in(hours: Collection[OfficeHours], *, now: datetime.datetime) -> dict[int, int]:
    """Key of the hours -> how many of their times are booked; those without a booking are missing."""
    run_out = Q(state=Appointment.State.UNCONFIRMED, confirm_by__lte=now)
    not_booked = (Appointment.State.HELD, Appointment.State.PROPOSED)
    rows = standing_in(hours).exclude(run_out).exclude(state__in=not_booked)
    return dict(rows.order_by().values_list("lane__hours").annotate(Count("pk")))


def hosted_by(desks: frozenset[int]) -> Exists:
    """Whether the firm of the outer query has had an appointment in their houses."""
    return Exists(Appointment.objects.filter(firm=OuterRef("pk"), host__in=desks))


def appointments_of(person: Person) -> QuerySet[Appointment]:
    """A person's own, for the account page."""
    return (
        Appointment.objects.filter(person=person).exclude(state=Appointment.State.HELD).select_related(*PLACE)
    )


def claimable_by(person: Person) -> QuerySet[Appointment]:
    """Booked for the person's confirmed address and nobody's yet; none while the address is not confirmed."""
    if not has_confirmed_address(person):
        return Appointment.objects.none()
    state = Appointment.State
    return Appointment.objects.filter(
        person__isnull=True,
        contact_email__iexact=person.email,
        state__in=[state.CONFIRMED, state.ATTENDED, state.MISSED, state.CANCELLED],
    ).select_related(*PLACE)


def hours_visible_to(posts: Posts) -> QuerySet[OfficeHours]:
    """The host chamber's desk, and police: the directorate whose officers are asked."""
    if not (posts.desks or posts.police):
        return OfficeHours.objects.none()
    return (
        OfficeHours.objects.filter(Q(office__organisation__in=posts.desks) | Q(police__in=posts.police))
        .select_related("office__organisation", "room", "police", "partnership", "series")
        .prefetch_related(
            Prefetch("lanes", Lane.objects.select_related("officer", "absent").order_by("number"))
        )
    )


def series_visible_to(posts: Posts) -> QuerySet[OfficeHoursSeries]:
    """As their days. `coming` counts those from today on that are not cancelled, `next_day` is the first."""
    if not (posts.desks or posts.police):
        return OfficeHoursSeries.objects.none()
    coming = Q(days__day__gte=timezone.localdate()) & ~Q(days__state=OfficeHours.State.CANCELLED)
    return (
        OfficeHoursSeries.objects.filter(Q(office__organisation__in=posts.desks) | Q(police__in=posts.police))
        .select_related("office__organisation", "room", "police", "partnership", "officer", "second_officer")
        .annotate(coming=Count("days", filter=coming), next_day=Min("days__day", filter=coming))
    )


def series_by_next_day(posts: Posts) -> QuerySet[OfficeHoursSeries]:
    """Those with days to come first."""
    return series_visible_to(posts).order_by(F("next_day").asc(nulls_last=True), "-last_day", "pk")


def offices_visible_to(posts: Posts) -> QuerySet[Office]:
    """A chamber's own houses, main house first; for police, those in which their officers hold hours."""
    own = Q(organisation__in=posts.desks)
    if posts.police:
        own |= Q(pk__in=OfficeHours.objects.filter(police__in=posts.police).values("office"))
    return (
        Office.objects.filter(own)
        .select_related("organisation")
        .order_by("organisation", "kind", "city", "pk")
    )


def lanes_visible_to(posts: Posts) -> QuerySet[Lane]:
    """Police only: the directorate's lanes in office hours that are not cancelled."""
    return Lane.objects.filter(hours__police__in=posts.police).exclude(
        hours__state=OfficeHours.State.CANCELLED
    )


def officer_posts(partnership: Partnership) -> QuerySet[Post]:
    """Who can be asked to hold office hours, and for which directorate: one row for each post."""
    today = timezone.localdate()
    return (
        Post.objects.in_force(today)
        .filter(
            Q(organisation__membership__ends__isnull=True) | Q(organisation__membership__ends__gte=today),
            organisation__membership__partnership=partnership,
            organisation__membership__starts__lte=today,
            role=Post.Role.OFFICER,
            person__is_active=True,
        )
        .select_related("person", "organisation")
        .order_by("organisation__name", "person__name", "pk")
        .distinct()
    )


def absences_visible_to(posts: Posts, person: Person) -> QuerySet[Absence]:
    """An officer's own, a lead's of the whole directorate; a chamber sees none."""
    if not posts.police:
        return Absence.objects.none()
    return (
        Absence.objects.standing()
        .filter(Q(officer=person) | Q(police__in=posts.lead_of))
        .select_related("officer", "police")
    )


def checklists_visible_to(posts: Posts) -> QuerySet[Checklist]:
    """The versions of the own directorate; a draft is its lead's. Latest first."""
    led = Q(police__in=posts.lead_of)
    read = Q(police__in=posts.police) & ~Q(state=Checklist.State.DRAFT)
    return (
        Checklist.objects.filter(led | read)
        .select_related("police", "put_in_force_by")
        .order_by("police", "-number")
    )


def officers_led_by(posts: Posts) -> QuerySet[Person]:
    """Everybody with a post of today in the directorates that these posts lead."""
    roles = (Post.Role.OFFICER, Post.Role.LEAD)
    held = Post.objects.in_force().filter(organisation__in=posts.lead_of, role__in=roles)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")


def lanes_expected_today(posts: Posts, *, now: datetime.datetime) -> QuerySet[Lane]:
    """Who is still to hold office hours today, in the own houses or for the directorates that one leads."""
    whose = Q(hours__office__organisation__in=posts.desks) | Q(hours__police__in=posts.lead_of)
    return (
        Lane.objects.filter(whose, hours__day=berlin_day(now), hours__ends__gt=berlin(now).time())
        .exclude(hours__state=OfficeHours.State.CANCELLED)
        .exclude(officer=None)
        .select_related("officer", "hours__office")
        .order_by("hours__starts", "hours", "number")
    )
