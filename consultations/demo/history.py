"""The months before: what the numbers count. Rows only, without people, mails and log, to be quick."""

import datetime
import random
from collections.abc import Iterator

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.claims import claim_hours
from consultations.demo.bookings import deal_firms, dice_for
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.demo.rota import turns_on
from consultations.demo.rows import PLANNED_BEFORE, draw_reference
from consultations.models import Appointment, Concern, Lane, OfficeHours, Topic
from consultations.office_hours import Plan
from consultations.slots import Slot, cut_slots

State = Appointment.State
By = Appointment.CancelledBy
MONTHS_BACK = 11
ENDS = (
    *[(State.ATTENDED, "")] * 15,
    *[(State.MISSED, "")] * 2,
    *[(State.CANCELLED, By.FIRM)] * 2,
    (State.CANCELLED, By.DESK),
    (State.EXPIRED, ""),
)
OFTEN = (Topic.BURGLARY, Topic.BURGLARY, Topic.CYBER, Topic.FRAUD, Topic.BURGLARY)
FIRST_SHARE, LAST_SHARE = 0.3, 0.75
"""Part of the times that are booked: the offer becomes known."""
BATCH = 500


def write_history(cast: Cast, *, until: datetime.date) -> None:
    """From the first of the month eleven months before to the day before `until`."""
    number = until.year * 12 + until.month - 1 - MONTHS_BACK
    first = datetime.date(number // 12, number % 12 + 1, 1)
    firms = deal_firms("history")
    rows: list[tuple[Appointment, str]] = []
    for lane in _write_lanes(list(_plans(cast, first, until)), cast):
        dice = dice_for(lane.hours.office.name, lane.hours.day, lane.number)
        known = (lane.hours.day - first) / (until - first)
        for slot in cut_slots(lane.hours):
            if dice.random() < FIRST_SHARE + (LAST_SHARE - FIRST_SHARE) * known:
                rows.append((_appointment(cast, lane, slot, next(firms), dice), _topic(lane.hours, dice)))
    appointments = [appointment for appointment, _topic in rows]
    booked_at = [appointment.created_at for appointment in appointments]
    Appointment.objects.bulk_create(appointments, batch_size=BATCH)
    for appointment, moment in zip(appointments, booked_at, strict=True):
        appointment.created_at = moment
    Appointment.objects.bulk_update(appointments, ["created_at"], batch_size=BATCH)
    Concern.objects.bulk_create(
        [Concern(appointment=appointment, topic=topic) for appointment, topic in rows], batch_size=BATCH
    )


def _plans(cast: Cast, first: datetime.date, until: datetime.date) -> Iterator[Plan]:
    for number in range((until - first).days):
        day = first + datetime.timedelta(days=number)
        for turn in turns_on(day):
            plan = cast.plan(turn, day)
            if plan and not cast.is_closed(plan.office, day):
                yield plan


def _write_lanes(plans: list[Plan], cast: Cast) -> list[Lane]:
    """Public office hours with their claims."""
    hours = [plan.as_hours() for plan in plans]
    for one in hours:
        one.state = OfficeHours.State.PUBLIC
        one.created_by = cast.desk_of(one.office)
    OfficeHours.objects.bulk_create(hours)
    lanes = []
    for one, plan in zip(hours, plans, strict=True):
        one.created_at = one.starts_at - PLANNED_BEFORE
        claim_hours(hours=one, officers=plan.officers)
        lanes += [
            Lane(hours=one, officer=officer, number=number, agreed_at=one.created_at, agreed_by=officer)
            for number, officer in enumerate(plan.officers, start=1)
        ]
    OfficeHours.objects.bulk_update(hours, ["created_at"], batch_size=BATCH)
    return Lane.objects.bulk_create(lanes)


def _appointment(cast: Cast, lane: Lane, slot: Slot, firm: Firm, dice: random.Random) -> Appointment:
    """The row; `created_at` has to be written once more after Django has set it."""
    state, cancelled_by = dice.choice(ENDS)
    booked_at = slot[0] - datetime.timedelta(days=dice.randint(2, 24), hours=dice.randint(0, 9))
    hours = lane.hours
    return Appointment(
        partnership=hours.partnership,
        host=hours.office.organisation,
        police=hours.police,
        reference=draw_reference(hours, dice),
        state=state,
        lane=lane,
        period=DateTimeTZRange(*slot),
        confirm_by=booked_at + datetime.timedelta(days=1),
        confirmed_at=None if state == State.EXPIRED else booked_at,
        firm_name=firm.name,
        chamber=cast.organisations[firm.chamber],
        membership_number=firm.membership_number,
        contact_name=firm.contact,
        contact_email=firm.email,
        cancelled_by=cancelled_by,
        created_at=booked_at,
    )


def _topic(hours: OfficeHours, dice: random.Random) -> str:
    often = [topic for topic in OFTEN if topic in hours.topics]
    return str(dice.choice([*often, *hours.topics, ""]))
