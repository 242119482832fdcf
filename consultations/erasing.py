"""What a chamber keeps of somebody's appointments, and how it is emptied: state, time and place stay."""

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.booking import cancel_by_firm
from consultations.deadlines import may_still_change
from consultations.models import Appointment, Concern, PhoneTask
from consultations.taking_time import lock_hours_unread
from partnership.erasing import Holder, Holding
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Organisation, Person
from partnership.outbox import forget_mails, mails_about
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal
from partnership.times import long_moment

State = Appointment.State
NOBODYS = (State.HELD, State.PROPOSED)
NOBODY = "(gelöscht)"
"""In place of a firm's name: the database wants one for whatever was booked."""


def appointments_about(person: Person) -> QuerySet[Appointment]:
    """The person's own, and those booked for the confirmed address that nobody has claimed. What is only
    offered goes with the place on the waiting list.
    """
    whose = Q(person=person)
    if has_confirmed_address(person):
        whose |= Q(person__isnull=True, contact_email__iexact=person.email)
    return Appointment.objects.filter(whose).exclude(state__in=NOBODYS).exclude(firm_name="")


def holdings(person: Person) -> list[Holding]:
    now = timezone.now()
    found = appointments_about(person).filter(host__isnull=False)
    found = found.select_related("lane__hours__office", "partnership")
    return [
        Holding(
            words=_("Termin %(reference)s, %(when)s, %(office)s, %(state)s")
            % {
                "reference": appointment.reference,
                "when": long_moment(appointment.starts_at),
                "office": appointment.lane.hours.office.name if appointment.lane else "",
                "state": appointment.get_state_display(),
            },
            organisation_id=appointment.host_id or 0,
            holds=_is_coming(appointment) and appointment.ends_at > now,
            url=_cancel_url(appointment, person),
        )
        for appointment in found.order_by("period", "pk")
    ]


def give_up_coming(person: Person) -> None:
    """Cancel what the firm may still cancel by itself; what begins sooner stays and keeps its part open."""
    coming = list(appointments_about(person).filter(state__in=Appointment.UPCOMING).select_related("lane"))
    lock_hours_unread(*{a.lane.hours_id for a in coming if a.lane})
    for appointment in coming:
        fresh = Appointment.objects.select_related("partnership").get(pk=appointment.pk)
        if fresh.state in Appointment.UPCOMING and may_still_change(fresh):
            cancel_by_firm(appointment_id=fresh.pk, actor=person)


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Whom and what it was about goes; that there was an appointment stays. Refused before it is over."""
    keys = list(appointments_about(person).filter(host=organisation).values_list("pk", "lane__hours_id"))
    lock_hours_unread(*{hours for _key, hours in keys if hours})
    rows = Appointment.objects.filter(pk__in=[key for key, _hours in keys]).select_related("police")
    erased: list[Model] = []
    for appointment in rows.order_by("pk"):
        if _is_coming(appointment) and appointment.ends_at > timezone.now():
            raise Refusal(
                _("Es steht noch ein Termin an. Löschen lässt sich erst, wenn er vorbei oder abgesagt ist.")
            )
        _empty(appointment)
        log_act(act="appointment.erased", thing=appointment, organisation=organisation)
        log_act(act="appointment.concern_erased", thing=appointment, organisation=appointment.police)
        erased.append(appointment)
    return erased


def _cancel_url(appointment: Appointment, person: Person) -> str:
    """Where the person cancels it; empty for what is over, too late or not claimed."""
    if appointment.person_id != person.pk or not _is_coming(appointment) or not may_still_change(appointment):
        return ""
    return reverse("own_appointments:cancel", args=[appointment.reference])


def _is_coming(appointment: Appointment) -> bool:
    return appointment.state in Appointment.UPCOMING


def _empty(appointment: Appointment) -> None:
    """Nobody is left to be called either."""
    Concern.objects.filter(appointment=appointment).delete()
    PhoneTask.objects.filter(appointment=appointment, done_at__isnull=True).delete()
    revoke_links(thing=appointment)
    forget_mails(mails_about(appointment))
    appointment.firm = appointment.person = None
    appointment.firm_name = NOBODY
    appointment.contact_name = appointment.contact_email = appointment.contact_phone = ""
    appointment.membership_number = appointment.cancel_reason = ""
    appointment.save(
        update_fields=[
            *("firm", "person", "firm_name", "contact_name", "contact_email", "contact_phone"),
            *("membership_number", "cancel_reason"),
        ]
    )


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)
