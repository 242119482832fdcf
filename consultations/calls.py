"""Calls as the desk reads them: whom, why, what to say, what else could be offered. Ready strings."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.firm_hits import NEW
from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.offers import choice_value
from consultations.phone_tasks import TAKEN_FOR, is_taken, taken_by_other, what_was_seen
from consultations.queries import calls_visible_to, free_times, nearest_times
from partnership.models import Person
from partnership.phone_numbers import dialled
from partnership.rules import Posts
from partnership.times import berlin_day, clock_span, clock_text, long_date, long_moment, short_moment

TIMES_OFFERED = 4
DONE_SHOWN = 10
State = Appointment.State
GONE = (State.CANCELLED, State.EXPIRED)
HELD_ALREADY = (State.ATTENDED, State.MISSED)


@dataclass(frozen=True, slots=True)
class CallRow:
    """`urgency` is when somebody would come in vain; `is_urgent` today. `who` is on it, by name."""

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
    """`script` is read aloud, sentence by sentence."""

    row: CallRow
    reference: str
    email: str
    script: list[str]
    times: list[OtherTime]
    times_url: str
    free_again: str
    seen: str


def count_calls(posts: Posts) -> int:
    """All that are open, those for later too: an entry of the menu that comes and goes would hide them."""
    return calls_visible_to(posts).filter(done_at=None).count()


def lay_out_calls(posts: Posts, *, person: Person, now: datetime.datetime) -> CallList:
    """What is due, by the time at which somebody would come in vain; what waits; today's finished ones."""
    open_calls = sorted(
        calls_visible_to(posts).filter(done_at=None), key=lambda task: (_counts_from(task), task.pk)
    )
    done = (
        calls_visible_to(posts).filter(done_at__gte=now - datetime.timedelta(hours=24)).order_by("-done_at")
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
    moment = _counts_from(task)
    is_on_it = is_taken(task, now=now)
    return CallRow(
        pk=task.pk,
        firm=appointment.firm_name,
        contact=appointment.contact_name,
        phone=appointment.contact_phone,
        tel=dialled(appointment.contact_phone),
        badge=_badge(task),
        urgency=_day_words(moment, now=now),
        is_urgent=now < moment and berlin_day(moment) == berlin_day(now),
        sentence=_what_changed(task),
        office=_hours(appointment).office.name,
        again=_("wieder %(when)s") % {"when": _day_words(task.due_at, now=now)} if task.due_at > now else "",
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
        script=_script(task, now=now),
        times=_other_times(appointment, posts, now=now),
        times_url=_url(appointment),
        free_again=clock_text(task.taken_at + TAKEN_FOR) if task.taken_at else "",
        seen=what_was_seen(task),
    )


def _hours(appointment: Appointment) -> OfficeHours:
    assert appointment.lane is not None
    return appointment.lane.hours


def _counts_from(task: PhoneTask) -> datetime.datetime:
    """When a firm that knows nothing stands before the door: the old time, or the new one it misses."""
    return min(task.before or task.appointment.starts_at, task.appointment.starts_at)


def _badge(task: PhoneTask) -> str:
    state = task.appointment.state
    if state in HELD_ALREADY:
        return _("Gespräch vorbei")
    if state == State.EXPIRED:
        return _("nicht bestätigt")
    return _("abgesagt") if state == State.CANCELLED else _("verschoben")


def _what_changed(task: PhoneTask) -> str:
    """One sentence for the list."""
    appointment = task.appointment
    words = {
        "before": short_moment(task.before or appointment.starts_at),
        "now": short_moment(appointment.starts_at),
        "office": _hours(appointment).office.name,
    }
    if appointment.state in GONE:
        return _("%(before)s, %(office)s: findet nicht statt.") % words
    return _("%(before)s findet nicht statt, neu: %(now)s, %(office)s.") % words


def _script(task: PhoneTask, *, now: datetime.datetime) -> list[str]:
    appointment = task.appointment
    hours = _hours(appointment)
    before = task.before or appointment.starts_at
    words = {
        "chamber": appointment.host.short_name if appointment.host else "",
        "firm": appointment.firm_name,
        "before": _spoken(before, now=now),
        "new": f"{_spoken_day(appointment.starts_at, now=now)}, "
        + clock_span(appointment.starts_at, appointment.ends_at),
        "office": hours.office.name,
        "address": hours.office.address,
        "room": hours.room.name if hours.room else "",
        "reason": task.why.rstrip("."),
    }
    said = [
        _(
            "Guten Tag, hier ist die %(chamber)s. "
            "Es geht um den Termin bei der Polizei, den die Firma %(firm)s gebucht hat."
        )
        % words
    ]
    if before <= now:
        said.append(_("Der Termin %(before)s konnte nicht stattfinden.") % words)
    elif appointment.state in GONE:
        said.append(_("Den Termin %(before)s, %(office)s, müssen wir absagen.") % words)
    else:
        said.append(_("Der Termin %(before)s kann nicht stattfinden.") % words)
    if task.why:
        said.append(_("Der Grund: %(reason)s.") % words)
    said.append(_("Wir bitten um Entschuldigung."))
    if appointment.state in GONE:
        return [*said, _("Ich kann Ihnen andere Zeiten nennen.")]
    said.append(_("Wir haben für Sie eine neue Zeit eingetragen: %(new)s.") % words)
    said.append(_("Der Ort: %(office)s, %(address)s.") % words)
    if words["room"]:
        said.append(_("Der Raum: %(room)s.") % words)
    if appointment.state == State.UNCONFIRMED:
        said.append(_("Bitte bestätigen Sie die neue Zeit mit dem Link in unserer E-Mail."))
        return said
    return [*said, _("Passt Ihnen das?")]


def _other_times(appointment: Appointment, posts: Posts, *, now: datetime.datetime) -> list[OtherTime]:
    """In the houses that this desk can book. What is not confirmed yet is moved by its firm alone."""
    if appointment.state == State.UNCONFIRMED or appointment.state in HELD_ALREADY:
        return []
    hours = _hours(appointment)
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


def _day_words(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """'heute, 10:30 Uhr' or 'Do 26.11.2026, 10:30 Uhr'."""
    if berlin_day(moment) == berlin_day(now):
        return _("heute, %(clock)s") % {"clock": clock_text(moment)}
    return short_moment(moment)


def _spoken(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    """'heute um 10:30 Uhr' or 'am Dienstag, 24. November 2026, um 10:30 Uhr'."""
    if berlin_day(moment) == berlin_day(now):
        return _("heute um %(clock)s") % {"clock": clock_text(moment)}
    return _("am %(day)s, um %(clock)s") % {"day": long_date(berlin_day(moment)), "clock": clock_text(moment)}


def _spoken_day(moment: datetime.datetime, *, now: datetime.datetime) -> str:
    day = berlin_day(moment)
    return _("heute") if day == berlin_day(now) else long_date(day)


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
    by = task.done_by.name if task.done_by else _("die Firma hat selbst geantwortet")
    words = {"result": task.get_result_display(), "when": short_moment(done_at), "by": by}
    return DoneRow(
        pk=task.pk,
        firm=task.appointment.firm_name,
        reference=task.appointment.reference,
        words=_("%(result)s, %(when)s, %(by)s") % words,
    )
