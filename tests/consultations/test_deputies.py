"""Who takes an empty place, who is asked, and what becomes of the bookings if nobody does."""

import datetime

import pytest
from django.utils import timezone

from consultations.absences import withdraw_absence
from consultations.changing import Change, change_hours
from consultations.deputies import find_deputies, leave_empty, put_deputy, release_deputy
from consultations.displaced import Way
from consultations.models import Appointment, Claim, Lane, OfficeHours, PhoneTask
from consultations.office_hours import agree_to_hours
from consultations.queries import free_times
from consultations.taking_time import TimeClash
from consultations.vacancies import count_vacancies
from partnership.models import Deputy, OutgoingMail, Person, Post
from partnership.refusals import Refusal
from partnership.rules import posts_of
from tests import factories
from tests.consultations.steps import last_act, run_out, start_of, state_of
from tests.consultations.test_absences import away, lane_of
from tests.personas import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
State = Appointment.State


@pytest.fixture
def empty(world: World) -> Lane:
    away(world)
    OutgoingMail.objects.all().delete()
    return lane_of(world.hours)


def officer(world: World, name: str) -> Person:
    person = factories.make_person(name=name)
    factories.make_post(person, Post.Role.OFFICER, organisation=world.police)
    return person


def put(lane: Lane, deputy: Person, actor: Person, *, is_agreed: bool = True) -> Lane:
    return put_deputy(lane_id=lane.pk, deputy=deputy, actor=actor, is_agreed=is_agreed)


def kinds() -> list[tuple[str, str]]:
    return [(mail.kind, mail.to_email) for mail in OutgoingMail.objects.order_by("pk")]


def test_officers_who_are_free_are_offered(world: World, empty: Lane) -> None:
    assert [c.person for c in find_deputies(empty)] == [world.pia]


def test_whoever_is_taken_is_not_offered(world: World, empty: Lane) -> None:
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    assert find_deputies(empty) == []


def test_named_deputies_come_first_then_those_who_are_free_all_day(world: World, empty: Lane) -> None:
    busy, named = officer(world, "Anna Anders"), officer(world, "Zora Zuletzt")
    afternoon = {"starts": datetime.time(14), "ends": datetime.time(16)}
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[busy], **afternoon)
    Deputy.objects.create(post=Post.objects.get(person=world.paula), person=named, starts=factories.LONG_AGO)
    found = find_deputies(empty)
    assert [c.person for c in found] == [named, world.pia, busy]
    assert [len(c.others) for c in found] == [0, 0, 1]


def test_who_is_put_by_the_lead_has_agreed_and_reads_when_and_where(world: World, empty: Lane) -> None:
    lane = put(empty, world.pia, world.lea)
    assert (lane.officer, lane.asked_at, lane.agreed_by) == (world.pia, None, world.lea)
    assert kinds() == [("deputy_put", world.pia.email)]
    assert Claim.objects.filter(hours=world.hours, officer=world.pia).exists()
    assert count_vacancies(posts_of(world.lea)) == 0
    assert len(free_times(partnership=world.partnership)) == 4


def test_who_takes_it_is_sent_no_mail(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.pia)
    assert kinds() == []


def test_firms_are_told_nothing_of_a_deputy(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours)
    away(world)
    put(lane_of(world.hours), world.pia, world.lea)
    assert not OutgoingMail.objects.filter(to_email=booked.contact_email).exists()
    assert Appointment.objects.get().lane == lane_of(world.hours)


def test_who_is_asked_by_the_desk_is_vacant_until_the_yes(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.bert, is_agreed=False)
    assert kinds() == [("deputy_asked", world.pia.email)]
    assert count_vacancies(posts_of(world.bert)) == 1
    agree_to_hours(hours_id=world.hours.pk, actor=world.pia)
    assert count_vacancies(posts_of(world.bert)) == 0
    assert kinds()[1:] == [("deputy_answered", world.bert.email)]


def test_a_no_empties_the_place_again_and_tells_who_has_asked(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.bert, is_agreed=False)
    lane = release_deputy(lane_id=empty.pk, actor=world.pia)
    assert (lane.officer, lane.absent) == (None, world.paula)
    assert not Claim.objects.filter(officer=world.pia).exists()
    assert OutgoingMail.objects.get(kind="deputy_answered").content["is_yes"] is False


def test_a_question_can_be_taken_back(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.bert, is_agreed=False)
    release_deputy(lane_id=empty.pk, actor=world.bert)
    assert kinds()[1:] == [("deputy_released", world.pia.email)]
    with pytest.raises(Refusal, match="schon beantwortet"):
        release_deputy(lane_id=empty.pk, actor=world.pia)


def test_a_second_deputy_is_refused(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.lea)
    with pytest.raises(Refusal, match="schon besetzt"):
        put(empty, officer(world, "Otto"), world.lea)


def test_whoever_is_asked_stands_in_the_way_of_another(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.bert, is_agreed=False)
    with pytest.raises(Refusal, match="schon gefragt"):
        put(empty, officer(world, "Otto"), world.bert, is_agreed=False)


@pytest.mark.parametrize("name", ["carl", "bert", "paula"])
def test_only_free_officers_of_the_directorate_can_be_put(world: World, empty: Lane, name: str) -> None:
    with pytest.raises(TimeClash, match="nicht frei"):
        put(empty, getattr(world, name), world.lea)


def test_a_deputy_who_falls_ill_leaves_the_place_empty(world: World, empty: Lane) -> None:
    put(empty, world.pia, world.lea)
    away(world, world.pia)
    assert (lane_of(world.hours).officer, lane_of(world.hours).absent) == (None, world.pia)


def test_whoever_has_left_is_replaced(world: World) -> None:
    Post.objects.filter(person=world.paula).update(ends=world.hours.day - DAY)
    lane = put(lane_of(world.hours), world.pia, world.lea)
    assert (lane.officer, lane.absent) == (world.pia, world.paula)
    assert not Claim.objects.filter(officer=world.paula).exists()


def test_a_deputys_yes_makes_a_draft_agreed(world: World) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    Lane.objects.update(agreed_at=None)
    away(world)
    put(lane_of(world.hours), world.pia, world.pia)
    assert OfficeHours.objects.get().state == OfficeHours.State.AGREED


def later(world: World) -> OfficeHours:
    return factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=world.hours.day + 7 * DAY
    )


def test_with_nobody_left_bookings_move_or_go_and_the_day_is_cancelled(world: World) -> None:
    moved = factories.make_appointment(hours=world.hours)
    gone = factories.make_appointment(hours=world.hours, index=1, contact_email="")
    away(world)
    there = later(world)
    ways = [Way(moved.pk, (there.pk, start_of(there))), Way(gone.pk, None)]
    settled = leave_empty(lane_id=lane_of(world.hours).pk, ways=ways, reason="Fällt aus", actor=world.bert)
    assert ([a.pk for a in settled.moved], [a.pk for a in settled.cancelled]) == ([moved.pk], [gone.pk])
    assert PhoneTask.objects.get().appointment == gone
    world.hours.refresh_from_db()
    assert world.hours.state == OfficeHours.State.CANCELLED


def test_what_was_booked_in_between_stops_it(world: World, empty: Lane) -> None:
    factories.make_appointment(hours=world.hours, firm_name="Neue Firma")
    with pytest.raises(Refusal, match="Neue Firma"):
        leave_empty(lane_id=empty.pk, ways=[], reason="Fällt aus", actor=world.bert)
    assert lane_of(world.hours).left_empty_at is None


def test_beside_another_officer_only_the_place_goes(world: World) -> None:
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.lea, world.pia], day=world.hours.day + DAY
    )
    stays = factories.make_appointment(hours=hours, lane=2)
    goes = factories.make_appointment(hours=hours, lane=1, index=1)
    away(world, world.lea, days=3)
    leave_empty(
        lane_id=lane_of(hours).pk,
        ways=[Way(goes.pk, (hours.pk, start_of(hours, 2)))],
        reason="x",
        actor=world.bert,
    )
    goes.refresh_from_db()
    assert (state_of(stays), goes.lane) == (State.CONFIRMED, lane_of(hours, 2))
    hours.refresh_from_db()
    assert (hours.state, last_act().act) == (OfficeHours.State.PUBLIC, "hours.left_empty")
    assert count_vacancies(posts_of(world.bert)) == 0


def change(world: World, hours: OfficeHours, *, officers: list[Person] | None = None) -> None:
    before = [lane.officer for lane in hours.lanes.all() if lane.officer]
    wanted = Change(
        values={} if officers else {"ends": datetime.time(13)}, officers=officers, officers_before=before
    )
    change_hours(hours_id=hours.pk, change=wanted, actor=world.bert)


def test_a_change_of_the_day_keeps_the_empty_place_with_its_bookings(world: World) -> None:
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.lea, world.pia], day=world.hours.day + DAY
    )
    booked = factories.make_appointment(hours=hours, lane=1)
    away(world, world.lea, days=3)
    change(world, hours)
    booked.refresh_from_db()
    assert (booked.state, booked.lane) == (State.CONFIRMED, lane_of(hours, 1))
    assert lane_of(hours, 1).asked_at is None
    assert count_vacancies(posts_of(world.bert)) == 1


def test_an_officer_whom_the_desk_plans_in_addition_takes_the_empty_place(world: World) -> None:
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.lea, world.pia], day=world.hours.day + DAY
    )
    otto = officer(world, "Otto")
    away(world, world.lea, days=3)
    change(world, hours, officers=[world.pia, otto])
    assert (lane_of(hours, 1).officer, lane_of(hours, 1).absent) == (otto, None)
    assert count_vacancies(posts_of(world.bert)) == 0


def test_what_is_over_needs_no_deputy(world: World, empty: Lane) -> None:
    OfficeHours.objects.update(day=timezone.localdate() - DAY)
    with pytest.raises(Refusal, match="vorbei"):
        put(empty, world.pia, world.lea)


def test_nobody_takes_the_place_of_whoever_has_left(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    Post.objects.filter(person=world.paula).update(ends=world.hours.day - DAY)
    leave_empty(lane_id=lane_of(world.hours).pk, ways=[Way(booked.pk, None)], reason="x", actor=world.bert)
    world.hours.refresh_from_db()
    assert (world.hours.state, state_of(booked)) == (OfficeHours.State.CANCELLED, State.CANCELLED)
    assert not Claim.objects.filter(hours=world.hours).exists()


def test_after_a_no_the_officer_who_is_back_can_take_the_place(world: World) -> None:
    absence = away(world)
    put(lane_of(world.hours), world.pia, world.bert, is_agreed=False)
    withdraw_absence(absence_id=absence.pk, actor=world.paula)
    release_deputy(lane_id=lane_of(world.hours).pk, actor=world.pia)
    put(lane_of(world.hours), world.paula, world.paula)
    lane = lane_of(world.hours)
    assert (lane.officer, lane.absent) == (world.paula, None)


def test_a_late_confirmation_does_not_come_into_a_place_left_empty(world: World, empty: Lane) -> None:
    late = factories.make_appointment(hours=world.hours, index=0, state=State.UNCONFIRMED)
    run_out(late)
    leave_empty(lane_id=empty.pk, ways=[], reason="x", actor=world.bert)
    assert state_of(late) == State.EXPIRED
