"""What a chamber keeps of somebody's appointments, and police of visits, and when it may be emptied."""

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.booking import cancel_by_firm
from consultations.deadlines import may_still_change
from consultations.emptying import empty_appointments
from consultations.models import Appointment
from consultations.taking_time import lock_hours_unread, lock_requests_of_visits
from consultations.visits.changing import cancel_visit
from consultations.whereabouts import PLACE, place_words
from partnership.erasing import Holder, Holding
from partnership.models import Organisation, Person
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal
from partnership.retention.holds import held_things, refuse_held
from partnership.times import long_moment

State = Appointment.State
NOBODYS = (State.HELD, State.PROPOSED)


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
    found = appointments_about(person).select_related(*PLACE)
    kept = set(found.filter(held_things(Appointment)).values_list("pk", flat=True))
    return [
        Holding(
            words=_("Termin %(reference)s, %(when)s, %(office)s, %(state)s")
            % {
                "reference": appointment.reference,
                "when": long_moment(appointment.starts_at),
                "office": place_words(appointment),
                "state": appointment.get_state_display(),
            },
            organisation_id=appointment.host_id or appointment.police_id,
            holds=_is_coming(appointment) and appointment.ends_at > now,
            is_kept=appointment.pk in kept,
            url=_cancel_url(appointment, person),
        )
        for appointment in found.order_by("period", "pk")
    ]


def give_up_coming(person: Person) -> None:
    """Cancel what the firm may still cancel by itself; what begins sooner stays and keeps its part open."""
    coming = list(appointments_about(person).filter(state__in=Appointment.UPCOMING).select_related("lane"))
    visits = [appointment for appointment in coming if appointment.mode == Appointment.Mode.ON_SITE]
    for visit in Appointment.objects.select_related("partnership").filter(pk__in=[v.pk for v in visits]):
        if may_still_change(visit):
            cancel_visit(
                appointment_id=visit.pk,
                by=Appointment.CancelledBy.FIRM,
                actor=person,
                needs_no_visit=True,
            )
    coming = [appointment for appointment in coming if appointment not in visits]
    lock_hours_unread(*{a.lane.hours_id for a in coming if a.lane})
    for appointment in coming:
        fresh = Appointment.objects.select_related("partnership").get(pk=appointment.pk)
        if fresh.state in Appointment.UPCOMING and may_still_change(fresh):
            cancel_by_firm(appointment_id=fresh.pk, actor=person)


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Whom and what it was about goes; that there was an appointment stays. Refused before it is over, and
    while somebody holds it back."""
    kept = Q(host=organisation) | Q(host__isnull=True, police=organisation)
    keys = list(appointments_about(person).filter(kept).values_list("pk", "lane__hours_id"))
    lock_hours_unread(*{hours for _key, hours in keys if hours})
    lock_requests_of_visits(*(key for key, hours in keys if not hours))
    erased: list[Model] = []
    for appointment in Appointment.objects.filter(pk__in=[key for key, _hours in keys]).order_by("pk"):
        if _is_coming(appointment) and appointment.ends_at > timezone.now():
            raise Refusal(
                _("Es steht noch ein Termin an. Löschen lässt sich erst, wenn er vorbei oder abgesagt ist.")
            )
        refuse_held(appointment)
        erased.append(appointment)
    empty_appointments([appointment.pk for appointment in erased])
    return erased


def _cancel_url(appointment: Appointment, person: Person) -> str:
    """Where the person cancels it; empty for what is over, too late or not claimed."""
    if appointment.person_id != person.pk or not _is_coming(appointment) or not may_still_change(appointment):
        return ""
    return reverse("own_appointments:cancel", args=[appointment.reference])


def _is_coming(appointment: Appointment) -> bool:
    return appointment.state in Appointment.UPCOMING


HOLDER = Holder(holdings=holdings, give_up_coming=give_up_coming, erase=erase)
