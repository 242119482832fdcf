"""Calls as the desk reads them: whom, why, who is on it, what else could be offered. Ready strings."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.call_words import GONE, day_words, hours_of, words_of
from consultations.models import Appointment, PhoneTask, WaitingOffer
from consultations.offers import choice_value
from consultations.phone_tasks import (
    TAKEN_FOR,
    TELL_OF_A_LOST_TIME,
    is_taken,
    taken_by_other,
    too_late_at,
    what_was_seen,
)
from consultations.queries import calls_visible_to, free_times, nearest_times
from partnership.firm_hits import NEW
from partnership.models import Person
from partnership.phone_numbers import dialled
from partnership.rules import Posts
from partnership.times import berlin_day, clock_text, long_moment, short_moment

TIMES_OFFERED = 4
DONE_SHOWN = 10
State = Appointment.State


@dataclass(frozen=True, slots=True)
class CallRow:
    """`urgency` is when it is too late to call; `is_urgent` today. `who` is on it, by name."""

    pk: int
    firm: str
    contact: str
    phone: str
    tel: str
    badge: str
    urgency: str
    is_urgent: bool
    sentence: str
    office: str
    again: str
    tried: str
    who: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class DoneRow:
    pk: int
    firm: str
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class CallList:
    now: list[CallRow]
    later: list[CallRow]
    done: list[DoneRow]


@dataclass(frozen=True, slots=True)
class OtherTime:
    """`url` leads to the page that moves the appointment there, or books the time anew."""

    when: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class CallPage:
    """`script` is read aloud, sentence by sentence. `can_confirm`: the desk does it with the firm's word.

    `offer` is the key of the open offer from the waiting list, which the firm may take or leave.
    """

    row: CallRow
    reference: str
    email: str
    script: list[str]
    times: list[OtherTime]
    times_url: str
    free_again: str
    seen: str
    can_confirm: bool
    can_correct_address: bool
    offer: int | None


def count_calls(posts: Posts) -> int:
    """All that are open, those for later too: an entry of the menu that comes and goes would hide them."""
    return calls_visible_to(posts).filter(done_at=None).count()


def lay_out_calls(posts: Posts, *, person: Person, now: datetime.datetime) -> CallList:
    """What is due, by the time at which it is too late; what waits; today's finished ones."""
    open_calls = sorted(
        calls_visible_to(posts).filter(done_at=None), key=lambda task: (too_late_at(task), task.pk)
    )
    done = (
        calls_visible_to(posts)
        .filter(done_at__gte=now - datetime.timedelta(hours=24))
        .order_by("-done_at", "-pk")
    )
    return CallList(
        now=[row_of(task, person=person, now=now) for task in open_calls if task.due_at <= now],
        later=[
            row_of(task, person=person, now=now)
            for task in sorted(open_calls, key=lambda task: task.due_at)
            if task.due_at > now
        ],
        done=[_done_row(task) for task in done[:DONE_SHOWN]],
    )


def row_of(task: PhoneTask, *, person: Person, now: datetime.datetime) -> CallRow:
    appointment = task.appointment
    moment, words = too_late_at(task), words_of(task, now=now)
    is_on_it = is_taken(task, now=now)
    return CallRow(
        pk=task.pk,
        firm=appointment.firm_name,
        contact=appointment.contact_name,
        phone=appointment.contact_phone,
        tel=dialled(appointment.contact_phone),
        badge=words.badge,
        urgency=_urgency(task, moment, now=now),
        is_urgent=now < moment and berlin_day(moment) == berlin_day(now),
        sentence=words.sentence,
        office=hours_of(task).office.name,
        again=_("wieder %(when)s") % {"when": day_words(task.due_at, now=now)} if task.due_at > now else "",
        tried=_tried(task),
        who=_on_it(task) if is_on_it and taken_by_other(task, person, now=now) else "",
        is_mine=is_on_it and task.taken_by_id == person.pk,
    )


def compose_call(task: PhoneTask, *, person: Person, posts: Posts, now: datetime.datetime) -> CallPage:
    appointment = task.appointment
    return CallPage(
        row=row_of(task, person=person, now=now),
        reference=appointment.reference,
        email=appointment.contact_email,
        script=words_of(task, now=now).script,
        times=_other_times(task, posts, now=now),
        times_url=_url(appointment),
        free_again=clock_text(task.taken_at + TAKEN_FOR) if task.taken_at else "",
        seen=what_was_seen(task),
        can_confirm=appointment.state == State.UNCONFIRMED and task.reason not in TELL_OF_A_LOST_TIME,
        can_correct_address=appointment.state in Appointment.UPCOMING
        and task.reason == PhoneTask.Reason.BOUNCED,
        offer=_open_offer(task),
    )


def _open_offer(task: PhoneTask) -> int | None:
    if task.reason != PhoneTask.Reason.OFFERED:
        return None
    offers = WaitingOffer.objects.filter(appointment=task.appointment, outcome="")
    return offers.values_list("pk", flat=True).first()


def _other_times(task: PhoneTask, posts: Posts, *, now: datetime.datetime) -> list[OtherTime]:
    """For whoever has lost a time, in the houses that this desk can book. What is not confirmed yet is moved
    by its firm alone."""
    appointment = task.appointment
    has_lost_time = task.reason in TELL_OF_A_LOST_TIME and appointment.state == State.CONFIRMED
    if not (has_lost_time or appointment.state in GONE):
        return []
    hours = hours_of(task)
    free = [
        time
        for time in free_times(partnership=appointment.partnership, now=now)
        if time.hours.office.organisation_id in posts.desks and time.starts_at != appointment.starts_at
    ]
    return [
        OtherTime(
            when=long_moment(time.starts_at),
            place=time.hours.office.name,
            url=f"{_url(appointment)}{'&' if '?' in _url(appointment) else '?'}"
            + urlencode({"zeit": choice_value(time)}),
        )
        for time in nearest_times(free, to=appointment.starts_at, office=hours.office, count=TIMES_OFFERED)
    ]


def _url(appointment: Appointment) -> str:
    """Where another time is chosen: the move of a standing appointment, a new booking for a cancelled one."""
    if appointment.state not in GONE:
        return reverse("appointments:appointment_move", args=[appointment.reference])
    firm = (
        {"firma": str(appointment.firm_id)}
        if appointment.firm_id
        else {"firma": NEW, "suche": appointment.firm_name}
    )
    return f"{reverse('appointments:book_for_caller')}?{urlencode(firm)}"


def _urgency(task: PhoneTask, moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """Until when an answer helps, or when the talk begins."""
    words = day_words(moment, now=now)
    if moment < task.appointment.starts_at and task.reason not in TELL_OF_A_LOST_TIME:
        return _("bis %(when)s") % {"when": words}
    return words


def _tried(task: PhoneTask) -> str:
    if not task.attempts or task.tried_at is None:
        return ""
    return ngettext(
        "Einmal nicht erreicht, %(when)s.", "%(count)d-mal nicht erreicht, zuletzt %(when)s.", task.attempts
    ) % {"count": task.attempts, "when": short_moment(task.tried_at)}


def _on_it(task: PhoneTask) -> str:
    assert task.taken_by is not None
    assert task.taken_at is not None
    return _("%(name)s ruft gerade an, seit %(when)s.") % {
        "name": task.taken_by.name,
        "when": clock_text(task.taken_at),
    }


def _done_row(task: PhoneTask) -> DoneRow:
    done_at = task.done_at or timezone.now()
    by = task.done_by.name if task.done_by else _("ohne Anruf erledigt")
    words = {"result": task.get_result_display(), "when": short_moment(done_at), "by": by}
    return DoneRow(
        pk=task.pk,
        firm=task.appointment.firm_name,
        reference=task.appointment.reference,
        words=_("%(result)s, %(when)s, %(by)s") % words,
    )
