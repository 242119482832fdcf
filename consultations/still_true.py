"""What a mail that was written earlier says: does it hold at the moment it leaves?"""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from consultations.models import Appointment, Reminder, VisitRequest, WaitingOffer
from consultations.reminders import TOO_LATE
from consultations.visit_reports.uptake import visits_with_open_advice
from partnership.models import OutgoingMail
from partnership.times import today

State = Appointment.State


def reminder_holds(mail: OutgoingMail) -> bool:
    """The talk stands as it did, is not too near, the address is the same, no later reminder is due."""
    appointment = _subject(mail)
    if appointment is None or appointment.calendar_sequence != mail.content["sequence"]:
        return False
    now = timezone.now()
    if appointment.state != State.CONFIRMED or appointment.starts_at - now < TOO_LATE:
        return False
    return mail.content["kind"] != Reminder.Kind.WEEK or not _later_is_due(appointment, now=now)


def question_holds(mail: OutgoingMail) -> bool:
    """The booking still waits for its yes."""
    appointment = _subject(mail)
    return (
        appointment is not None
        and appointment.state == State.UNCONFIRMED
        and appointment.confirm_by is not None
        and appointment.confirm_by > timezone.now()
    )


def evening_holds(mail: OutgoingMail) -> bool:
    """Before the day itself."""
    return today() < datetime.date.fromisoformat(mail.content["about_day"])


def morning_holds(mail: OutgoingMail) -> bool:
    return today() == datetime.date.fromisoformat(mail.content["about_day"])


def outcome_is_missing(mail: OutgoingMail) -> bool:
    """Of one of its talks at least."""
    numbers = [row["reference"] for row in mail.content["rows"]]
    return Appointment.objects.filter(reference__in=numbers, state=State.CONFIRMED).exists()


def offer_holds(mail: OutgoingMail) -> bool:
    """Somebody who waits can still say yes."""
    open_offers = WaitingOffer.objects.filter(waiting=mail.object_id or 0, outcome="")
    return open_offers.filter(expires_at__gt=timezone.now()).exists()


def times_are_open(mail: OutgoingMail) -> bool:
    """The firm can still choose one of the times for its visit."""
    times = Appointment.objects.filter(visit__request__in=_requests_of(mail), state=State.PROPOSED)
    is_freed = mail.kind == "visit_freed_time"
    return times.filter(held_until__gt=timezone.now(), offer__isnull=not is_freed).exists()


def request_is_untaken(mail: OutgoingMail) -> bool:
    """One of the requests at least still waits for somebody to take it."""
    keys = mail.content["about"]
    return VisitRequest.objects.filter(pk__in=keys, state=VisitRequest.State.OPEN).exists()


def request_question_holds(mail: OutgoingMail) -> bool:
    """The request still waits for its yes."""
    waiting = _requests_of(mail).filter(state=VisitRequest.State.UNCONFIRMED)
    return waiting.filter(confirm_by__gt=timezone.now()).exists()


def request_waits(mail: OutgoingMail) -> bool:
    """It brings the firm the link to its page, as long as no appointment stands."""
    return _requests_of(mail).filter(state__in=VisitRequest.WAITING).exists()


def uptake_is_open(mail: OutgoingMail) -> bool:
    """Something is left to tell, and nobody has said that they want no questions."""
    open_ones = visits_with_open_advice().filter(reports=mail.object_id or 0)
    return open_ones.filter(uptake_quiet_since__isnull=True).exists()


CHECKS = {
    "uptake_asked": uptake_is_open,
    "visit_times": times_are_open,
    "visit_freed_time": times_are_open,
    "visit_untaken": request_is_untaken,
    "visit_confirm": request_question_holds,
    "visit_unconfirmed": request_question_holds,
    "visit_waiting": request_waits,
    "waiting_offer": offer_holds,
    "booking_reminder": reminder_holds,
    "visit_reminder": reminder_holds,
    "booking_unconfirmed": question_holds,
    "officer_tomorrow": evening_holds,
    "desk_today": morning_holds,
    "outcome_missing": outcome_is_missing,
}


def _subject(mail: OutgoingMail) -> Appointment | None:
    """None when it writes to another address by now: the old one's links have ended, too."""
    return Appointment.objects.filter(pk=mail.object_id or 0, contact_email=mail.to_email).first()


def _requests_of(mail: OutgoingMail) -> QuerySet[VisitRequest]:
    """None when it writes to another address by now."""
    return VisitRequest.objects.filter(pk=mail.object_id or 0, contact_email=mail.to_email)


def _later_is_due(appointment: Appointment, *, now: datetime.datetime) -> bool:
    later = Reminder.objects.filter(appointment=appointment, starts_at=appointment.starts_at, due_at__lte=now)
    return later.filter(kind=Reminder.Kind.DAY).exists()
