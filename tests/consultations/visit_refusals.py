"""What the database refuses of visits and their reports; `test_constraints.py` tries it."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.models import (
    Claim,
    Finding,
    FreedTime,
    PassedOver,
    Recommendation,
    TravelPlan,
    Uptake,
    Visit,
    VisitMatter,
    VisitReport,
    VisitRequest,
    Waiting,
    WaitingOffer,
)
from partnership.times import at_wall_time
from tests import visit_factories as factories
from tests.consultations.checklist_steps import make_draft
from tests.factories import a_week_ahead, make_waiting
from tests.personas import World

Attempt = Callable[[World], object]
State = VisitRequest.State
NOON = "2027-03-02T12:00Z"
A_PERIOD = DateTimeTZRange(
    datetime.datetime(2027, 3, 2, 12, tzinfo=datetime.UTC),
    datetime.datetime(2027, 3, 2, 13, tzinfo=datetime.UTC),
)
OVER = {"outcome": WaitingOffer.Outcome.LAPSED, "answered_at": NOON}


def add_request(**fields: Any) -> Attempt:
    return lambda world: factories.make_visit_request(police=world.police, **fields)


def one_number_twice(world: World) -> None:
    for _time in range(2):
        factories.make_visit_request(police=world.police, reference="B-234567")


def a_visit(world: World) -> Visit:
    request = factories.make_visit_request(police=world.police)
    return factories.make_visit(request=request, officer=world.pia)


def change_visit_appointment(**fields: Any) -> Attempt:
    def attempt(world: World) -> None:
        appointment = a_visit(world).appointment
        for name, value in fields.items():
            setattr(appointment, name, value(world) if callable(value) else value)
        appointment.save()

    return attempt


def claim_a_room(world: World) -> None:
    Claim.objects.filter(visit=a_visit(world)).update(officer=None, room=world.room)


def add_reports(*reports: dict[str, Any]) -> Attempt:
    def attempt(world: World) -> None:
        visit, checklist = a_visit(world), make_draft(world)
        for report in reports:
            factories.make_report(visit=visit, checklist=checklist, **report)

    return attempt


def same_reference_twice(world: World) -> None:
    checklist = make_draft(world)
    for hour in (9, 14):
        starts_at = at_wall_time(a_week_ahead(), datetime.time(hour))
        visit = factories.make_visit(
            request=factories.make_visit_request(police=world.police), officer=world.pia, starts_at=starts_at
        )
        factories.make_report(visit=visit, checklist=checklist, state="released", reference="2027-0001")


def change_report(**fields: Any) -> Attempt:
    return lambda world: (
        add_reports({"state": "released"})(world),
        VisitReport.objects.update(**fields),
    )


def a_draft(world: World) -> VisitReport:
    return factories.make_report(visit=a_visit(world), checklist=make_draft(world))


def add_finding(**fields: Any) -> Attempt:
    return lambda world: factories.make_finding(report=a_draft(world), **fields)


def find_twice(world: World) -> None:
    report = a_draft(world)
    item = report.checklist.items.first()
    for _time in range(2):
        factories.make_finding(report=report, item=item)


def recommend_twice(world: World) -> None:
    recommendation = factories.make_recommendation(finding=factories.make_finding(report=a_draft(world)))
    Recommendation.objects.create(
        report=recommendation.report,
        finding=recommendation.finding,
        key=recommendation.key,
        text="noch einmal",
    )


def ask_again_first(world: World) -> None:
    Visit.objects.filter(pk=a_visit(world).pk).update(uptake_asked_again_at=NOON)


def tell(*told: dict[str, Any]) -> Attempt:
    """Done unless `told` says else, all of one recommendation."""

    def attempt(world: World) -> None:
        visit, key = a_visit(world), uuid.uuid4()
        for fields in told:
            Uptake.objects.create(visit=visit, key=key, **{"state": "done", "done_on": "2027-03-01"} | fields)

    return attempt


def name_a_day_without_burglary(world: World) -> None:
    add_request()(world)
    VisitMatter.objects.update(happened_on="2027-03-01")


def free_a_time(**fields: Any) -> Attempt:
    return lambda world: FreedTime.objects.create(
        **{"officer": world.pia, "period": A_PERIOD} | {n: v(world) for n, v in fields.items()}
    )


def offer_freed_times(*offers: dict[str, Any], **fields: Callable[[World], Any]) -> Attempt:
    """To one request, each time another freed time unless `freed` is given."""

    def attempt(world: World) -> None:
        request = factories.make_visit_request(police=world.police)
        given = {"request": request} | {name: value(world) for name, value in fields.items()}
        once = FreedTime.objects.create(officer=world.pia, period=A_PERIOD)
        for number, offer in enumerate(offers, start=1):
            is_same = offer.pop("same", False)
            freed = once if is_same else FreedTime.objects.create(officer=world.pia, period=A_PERIOD)
            moments = {"offered_at": NOON, "expires_at": NOON, "number": number}
            WaitingOffer.objects.create(freed=freed, **moments | given | offer)

    return attempt


def pass_over(times: int = 1, **fields: Callable[[World], Any]) -> Attempt:
    def attempt(world: World) -> None:
        request = factories.make_visit_request(police=world.police)
        given = {"request": request} | {name: value(world) for name, value in fields.items()}
        freed = FreedTime.objects.create(officer=world.pia, period=A_PERIOD)
        for _time in range(times):
            PassedOver.objects.create(freed=freed, reason=PassedOver.Reason.WISH, **given)

    return attempt


def a_place_in_line(world: World) -> Waiting:
    return make_waiting(office=world.office)


def plan_travel(**fields: Any) -> Attempt:
    return lambda world: TravelPlan.objects.create(police=world.police, **fields)


REFUSED: list[tuple[str, Attempt]] = [
    ("freed_time_of_hours_xor_officer", free_a_time(hours=lambda w: w.hours)),
    ("freed_time_of_hours_xor_officer", free_a_time(officer=lambda w: None)),
    ("waiting_offer_once_each_request", offer_freed_times(OVER | {"same": True}, OVER | {"same": True})),
    ("waiting_offer_one_open_request", offer_freed_times({}, {})),
    ("waiting_offer_waiting_xor_request", offer_freed_times({}, waiting=a_place_in_line)),
    ("waiting_offer_waiting_xor_request", offer_freed_times({}, request=lambda w: None)),
    ("passed_over_once_each_request", pass_over(2)),
    ("passed_over_waiting_xor_request", pass_over(waiting=a_place_in_line)),
    ("passed_over_waiting_xor_request", pass_over(request=lambda w: None)),
    ("travel_plan_day_in_order", plan_travel(day_from=datetime.time(17), day_to=datetime.time(8))),
    ("travel_plan_moves", plan_travel(speed_near=0)),
    ("visit_request_reference_unique", one_number_twice),
    ("visit_request_unconfirmed_has_deadline", add_request(state=State.UNCONFIRMED, confirm_by=None)),
    ("visit_request_unconfirmed_has_deadline", add_request(state=State.UNCONFIRMED, contact_email="")),
    ("visit_request_has_place", add_request(asked_since=None)),
    ("visit_request_taken_has_officer", add_request(state=State.TAKEN)),
    ("visit_request_open_has_no_officer", lambda w: add_request(officer=w.pia)(w)),
    ("visit_request_end_has_time", add_request(state=State.WITHDRAWN, ended_at=None)),
    ("visit_request_is_reachable", add_request(contact_email="", contact_phone="")),
    ("visit_request_place_is_whole", add_request(latitude=None)),
    ("visit_request_emptied_names_nobody", add_request(emptied_at=NOON)),
    ("visit_matter_day_is_of_a_burglary", name_a_day_without_burglary),
    ("appointment_on_site_has_no_lane", change_visit_appointment(lane=lambda w: w.hours.lanes.get())),
    ("appointment_on_site_has_no_lane", change_visit_appointment(host=lambda w: w.ihk)),
    ("claim_of_visit_is_an_officers", claim_a_room),
    ("visit_report_number_unique", add_reports({"state": "released"}, {"number": 1})),
    ("visit_report_one_draft", add_reports({}, {"number": 2})),
    ("visit_report_reference_unique", same_reference_twice),
    ("visit_report_released_is_sealed", change_report(released_at=None)),
    ("visit_report_released_is_sealed", change_report(content=None)),
    ("visit_report_released_is_sealed", change_report(digest="")),
    ("visit_report_correction_says_what", add_reports({"state": "released", "number": 2})),
    ("finding_once_for_item", find_twice),
    ("finding_of_item_or_free", add_finding(title="")),
    ("finding_severity_of_a_flaw", add_finding(state=Finding.State.IN_ORDER, severity=2)),
    ("recommendation_once_in_report", recommend_twice),
    ("uptake_once_for_recommendation", tell({}, {})),
    ("uptake_says_when_or_why", tell({"done_on": None})),
    ("uptake_says_when_or_why", tell({"reason": "Zu teuer"})),
    ("uptake_says_when_or_why", tell({"state": "planned"})),
    ("uptake_says_when_or_why", tell({"state": "declined", "done_on": None})),
    ("visit_uptake_asked_in_order", ask_again_first),
]
