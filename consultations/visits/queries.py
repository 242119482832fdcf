"""Reading requests for visits: police only, as what a firm confides with one never reaches a chamber."""

import datetime
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations.models import Absence, Appointment, Visit, VisitRequest
from partnership.models import Organisation, Person, Post
from partnership.queries import holders_of, members_of
from partnership.rules import Posts

LONG = datetime.timedelta(days=7)
"""From now to the end of an absence."""


def requests_visible_to(posts: Posts) -> QuerySet[VisitRequest]:
    """The own directorate's; what nobody has confirmed yet is nobody's request."""
    if not posts.police:
        return VisitRequest.objects.none()
    return (
        VisitRequest.objects.filter(police__in=posts.police)
        .exclude(state=VisitRequest.State.UNCONFIRMED)
        .select_related("police", "partnership", "officer", "area", "matter")
    )


def count_untaken(posts: Posts) -> int:
    """What waits for somebody to take it, for the menu."""
    return VisitRequest.objects.filter(police__in=posts.police, state=VisitRequest.State.OPEN).count()


def has_offers() -> Q:
    """The firm has been offered times and has not answered yet."""
    offered = Visit.objects.filter(appointment__state=Appointment.State.PROPOSED)
    return Q(pk__in=offered.values("request"))


def officer_is_away() -> Q:
    """So long that the firm would wait for the officer's return."""
    now = timezone.now()
    absences = Absence.objects.standing().filter(period__contains=now, period__endswith__gt=now + LONG)
    return Q(officer__in=absences.values("officer"))


def officers_for(police: Organisation) -> QuerySet[Person]:
    """Who may be given a request of this directorate today."""
    return holders_of(Post.Role.OFFICER, police.pk)


def is_in_post(person: Person, police: Organisation) -> bool:
    roles = (Post.Role.OFFICER, Post.Role.LEAD)
    return any(holders_of(role, police.pk).filter(pk=person.pk).exists() for role in roles)


def other_directorates(request: VisitRequest) -> QuerySet[Organisation]:
    police = members_of(request.partnership).filter(kind=Organisation.Kind.POLICE)
    return police.exclude(pk=request.police_id)


def away_until(people: Collection[int]) -> dict[int, Absence]:
    """Key of a person who is away now -> the absence that ends last."""
    now = timezone.now()
    rows = Absence.objects.standing().filter(officer__in=people, period__contains=now)
    return {absence.officer_id: absence for absence in rows.order_by("period__endswith", "pk")}


def is_long(absence: Absence, *, now: datetime.datetime) -> bool:
    return absence.ends_at - now > LONG


def earlier_visits(request: VisitRequest) -> QuerySet[Visit]:
    """Others at the same firm, latest first; none while the firm is not known."""
    state = Appointment.State
    if request.firm_id is None:
        return Visit.objects.none()
    return (
        Visit.objects.filter(
            request__firm=request.firm_id,
            request__police=request.police_id,
            appointment__state__in=[state.CONFIRMED, state.ATTENDED, state.MISSED],
        )
        .exclude(request=request.pk)
        .select_related("appointment", "request", "officer")
        .order_by("-appointment__period", "-pk")
    )
