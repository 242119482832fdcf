"""What somebody leaves open at the end of a post, and what is planned in houses. Firms are not named."""

import datetime
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Appointment, Lane, OfficeHours, VisitRequest
from consultations.whereabouts import PLACE, officer_of, place_words, visit_of
from partnership.models import Post
from partnership.open_tasks import OpenTask, Plans
from partnership.times import at_wall_time, berlin_day, clock_text, short_date, today

State = Appointment.State


def open_tasks_of(posts: Collection[Post]) -> dict[int, list[OpenTask]]:
    """Post key -> an officer's consents, places in office hours and visits after the end, what has no
    outcome, and requests for visits without an appointment.

    A desk's days and appointments are the chamber's, whoever entered them. Five statements.
    """
    posts = [post for post in posts if post.role == Post.Role.OFFICER]
    if not posts:
        return {}
    officers = {post.person_id for post in posts}
    lanes = _lanes_ahead(officers)
    lacking = _without_outcome(officers)
    visits = _visits_ahead(officers)
    requests = list(VisitRequest.objects.filter(officer__in=officers, state=VisitRequest.State.TAKEN))
    held: dict[tuple[int, int | None], list[Post]] = {}
    for post in Post.objects.filter(person__in=officers, role=Post.Role.OFFICER):
        held.setdefault((post.person_id, post.organisation_id), []).append(post)
    return {
        post.pk: _tasks_of(
            post,
            held[post.person_id, post.organisation_id],
            lanes=lanes,
            visits=visits,
            lacking=lacking,
            requests=requests,
        )
        for post in posts
    }


def planned(plans: Plans) -> list[str]:
    """'3 Sprechtage, 7 gebuchte Termine', '2 Besuche', or nothing."""
    return [*_planned_hours(plans), *_planned_visits(plans)]


def _planned_visits(plans: Plans) -> list[str]:
    since = at_wall_time(max(plans.since, today()), datetime.time())
    visits = Appointment.objects.filter(
        police=plans.police,
        mode=Appointment.Mode.ON_SITE,
        state=State.CONFIRMED,
        period__startswith__gte=since,
    )
    if plans.partnership:
        visits = visits.filter(partnership=plans.partnership)
    count = visits.count() if plans.police else 0
    return [ngettext("%(number)d Besuch", "%(number)d Besuche", count) % {"number": count}] if count else []


def _planned_hours(plans: Plans) -> list[str]:
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
    *,
    lanes: list[Lane],
    visits: list[Appointment],
    lacking: list[Appointment],
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
    for visit in visits:
        day = berlin_day(visit.starts_at)
        goes_on = any(_covers(other, day) for other in others)
        if _is_of(post, visit) and post.ends and day > post.ends and not goes_on:
            found.append(_visit_task(visit))
    found += [_outcome_task(appointment) for appointment in lacking if _is_of(post, appointment)]
    found += [
        _request_task(request)
        for request in requests
        if (request.officer_id, request.police_id) == (post.person_id, post.organisation_id)
    ]
    return found


def _is_of(post: Post, appointment: Appointment) -> bool:
    officer = officer_of(appointment)
    return (officer and officer.pk, appointment.police_id) == (post.person_id, post.organisation_id)


def _covers(post: Post, day: datetime.date) -> bool:
    return post.starts <= day and (post.ends is None or post.ends >= day)


def _lanes_ahead(officers: Collection[int]) -> list[Lane]:
    return list(
        Lane.objects.filter(officer__in=officers, hours__day__gte=today())
        .exclude(hours__state=OfficeHours.State.CANCELLED)
        .select_related("hours__office")
        .order_by("hours__day", "hours__starts", "hours")
    )


def _visits_ahead(officers: Collection[int]) -> list[Appointment]:
    return list(
        Appointment.objects.filter(
            visit__officer__in=officers, state=State.CONFIRMED, period__startswith__gt=timezone.now()
        )
        .select_related(*PLACE, "visit__officer")
        .order_by("period", "pk")
    )


def _without_outcome(officers: Collection[int]) -> list[Appointment]:
    return list(
        Appointment.objects.filter(
            Q(lane__officer__in=officers) | Q(visit__officer__in=officers),
            state=State.CONFIRMED,
            period__endswith__lte=timezone.now(),
        )
        .select_related(*PLACE, "lane__officer", "visit__officer")
        .order_by("period", "pk")
    )


def _day_task(lane: Lane, *, is_after: bool) -> OpenTask:
    what = _("nach dem Ende der Funktion eingeplant") if is_after else _("Zustimmung steht aus")
    words = {"day": short_date(lane.hours.day), "office": lane.hours.office.name, "what": what}
    return OpenTask(
        words=_("Sprechtag %(day)s, %(office)s: %(what)s") % words,
        url=reverse("appointments:hours_detail", args=[lane.hours_id]),
    )


def _visit_task(visit: Appointment) -> OpenTask:
    words = {"day": short_date(berlin_day(visit.starts_at)), "place": place_words(visit)}
    return OpenTask(
        words=_("Besuch %(day)s, %(place)s: nach dem Ende der Funktion eingeplant") % words,
        url=reverse("appointments:appointment", args=[visit.reference]),
    )


def _request_task(request: VisitRequest) -> OpenTask:
    """At the end of the post it goes back into the list by itself: `visits/untaken.py`."""
    return OpenTask(
        words=_("Anfrage %(reference)s: Besuch noch nicht vereinbart") % {"reference": request.reference},
        url=reverse("appointments:visit_request", args=[request.reference]),
    )


def _outcome_task(appointment: Appointment) -> OpenTask:
    words = {
        "day": short_date(berlin_day(appointment.starts_at)),
        "time": clock_text(appointment.starts_at),
        "office": place_words(appointment),
    }
    sentence = _("Gespräch %(day)s, %(time)s, %(office)s: Ergebnis fehlt")
    if visit_of(appointment):
        sentence = _("Besuch %(day)s, %(time)s, %(office)s: Ergebnis fehlt")
    return OpenTask(
        words=sentence % words,
        url=reverse("appointments:outcome", args=[appointment.reference]),
    )
