"""Police make a request of an office talk, or of what somebody asks for on an officer's telephone."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, VisitRequest, VisitRequestStep
from consultations.visits import mails
from consultations.visits.asking import Entry, write_request
from consultations.visits.taking import note_step
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.queries import has_confirmed_address
from partnership.refusals import Refusal

State = VisitRequest.State


@transaction.atomic
def ask_after_talk(*, appointment_id: int, entry: Entry, takes: bool, actor: Person) -> VisitRequest:
    """The firm and its contact are those of the talk; `takes`: the actor has it at once. Raises Refusal for a
    second one.
    """
    Appointment.objects.select_for_update(no_key=True).get(pk=appointment_id)
    talk = Appointment.objects.select_related("police", "partnership", "chamber", "person", "firm").get(
        pk=appointment_id
    )
    if known := VisitRequest.objects.filter(came_from=talk).first():
        raise Refusal(
            _("Aus diesem Gespräch ist schon eine Anfrage geworden: %(reference)s.")
            % {"reference": known.reference}
        )
    same = ("firm_name", "chamber", "membership_number", "contact_name", "contact_email", "page_language")
    return _write(
        replace(entry, **{name: getattr(talk, name) for name in same}),
        police=talk.police,
        takes=takes,
        actor=actor,
        came_from=talk,
        firm=talk.firm,
        person=talk.person,
    )


@transaction.atomic
def note_for_caller(*, entry: Entry, police: Organisation, takes: bool, actor: Person) -> VisitRequest:
    """The firm stays without a row of its own: a chamber would read from it that police were called."""
    return _write(entry, police=police, takes=takes, actor=actor)


def _write(entry: Entry, *, police: Organisation, takes: bool, actor: Person, **origin: Any) -> VisitRequest:
    now = timezone.now()
    standing: dict[str, Any] = {"state": State.OPEN, "asked_since": now, "entered_by": actor, **origin}
    if takes:
        standing |= {"state": State.TAKEN, "officer": actor, "taken_at": now}
    request = write_request(entry, police=police, **standing)
    log_act(act="visit_request.noted", thing=request, actor=actor, organisation=police)
    if takes:
        note_step(request, VisitRequestStep.Kind.TAKEN, by=actor)
    if _is_confirmed(request):
        mails.tell_place(request)
    return request


def _is_confirmed(request: VisitRequest) -> bool:
    """A link to the request's page goes to nobody who has not shown that the mailbox is theirs."""
    person = Person.objects.filter(email__iexact=request.contact_email).first()
    return bool(request.contact_email) and person is not None and has_confirmed_address(person)
