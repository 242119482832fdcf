"""What must always hold, the database holds by itself, whatever the code does."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, Value

from consultations.models import (
    Absence,
    Appointment,
    Checklist,
    ChecklistItem,
    Claim,
    DayNotice,
    FreedTime,
    Lane,
    OfficeHours,
    OfficeHoursSeries,
    PassedOver,
    PhoneTask,
    ProtectionClass,
    Reminder,
    ReminderPlan,
    SatisfactionAnswer,
    Waiting,
    WaitingOffer,
)
from partnership.locking import constraint_of
from tests import factories
from tests.consultations.checklist_steps import make_draft
from tests.consultations.test_series import plan as plan_series
from tests.consultations.visit_refusals import REFUSED as REFUSED_OF_VISITS
from tests.personas import World

State = Appointment.State
HOUR = datetime.timedelta(hours=1)
NOON = datetime.datetime(2027, 3, 2, 12, tzinfo=datetime.UTC)
AN_HOUR = DateTimeTZRange(NOON, NOON + HOUR)
EMPTY, ENDLESS = DateTimeTZRange(empty=True), DateTimeTZRange(NOON, None)

Attempt = Callable[[World], object]


def add_appointment(**fields: Any) -> Attempt:
    return lambda world: factories.make_appointment(hours=world.hours, **fields)


def change_appointment(**fields: object) -> Attempt:
    return lambda world: (
        factories.make_appointment(hours=world.hours),
        Appointment.objects.update(**fields),
    )


def change_hours(**fields: object) -> Attempt:
    return lambda world: OfficeHours.objects.update(**fields)


def add_claim(*, officer: bool = False, room: bool = False, **fields: object) -> Attempt:
    given: dict[str, object] = {"kind": Claim.Kind.VISIT, "blocked": AN_HOUR} | fields
    return lambda world: Claim.objects.create(
        officer=world.pia if officer else None, room=world.room if room else None, **given
    )


def overlapping_claims(*, officer: bool = False, room: bool = False) -> Attempt:
    half_later = DateTimeTZRange(NOON + HOUR / 2, NOON + 2 * HOUR)
    first, second = (add_claim(officer=officer, room=room, blocked=b) for b in (AN_HOUR, half_later))
    return lambda world: (first(world), second(world))


def two_in_one_lane(world: World) -> None:
    factories.make_appointment(hours=world.hours)
    factories.make_appointment(hours=world.hours)


def one_number_twice(world: World) -> None:
    factories.make_appointment(hours=world.hours, index=0, reference="G-234567")
    factories.make_appointment(hours=world.hours, index=1, reference="G-234567")


def change_lane(**fields: object) -> Attempt:
    return lambda world: world.hours.lanes.update(**fields)


def add_absence(**fields: Any) -> Attempt:
    given: dict[str, Any] = {"kind": Absence.Kind.PLANNED, "period": AN_HOUR} | fields
    return lambda world: Absence.objects.create(officer=world.pia, police=world.police, **given)


def add_call(**fields: Any) -> Attempt:
    return lambda world: PhoneTask.objects.create(
        appointment=factories.make_appointment(hours=world.hours), reason=PhoneTask.Reason.MOVED, **fields
    )


def call_twice(world: World) -> None:
    add_call()(world)
    PhoneTask.objects.create(appointment=Appointment.objects.get(), reason=PhoneTask.Reason.CANCELLED)


def change_series(**fields: object) -> Attempt:
    return lambda world: (plan_series(world), OfficeHoursSeries.objects.update(**fields))


def one_day_twice(world: World) -> None:
    series = plan_series(world)
    series.days.update(series_day=series.first_day)


def add_reminder(times: int = 1, **fields: Any) -> Attempt:
    def attempt(world: World) -> None:
        given = {"kind": Reminder.Kind.DAY, "starts_at": NOON, "due_at": NOON} | fields
        appointment = factories.make_appointment(hours=world.hours)
        for _time in range(times):
            Reminder.objects.create(appointment=appointment, **given)

    return attempt


def add_waiting(**fields: Any) -> Attempt:
    return lambda world: factories.make_waiting(office=world.office, **fields)


def wait_twice(world: World) -> None:
    for address in ("a@b.example", "A@b.example"):
        factories.make_waiting(office=world.office, contact_email=address)


def offer_times(*offers: dict[str, Any]) -> Attempt:
    """`time` and `who` say which of two freed times goes to whom of two."""

    def attempt(world: World) -> None:
        line = [factories.make_waiting(office=world.office) for _number in range(2)]
        times = [FreedTime.objects.create(hours=world.hours, period=AN_HOUR) for _number in range(2)]
        for offer in offers:
            given = {"number": 1, "offered_at": NOON, "expires_at": NOON} | offer
            freed, waiting = times[given.pop("time", 0)], line[given.pop("who", 0)]
            WaitingOffer.objects.create(freed=freed, waiting=waiting, **given)

    return attempt


def add_notice(times: int = 1, *, person: bool = False, office: bool = False) -> Attempt:
    def attempt(world: World) -> None:
        for _time in range(times):
            DayNotice.objects.create(
                partnership=world.partnership,
                kind=DayNotice.Kind.DESK,
                day=NOON.date(),
                person=world.bert if person else None,
                office=world.office if office else None,
            )

    return attempt


def add_plan(**fields: Any) -> Attempt:
    return lambda world: ReminderPlan.objects.create(partnership=world.partnership, **fields)


def pass_over_twice(world: World) -> None:
    waiting = factories.make_waiting(office=world.office)
    freed = FreedTime.objects.create(hours=world.hours, period=AN_HOUR)
    for reason in PassedOver.Reason.values[:2]:
        PassedOver.objects.create(freed=freed, waiting=waiting, reason=reason)


def add_checklists(*versions: dict[str, Any]) -> Attempt:
    """In force, replaced or a draft."""

    def attempt(world: World) -> None:
        for number, version in enumerate(versions):
            given = {"number": number} | version
            Checklist.objects.create(police=world.police, **given)

    return attempt


def one_code_twice(world: World) -> None:
    checklist = make_draft(world)
    ChecklistItem.objects.create(checklist=checklist, area=checklist.areas.get(title="Werte"), code="T1")


def sign_without_time(model: type[ChecklistItem] | type[ProtectionClass]) -> Attempt:
    return lambda world: (make_draft(world), model.objects.update(signed_off_by=world.lea))


REPLACED = {"state": "replaced", "in_force_since": NOON}
OVER = {"outcome": WaitingOffer.Outcome.LAPSED, "answered_at": NOON}


def add_answer(**fields: Any) -> Attempt:
    given = {"quarter": datetime.date(2026, 1, 1), "helped": 1, "ease": 1} | fields
    return lambda world: SatisfactionAnswer.objects.create(
        partnership=world.partnership, host=world.ihk, police=world.police, **given
    )


REFUSED: list[tuple[str, Attempt]] = [
    ("appointment_reference_unique", one_number_twice),
    ("appointment_period_bounded", change_appointment(period=EMPTY)),
    ("appointment_period_bounded", change_appointment(period=ENDLESS)),
    ("appointment_at_office_has_lane", change_appointment(lane=None)),
    ("appointment_at_office_has_lane", change_appointment(host=None)),
    ("appointment_held_has_end", add_appointment(state=State.HELD, held_until=None)),
    ("appointment_unconfirmed_has_deadline", add_appointment(state=State.UNCONFIRMED, confirm_by=None)),
    ("appointment_unconfirmed_has_deadline", add_appointment(state=State.UNCONFIRMED, contact_email="")),
    ("appointment_unconfirmed_has_deadline", add_appointment(state=State.UNCONFIRMED, asked_at=None)),
    ("reminder_plan_week_before_day", add_plan(week_days=2, day_days=2)),
    ("reminder_once", add_reminder(2)),
    ("reminder_settled_has_outcome", add_reminder(settled_at=NOON)),
    ("reminder_settled_has_outcome", add_reminder(outcome=Reminder.Outcome.SENT)),
    ("day_notice_once_for_person", add_notice(2, person=True)),
    ("day_notice_once_for_office", add_notice(2, office=True)),
    ("day_notice_to_one", add_notice()),
    ("day_notice_to_one", add_notice(person=True, office=True)),
    ("appointment_booked_names_firm", change_appointment(firm_name="")),
    ("appointment_emptied_names_nobody", change_appointment(emptied_at=NOON)),
    ("appointment_lane_overlap", two_in_one_lane),
    ("claim_officer_xor_room", add_claim()),
    ("claim_officer_xor_room", add_claim(officer=True, room=True)),
    ("claim_bounded_not_empty", add_claim(officer=True, blocked=EMPTY)),
    ("claim_bounded_not_empty", add_claim(officer=True, blocked=ENDLESS)),
    ("claim_of_hours_names_them", add_claim(officer=True, kind=Claim.Kind.OFFICE_HOURS)),
    ("claim_officer_overlap", overlapping_claims(officer=True)),
    ("claim_room_overlap", overlapping_claims(room=True)),
    ("office_hours_end_after_start", change_hours(ends=datetime.time(9))),
    ("office_hours_slot_length", change_hours(slot_minutes=4)),
    ("office_hours_slot_length", change_hours(slot_minutes=481)),
    ("office_hours_pause_inside", change_hours(pause_starts=datetime.time(10))),
    ("office_hours_pause_inside", change_hours(pause_starts=datetime.time(8), pause_ends=datetime.time(10))),
    ("office_hours_booking_window", change_hours(booking_opens_at=F("booking_closes_at"))),
    ("office_hours_topic_and_language", change_hours(topics=[])),
    ("office_hours_topic_and_language", change_hours(languages=[])),
    ("lane_number_unique_in_hours", lambda w: Lane.objects.create(hours=w.hours, officer=w.pia, number=1)),
    ("lane_officer_unique_in_hours", lambda w: Lane.objects.create(hours=w.hours, officer=w.paula, number=2)),
    ("lane_asked_or_agreed", change_lane(asked_at=NOON, agreed_at=NOON)),
    ("lane_left_empty_has_no_officer", change_lane(left_empty_at=NOON)),
    ("claim_of_closure_names_it", add_claim(room=True, kind=Claim.Kind.CLOSURE)),
    ("claim_of_absence_is_an_officers", lambda w: add_claim(room=True, absence=add_absence()(w))(w)),
    ("absence_bounded_not_empty", add_absence(period=EMPTY)),
    ("absence_bounded_not_empty", add_absence(period=ENDLESS)),
    ("phone_task_one_open", call_twice),
    ("phone_task_taken_has_time", lambda w: add_call(taken_by=w.bert)(w)),
    ("phone_task_done_has_result", add_call(done_at=NOON)),
    ("series_days_in_order", change_series(last_day=datetime.date(2020, 1, 1))),
    ("series_rule_is_whole", change_series(nth=1)),
    ("series_rule_is_whole", change_series(rhythm="monthly")),
    ("series_names_weekdays", change_series(weekdays=[])),
    ("series_names_weekdays", change_series(weekdays=[7])),
    ("series_topic_and_language", change_series(topics=[])),
    ("series_topic_and_language", change_series(languages=[])),
    ("series_officers_differ", change_series(second_officer=F("officer"))),
    ("office_hours_series_and_its_day", change_hours(series_day=datetime.date(2027, 3, 2))),
    ("office_hours_once_in_series", one_day_twice),
    ("appointment_held_has_end", add_appointment(state=State.PROPOSED, held_until=None)),
    ("waiting_once_in_house", wait_twice),
    ("waiting_is_reachable", add_waiting(contact_email="")),
    ("waiting_has_place", add_waiting(joined_at=None)),
    ("waiting_end_has_time", add_waiting(state=Waiting.State.LEFT, ended_at=None)),
    ("waiting_offer_number", offer_times({}, {"who": 1})),
    ("waiting_offer_once_each", offer_times(OVER, OVER | {"number": 2})),
    ("waiting_offer_one_open", offer_times({}, {"time": 1})),
    ("waiting_offer_at_most_three", offer_times({"number": 4})),
    ("waiting_offer_outcome_has_time", offer_times({"answered_at": NOON})),
    ("passed_over_once_each", pass_over_twice),
    ("satisfaction_marks_in_range", add_answer(helped=6)),
    ("satisfaction_marks_in_range", add_answer(ease=0)),
    ("satisfaction_quarter_begins", add_answer(quarter=datetime.date(2026, 2, 1))),
    ("checklist_number_unique", add_checklists(REPLACED | {"number": 1}, REPLACED | {"number": 1})),
    ("checklist_one_draft", add_checklists({}, {})),
    ("checklist_one_in_force", add_checklists(*[REPLACED | {"state": "in_force"}] * 2)),
    ("checklist_in_force_has_date", add_checklists({"state": "in_force"})),
    ("checklist_in_force_has_date", add_checklists({"in_force_since": NOON})),
    ("checklistitem_code_unique", one_code_twice),
    ("checklistitem_signed_off_has_time", sign_without_time(ChecklistItem)),
    ("protectionclass_signed_off_has_time", sign_without_time(ProtectionClass)),
    *REFUSED_OF_VISITS,
]


@pytest.mark.parametrize(("name", "attempt"), REFUSED, ids=[name for name, _attempt in REFUSED])
def test_the_database_refuses(world: World, name: str, attempt: Attempt) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        attempt(world)
    assert constraint_of(refused.value) == name


def test_every_constraint_is_tried() -> None:
    ours = apps.get_app_config("consultations").get_models()
    assert {name for name, _attempt in REFUSED} == {c.name for model in ours for c in model._meta.constraints}


@pytest.mark.parametrize("state", [State.MISSED, State.CANCELLED, State.EXPIRED])
def test_a_time_that_was_given_back_can_be_taken_again(world: World, state: State) -> None:
    factories.make_appointment(hours=world.hours, state=state)
    assert factories.make_appointment(hours=world.hours).pk


def test_ranges_are_half_open_so_that_one_follows_another(world: World) -> None:
    for number in (0, 1, 2):
        blocked = DateTimeTZRange(NOON + number * HOUR, NOON + (number + 1) * HOUR)
        Claim.objects.create(officer=world.pia, kind=Claim.Kind.VISIT, blocked=blocked)
    assert Claim.objects.filter(officer=world.pia).count() == 3


def test_one_statement_swaps_two_times(world: World) -> None:
    first, second = (factories.make_appointment(hours=world.hours, index=index) for index in (0, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consultations_appointment a SET period = b.period FROM consultations_appointment b "
            "WHERE a.id <> b.id AND a.id IN (%s, %s) AND b.id IN (%s, %s)",
            [first.pk, second.pk, first.pk, second.pk],
        )
    starts = first.starts_at, second.starts_at
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.starts_at, first.starts_at) == starts


def test_one_statement_shifts_a_whole_series(world: World) -> None:
    for number in range(3):
        blocked = DateTimeTZRange(NOON + number * HOUR, NOON + (number + 1) * HOUR)
        Claim.objects.create(officer=world.pia, kind=Claim.Kind.VISIT, blocked=blocked)
    shifted = Func(
        Func(F("blocked"), function="lower") + Value(HOUR),
        Func(F("blocked"), function="upper") + Value(HOUR),
        function="tstzrange",
    )
    assert Claim.objects.filter(officer=world.pia).update(blocked=shifted) == 3
