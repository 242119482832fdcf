"""Hours and appointments of the past, written as rows: what is over cannot be planned or booked any more."""

import datetime
import random
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.utils import timezone

from consultations.claims import claim_hours
from consultations.contacts import adopt_contact
from consultations.demo.firms import NEEDS, OUTCOMES, REASONS, Firm
from consultations.models import Appointment, Concern, Lane, OfficeHours, Topic
from consultations.office_hours import Plan
from consultations.reminder_plans import plan_reminders
from consultations.slots import Slot
from consultations.taking_time import lock_officers_and_rooms, takes_time
from partnership.codes import CODE_ALPHABET
from partnership.journal import log_act
from partnership.models import Organisation, Person

State = Appointment.State
PLANNED_BEFORE = datetime.timedelta(days=28)
CONFIRMED_AFTER = datetime.timedelta(minutes=25)
WITH_A_PERSON = (State.CONFIRMED, State.ATTENDED, State.MISSED, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What became of a booking, and when it was made."""

    state: Appointment.State
    booked_at: datetime.datetime
    cancelled_by: Appointment.CancelledBy = Appointment.CancelledBy.FIRM
    reason: str = ""


@takes_time
def write_hours(*, plan: Plan, actor: Person) -> OfficeHours:
    """Public office hours of a day that has begun or gone; raises TimeClash."""
    lock_officers_and_rooms(officers=plan.officers, rooms=[plan.room] if plan.room else [])
    hours = plan.as_hours()
    hours.state = OfficeHours.State.PUBLIC
    hours.created_by = actor
    hours.save()
    planned_at = hours.starts_at - PLANNED_BEFORE
    OfficeHours.objects.filter(pk=hours.pk).update(created_at=planned_at)
    Lane.objects.bulk_create(
        Lane(hours=hours, officer=officer, number=number, agreed_at=planned_at, agreed_by=officer)
        for number, officer in enumerate(plan.officers, start=1)
    )
    claim_hours(hours=hours, officers=plan.officers)
    host = plan.office.organisation
    log_earlier(planned_at, "hours.planned", hours, actor=actor, organisation=host)
    for officer in plan.officers:
        log_earlier(planned_at, "hours.agreed", hours, actor=officer, organisation=plan.police)
    log_earlier(planned_at, "hours.published", hours, actor=actor, organisation=host)
    return hours


@takes_time
def write_appointment(
    *, lane: Lane, slot: Slot, firm: Firm, chamber: Organisation, story: Story, dice: random.Random
) -> Appointment:
    """A booking as it stands after `story`, with its concern and log; raises SlotTaken."""
    hours = lane.hours
    booked_at, confirmed_at = story.booked_at, story.booked_at + CONFIRMED_AFTER
    cancelled = story.state == State.CANCELLED
    appointment = Appointment(
        partnership=hours.partnership,
        host=hours.office.organisation,
        police=hours.police,
        reference=draw_reference(hours, dice),
        state=story.state,
        lane=lane,
        period=DateTimeTZRange(*slot),
        asked_at=booked_at,
        confirm_by=booked_at + datetime.timedelta(days=1),
        confirmed_at=confirmed_at if story.state in WITH_A_PERSON else None,
        firm_name=firm.name,
        chamber=chamber,
        membership_number=firm.membership_number,
        contact_name=firm.contact,
        contact_email=firm.email,
        contact_phone=firm.phone if dice.random() < 0.8 else "",
        cancelled_by=story.cancelled_by if cancelled else "",
        cancel_reason=story.reason if cancelled else "",
        calendar_sequence=1 if cancelled else 0,
    )
    if story.state in WITH_A_PERSON:
        appointment.person, appointment.firm = adopt_contact(appointment, now=confirmed_at)
    appointment.save()
    Appointment.objects.filter(pk=appointment.pk).update(created_at=booked_at)
    _write_concern(appointment, hours, dice)
    _write_log(appointment, lane, story)
    if appointment.state == State.CONFIRMED:
        plan_reminders(appointment=appointment, now=timezone.now())
    return appointment


def draw_reference(hours: OfficeHours, dice: random.Random) -> str:
    return f"{hours.office.city[0].upper()}-{''.join(dice.choices(CODE_ALPHABET, k=6))}"


def log_earlier(
    at: datetime.datetime,
    act: str,
    thing: Model,
    *,
    actor: Person | None = None,
    organisation: Organisation | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    entry = log_act(act=act, thing=thing, actor=actor, organisation=organisation, detail=detail)
    entry.at = at
    entry.save(update_fields=["at"])


def _write_concern(appointment: Appointment, hours: OfficeHours, dice: random.Random) -> None:
    """Support is told only of talks to come: it goes after the appointment."""
    topic = Topic(dice.choice(hours.topics))
    concern = Concern(
        appointment=appointment,
        topic=topic,
        language=dice.choice([hours.languages[0]] * 4 + hours.languages),
        note=dice.choice(REASONS[topic]) if dice.random() < 0.7 else "",
    )
    if appointment.state == State.CONFIRMED and dice.random() < 0.15:
        concern.accessibility_need = dice.choice(NEEDS)
    if appointment.state == State.ATTENDED:
        concern.officer_note, concern.next_step = dice.choice(OUTCOMES)
    concern.save()


def _write_log(appointment: Appointment, lane: Lane, story: Story) -> None:
    host, police = appointment.host, appointment.police
    log_earlier(story.booked_at, "appointment.booked", appointment, organisation=host)
    if appointment.confirmed_at:
        log_earlier(
            appointment.confirmed_at,
            "appointment.confirmed",
            appointment,
            actor=appointment.person,
            organisation=host,
        )
    match appointment.state:
        case State.ATTENDED | State.MISSED:
            act = f"appointment.{appointment.state}"
            log_earlier(appointment.ends_at, act, appointment, actor=lane.officer, organisation=police)
        case State.CANCELLED:
            at = story.booked_at + datetime.timedelta(hours=20)
            by_firm = story.cancelled_by == Appointment.CancelledBy.FIRM
            actor = appointment.person if by_firm else lane.hours.created_by
            detail = {"by": appointment.cancelled_by}
            log_earlier(
                at, "appointment.cancelled", appointment, actor=actor, organisation=host, detail=detail
            )
        case State.EXPIRED:
            assert appointment.confirm_by is not None
            log_earlier(appointment.confirm_by, "appointment.expired", appointment, organisation=host)
