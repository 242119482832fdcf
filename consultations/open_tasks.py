"""What somebody leaves open at the end of a post, and what is planned in houses. Firms are not named."""

import datetime
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Appointment, Lane, OfficeHours, VisitRequest
from partnership.models import Post
from partnership.open_tasks import OpenTask, Plans
from partnership.times import clock_text, short_date, today

State = Appointment.State


def open_tasks_of(posts: Collection[Post]) -> dict[int, list[OpenTask]]:
    """Post key -> an officer's consents, places in office hours after the end, talks without outcome, and
    requests for visits without an appointment.

    A desk's days and appointments are the chamber's, whoever entered them. Three statements, and one more for
    those who hold the same post anew.
    """
    posts = [post for post in posts if post.role == Post.Role.OFFICER]
    if not posts:
        return {}
    officers = {post.person_id for post in posts}
    lanes = _lanes_ahead(officers)
    talks = _talks_without_outcome(officers)
    requests = list(VisitRequest.objects.filter(officer__in=officers, state=VisitRequest.State.TAKEN))
    held: dict[tuple[int, int | None], list[Post]] = {}
    for post in Post.objects.filter(person__in=officers, role=Post.Role.OFFICER):
        held.setdefault((post.person_id, post.organisation_id), []).append(post)
    return {
        post.pk: _tasks_of(post, held[post.person_id, post.organisation_id], lanes, talks, requests)
        for post in posts
    }


def planned(plans: Plans) -> list[str]:
    """'3 Sprechtage, 7 gebuchte Termine', or nothing."""
    where = Q(office__in=plans.offices)
    if plans.police:
        where |= Q(police=plans.police)
    hours = OfficeHours.objects.filter(where, day__gte=max(plans.since, today())).exclude(
        state=OfficeHours.State.CANCELLED
    )
    if plans.partnership:
        hours = hours.filter(partnership=plans.partnership)
    days = hours.count()
    if not days:
        return []
    booked = Appointment.objects.filter(lane__hours__in=hours, state__in=Appointment.UPCOMING).count()
    return [
        _("%(days)s, %(booked)s")
        % {
            "days": ngettext("%(number)d Sprechtag", "%(number)d Sprechtage", days) % {"number": days},
            "booked": ngettext("%(number)d gebuchter Termin", "%(number)d gebuchte Termine", booked)
            % {"number": booked},
        }
    ]


def _tasks_of(
    post: Post,
    held: list[Post],
    lanes: list[Lane],
    talks: list[Appointment],
    requests: list[VisitRequest],
) -> list[OpenTask]:
    """`held` are all posts of this kind that the person has or had there: a later one takes over."""
    others = [other for other in held if other.pk != post.pk]
    ended = post.ends is not None and post.ends < today()
    if ended and any(_covers(other, today()) for other in others):
        return []
    found = []
    for lane in lanes:
        if (lane.officer_id, lane.hours.police_id) == (post.person_id, post.organisation_id):
            is_after = bool(post.ends and lane.hours.day > post.ends)
            if is_after and any(_covers(other, lane.hours.day) for other in others):
                continue
            if is_after or (lane.hours.state == OfficeHours.State.DRAFT and lane.agreed_at is None):
                found.append(_day_task(lane, is_after=is_after))
    for talk in talks:
        assert talk.lane is not None
        if (talk.lane.officer_id, talk.police_id) == (post.person_id, post.organisation_id):
            found.append(_talk_task(talk))
    found += [
        _request_task(request)
        for request in requests
        if (request.officer_id, request.police_id) == (post.person_id, post.organisation_id)
    ]
    return found


def _covers(post: Post, day: datetime.date) -> bool:
    return post.starts <= day and (post.ends is None or post.ends >= day)


def _lanes_ahead(officers: Collection[int]) -> list[Lane]:
    return list(
        Lane.objects.filter(officer__in=officers, hours__day__gte=today())
        .exclude(hours__state=OfficeHours.State.CANCELLED)
        .select_related("hours__office")
        .order_by("hours__day", "hours__starts", "hours")
    )


def _talks_without_outcome(officers: Collection[int]) -> list[Appointment]:
    return list(
        Appointment.objects.filter(
            lane__officer__in=officers, state=State.CONFIRMED, period__endswith__lte=timezone.now()
        )
        .select_related("lane__hours__office")
        .order_by("period", "pk")
    )


def _day_task(lane: Lane, *, is_after: bool) -> OpenTask:
    what = _("nach dem Ende der Funktion eingeplant") if is_after else _("Zustimmung steht aus")
    words = {"day": short_date(lane.hours.day), "office": lane.hours.office.name, "what": what}
    return OpenTask(
        words=_("Sprechtag %(day)s, %(office)s: %(what)s") % words,
        url=reverse("appointments:hours_detail", args=[lane.hours_id]),
    )


def _request_task(request: VisitRequest) -> OpenTask:
    """At the end of the post it goes back into the list by itself: `visits/untaken.py`."""
    return OpenTask(
        words=_("Anfrage %(reference)s: Besuch noch nicht vereinbart") % {"reference": request.reference},
        url=reverse("appointments:visit_request", args=[request.reference]),
    )


def _talk_task(talk: Appointment) -> OpenTask:
    assert talk.lane is not None
    words = {
        "day": short_date(talk.lane.hours.day),
        "time": clock_text(talk.starts_at),
        "office": talk.lane.hours.office.name,
    }
    return OpenTask(
        words=_("Gespräch %(day)s, %(time)s, %(office)s: Ergebnis fehlt") % words,
        url=reverse("appointments:outcome", args=[talk.reference]),
    )
