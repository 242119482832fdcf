"""What a firm has to be told on the telephone: a mail does not reach it, too late, or got no answer."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, PhoneTask
from partnership.blocked_addresses import blocked_among
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import clock_text, short_moment

SOON = datetime.timedelta(hours=3)
TAKEN_FOR = datetime.timedelta(minutes=15)
"""Whoever says "Ich rufe an" and forgets it keeps nobody else from calling for longer."""

Reason, Result = PhoneTask.Reason, PhoneTask.Result
TELL_OF_A_LOST_TIME = (Reason.MOVED, Reason.CANCELLED)
"""The firm would come in vain: no other reason takes the place of these."""


def needs_call(
    appointment: Appointment, *, now: datetime.datetime, before: datetime.datetime | None = None
) -> bool:
    """`before`: when the talk was to begin, if that is not the appointment's time any more."""
    return not appointment.contact_email or (before or appointment.starts_at) - now < SOON


def those_who_read_mail(appointments: Collection[Appointment]) -> set[int]:
    """Keys of those with an address that mails have not come back from; one statement for all."""
    blocked = blocked_among(appointment.contact_email for appointment in appointments)
    return {a.pk for a in appointments if a.contact_email and a.contact_email.lower() not in blocked}


def is_call_open(appointment: Appointment) -> bool:
    return PhoneTask.objects.filter(appointment=appointment, done_at=None).exists()


def ask_for_call(
    *,
    appointment: Appointment,
    reason: PhoneTask.Reason,
    why: str = "",
    before: datetime.datetime | None = None,
    actor: Person | None = None,
) -> PhoneTask:
    """Open the call, or give the open one its new reason, due at once; under the lock on the hours.

    An open call for a weightier reason stays as it is, and so does one that waits for the same answer.
    """
    task = _open_call_of(appointment)
    if task and not _outweighs(reason, Reason(task.reason)):
        return task
    if task is None:
        task = PhoneTask.objects.create(appointment=appointment, reason=reason, why=why, before=before)
    else:
        task.reason, task.why, task.before = reason, why, task.before or before
        task.due_at = timezone.now()
        task.save(update_fields=["reason", "why", "before", "due_at"])
    log_act(
        act="phone_task.opened",
        thing=appointment,
        actor=actor,
        organisation=appointment.host,
        detail={"reason": reason.value},
    )
    return task


def end_call(
    *,
    appointment: Appointment,
    result: PhoneTask.Result,
    actor: Person | None,
    only: Collection[PhoneTask.Reason] = tuple(Reason),
) -> None:
    """The firm knows, or need not know any more: it has acted itself, has just been spoken to, or what it was
    to be asked is settled. `only`: calls for these reasons. Under the lock on the hours."""
    task = _open_call_of(appointment)
    if task and task.reason in only:
        _finish(task, result, actor)


def too_late_at(task: PhoneTask) -> datetime.datetime:
    """When somebody stands before a closed door, or what the firm is asked about is gone."""
    appointment = task.appointment
    if task.reason in TELL_OF_A_LOST_TIME:
        return min(task.before or appointment.starts_at, appointment.starts_at)
    if appointment.state == Appointment.State.UNCONFIRMED and appointment.confirm_by:
        return min(appointment.confirm_by, appointment.starts_at)
    if appointment.state == Appointment.State.PROPOSED and appointment.held_until:
        return min(appointment.held_until, appointment.starts_at)
    return appointment.starts_at


def taken_by_other(task: PhoneTask, person: Person, *, now: datetime.datetime) -> Person | None:
    """Who is on it right now, unless it is the person."""
    return task.taken_by if is_taken(task, now=now) and task.taken_by_id != person.pk else None


def is_taken(task: PhoneTask, *, now: datetime.datetime) -> bool:
    return task.taken_by_id is not None and task.taken_at is not None and task.taken_at > now - TAKEN_FOR


def what_was_seen(task: PhoneTask) -> str:
    """Changes with whatever changes what is to be said."""
    return f"{task.reason}-{task.appointment.calendar_sequence}-{task.appointment.state}"


@transaction.atomic
def take_call(*, task_id: int, actor: Person) -> PhoneTask:
    """'Ich rufe an': others see who it is, for fifteen minutes. Saying it again begins anew."""
    task = _lock(task_id, actor)
    task.taken_by, task.taken_at = actor, timezone.now()
    task.save(update_fields=["taken_by", "taken_at"])
    return task


@transaction.atomic
def leave_call(*, task_id: int, actor: Person) -> PhoneTask:
    """Not called after all; the next one may."""
    task = _lock(task_id, actor)
    _free(task)
    task.save(update_fields=["taken_by", "taken_at"])
    return task


@transaction.atomic
def finish_call(*, task_id: int, result: PhoneTask.Result, seen: str, actor: Person) -> PhoneTask:
    """The firm knows, or need not know any more. `seen`: `what_was_seen` when the page was read."""
    task = _lock(task_id, actor)
    _refuse_outdated(task, seen)
    _finish(task, result, actor)
    return task


@transaction.atomic
def call_again(*, task_id: int, again_at: datetime.datetime, seen: str, actor: Person) -> PhoneTask:
    """Nobody answered: the call comes back at `again_at`, and nobody is on it until then."""
    task = _lock(task_id, actor)
    _refuse_outdated(task, seen)
    now = timezone.now()
    if again_at <= now:
        raise Refusal(_("Diese Uhrzeit ist schon vorbei. Wählen Sie eine spätere."))
    _refuse_too_late(task, again_at, now=now)
    _free(task)
    task.attempts += 1
    task.tried_at, task.due_at = now, again_at
    task.save(update_fields=["taken_by", "taken_at", "attempts", "tried_at", "due_at"])
    log_act(
        act="phone_task.not_reached",
        thing=task.appointment,
        actor=actor,
        organisation=task.appointment.host,
        detail={"again": short_moment(again_at)},
    )
    return task


def _lock(task_id: int, actor: Person) -> PhoneTask:
    """The open call that nobody else is on.

    The row alone: what is joined to it would be as it was before the wait for the lock.
    """
    task = PhoneTask.objects.select_for_update(no_key=True).get(pk=task_id)
    if task.done_at:
        raise Refusal(
            _("Dieser Anruf ist schon erledigt: %(result)s, %(when)s.")
            % {"result": task.get_result_display(), "when": clock_text(task.done_at)}
        )
    if other := taken_by_other(task, actor, now=timezone.now()):
        assert task.taken_at is not None
        raise Refusal(
            _("%(name)s ruft gerade an, seit %(when)s. Nehmen Sie den nächsten Anruf.")
            % {"name": other.name, "when": clock_text(task.taken_at)}
        )
    return task


def _refuse_outdated(task: PhoneTask, seen: str) -> None:
    if what_was_seen(task) != seen:
        raise Refusal(
            _("Inzwischen hat sich dieser Termin noch einmal geändert. Lesen Sie, was jetzt zu sagen ist.")
        )


def _refuse_too_late(task: PhoneTask, again_at: datetime.datetime, *, now: datetime.datetime) -> None:
    if task.reason in TELL_OF_A_LOST_TIME:
        if task.before and now < task.before <= again_at:
            raise Refusal(
                _("Der alte Termin war für %(when)s vereinbart. Rufen Sie davor noch einmal an.")
                % {"when": clock_text(task.before)}
            )
    elif now < too_late_at(task) <= again_at:
        raise Refusal(
            _("Die Firma kann nur bis %(when)s antworten. Rufen Sie davor noch einmal an.")
            % {"when": short_moment(too_late_at(task))}
        )


def _outweighs(reason: PhoneTask.Reason, open_reason: PhoneTask.Reason) -> bool:
    """Lost times before anything else; a mail that did not arrive before an answer that did not come."""
    if reason in TELL_OF_A_LOST_TIME:
        return True
    return open_reason not in (*TELL_OF_A_LOST_TIME, Reason.BOUNCED, reason)


def _open_call_of(appointment: Appointment) -> PhoneTask | None:
    """Locked, so that nobody finishes it with words that do not hold any more."""
    rows = PhoneTask.objects.select_for_update(no_key=True)
    return rows.filter(appointment=appointment, done_at=None).first()


def _finish(task: PhoneTask, result: PhoneTask.Result, actor: Person | None) -> None:
    task.result, task.done_at, task.done_by = result, timezone.now(), actor
    task.save(update_fields=["result", "done_at", "done_by"])
    log_act(
        act="phone_task.done",
        thing=task.appointment,
        actor=actor,
        organisation=task.appointment.host,
        detail={"result": result.value},
    )


def _free(task: PhoneTask) -> None:
    task.taken_by, task.taken_at = None, None
