"""What it means to empty an appointment: whom and what it was about goes, state, time and place stay.

Of what was confided only the bare topic of what was booked stays, which the numbers count.
"""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from consultations.models import Appointment, Concern, PhoneTask
from consultations.models.appointments import BARE
from consultations.numbers.counting import IS_BOOKED
from partnership.journal import log_act, unname_firms
from partnership.links import revoke_links_of
from partnership.outbox import forget_mails, mails_about_all

State = Appointment.State
NOBODY = "(gelöscht)"
"""In place of a firm's name: the database wants one for whatever was booked."""


def empty_appointments(keys: Collection[int]) -> None:
    """The caller holds the locks on their hours. Logged for host and police, each for its part."""
    now = timezone.now()
    rows = Appointment.objects.filter(pk__in=keys, emptied_at__isnull=True)
    found = list(rows.select_related("host", "police").order_by("pk"))
    keys = [appointment.pk for appointment in found]
    _end_what_comes(keys)
    empty_concerns(keys)
    booked = Appointment.objects.filter(IS_BOOKED, pk__in=keys)
    Concern.objects.filter(pk__in=keys).exclude(appointment__in=booked).delete()
    PhoneTask.objects.filter(appointment__in=keys, done_at__isnull=True).delete()
    PhoneTask.objects.filter(appointment__in=keys).update(why="")
    revoke_links_of(Appointment, keys)
    forget_mails(mails_about_all(Appointment, keys))
    unname_firms(Appointment, keys)
    Appointment.objects.filter(pk__in=keys).update(
        emptied_at=now,
        firm=None,
        person=None,
        firm_name=NOBODY,
        chamber=None,
        **dict.fromkeys(("contact_name", "contact_email", "contact_phone"), ""),
        **dict.fromkeys(("membership_number", "cancel_reason", "held_by"), ""),
    )
    for appointment in found:
        log_act(
            act="appointment.erased", thing=appointment, organisation=appointment.host or appointment.police
        )
        log_act(act="appointment.concern_erased", thing=appointment, organisation=appointment.police)


def empty_concerns(keys: Collection[int]) -> None:
    Concern.objects.filter(pk__in=keys).update(**BARE)


def full_concerns() -> QuerySet[Concern]:
    """Those that hold more than a topic."""
    return Concern.objects.exclude(**BARE)


def full_appointments() -> QuerySet[Appointment]:
    """Holds carry nobody's data."""
    return Appointment.objects.filter(emptied_at__isnull=True).exclude(firm_name="")


def _end_what_comes(keys: Collection[int]) -> None:
    """Only what is over or cancelled is ever erased. What comes all the same is of a restored backup."""
    coming = Q(state__in=Appointment.UPCOMING, period__endswith__gt=timezone.now())
    Appointment.objects.filter(coming | Q(state=State.UNCONFIRMED), pk__in=keys).update(
        state=State.CANCELLED,
        cancelled_by=Appointment.CancelledBy.FIRM,
        calendar_sequence=F("calendar_sequence") + 1,
    )
