"""A visit that stands is moved, cancelled, handed over."""

import datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import Appointment, Claim, Reminder, VisitRequest
from consultations.placing import TooLate
from consultations.taking_time import TimeClash
from consultations.visits import changing
from consultations.visits.changing import times_to_move_to
from partnership.models import SecretLink
from partnership.refusals import Refusal
from tests.consultations import planning_steps as steps
from tests.consultations.conftest import MailsOf
from tests.personas import World

By = Appointment.CancelledBy
State = Appointment.State
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def station(world: World) -> None:
    steps.make_station(world)


def move(appointment: Appointment, to: datetime.datetime | None = None, **options: Any) -> Appointment:
    starts_at = to or times_to_move_to(appointment, now=timezone.now())[0].lower
    return changing.move_visit(appointment_id=appointment.pk, starts_at=starts_at, **options)[0]


def request_of(appointment: Appointment) -> VisitRequest:
    return VisitRequest.objects.get(visits=appointment.pk)


def soon(appointment: Appointment) -> None:
    """So near that the firm's deadline is over."""
    start = timezone.now() + HOUR
    Appointment.objects.filter(pk=appointment.pk).update(period=DateTimeTZRange(start, start + HOUR))


def test_six_times_at_most_are_there_to_move_to(world: World) -> None:
    visit = steps.stand(world)
    choices = times_to_move_to(visit, now=timezone.now())
    assert len(choices) == 6
    assert visit.starts_at not in [choice.lower for choice in choices]
    assert all(choice.upper - choice.lower == datetime.timedelta(minutes=90) for choice in choices)


def test_the_firm_moves_and_both_are_told_with_a_calendar_file(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    mails = mails_of(lambda: move(visit))
    assert {(mail.kind, mail.to_email) for mail in mails} == {
        ("visit_moved", visit.contact_email),
        ("visit_news", world.pia.email),
    }
    assert all(mail.calendar["sequence"] == 1 for mail in mails if mail.calendar)


def test_the_claim_moves_with_travel_as_the_new_day_wants_it(world: World) -> None:
    """Another visit in Grimma the same day: the way from there is short."""
    steps.stand(world, "09:00", day=steps.a_day(2))
    visit = steps.stand(world)
    moved = move(visit, steps.at("14:00", steps.a_day(2)), by=By.POLICE, actor=world.pia)
    moved.visit.refresh_from_db()
    assert (moved.visit.km_before, moved.visit.minutes_before) == (3, 10)
    assert Claim.objects.get(visit=moved.visit).blocked.lower == steps.at("13:40", steps.a_day(2))


def test_earlier_links_end_and_reminders_are_for_the_new_time(world: World) -> None:
    visit = steps.stand(world)
    old = set(SecretLink.objects.filter(purpose="manage").values_list("pk", flat=True))
    moved = move(visit)
    assert not SecretLink.objects.filter(pk__in=old).exists()
    assert set(Reminder.objects.values_list("starts_at", flat=True)) <= {moved.starts_at}


def test_the_firm_moves_only_to_what_is_proposed(world: World) -> None:
    visit = steps.stand(world)
    with pytest.raises(TooLate):
        move(visit, steps.at("20:00"))
    visit.refresh_from_db()
    assert visit.starts_at == steps.at("10:00")


def test_where_the_new_time_is_taken_the_old_one_stays(world: World) -> None:
    visit = steps.stand(world)
    steps.stand(world, "10:00", day=steps.a_day(2))
    with pytest.raises(TimeClash):
        move(visit, steps.at("11:00", steps.a_day(2)), by=By.POLICE, actor=world.pia)
    assert Claim.objects.get(visit=visit.pk).blocked.lower == steps.at("09:05")


def test_the_same_time_is_no_move(world: World) -> None:
    with pytest.raises(Refusal):
        move(steps.stand(world), steps.at("10:00"))


def test_the_firms_deadline_holds_for_the_firm_only(world: World) -> None:
    visit = steps.stand(world)
    soon(visit)
    with pytest.raises(TooLate):
        steps.cancel(visit)
    assert steps.cancel(visit, by=By.POLICE, actor=world.pia, reason="Einsatz").state == State.CANCELLED


def test_cancelled_by_the_firm_the_request_goes_back_to_the_officer(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    mails = mails_of(lambda: steps.cancel(visit))
    assert request_of(visit).state == VisitRequest.State.TAKEN
    assert {(mail.kind, mail.calendar["method"]) for mail in mails if mail.calendar} == {
        ("visit_cancelled", "CANCEL"),
        ("visit_news", "CANCEL"),
    }
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()


def test_a_firm_that_needs_no_visit_any_more_ends_its_request(world: World) -> None:
    visit = steps.stand(world)
    steps.cancel(visit, needs_no_visit=True)
    assert (request_of(visit).state, request_of(visit).ended_at is not None) == ("withdrawn", True)


def test_cancelled_by_its_officer_only_the_firm_is_told(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    mails = mails_of(lambda: steps.cancel(visit, by=By.POLICE, actor=world.pia, reason="Einsatz"))
    assert [mail.kind for mail in mails] == ["visit_cancelled"]
    assert mails[0].content["reason"] == "Einsatz"


def test_cancelling_again_changes_nothing(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    steps.cancel(visit)
    assert mails_of(lambda: steps.cancel(visit)) == []


def test_a_colleague_takes_a_visit_over(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    mails = mails_of(
        lambda: changing.hand_over_visit(appointment_id=visit.pk, officer=world.paula, actor=world.lea)
    )
    assert Claim.objects.get(visit=visit.pk).officer == world.paula
    assert request_of(visit).officer == world.paula
    assert [(mail.to_email, mail.content["news"]) for mail in mails] == [
        (world.paula.email, "handed_to_you"),
        (world.pia.email, "handed_on"),
    ]


def test_the_firm_hears_nothing_of_a_colleague(world: World, mails_of: MailsOf) -> None:
    visit = steps.stand(world)
    mails = mails_of(
        lambda: changing.hand_over_visit(appointment_id=visit.pk, officer=world.paula, actor=world.paula)
    )
    assert [mail.to_email for mail in mails] == [world.pia.email]


def test_a_colleague_who_is_taken_takes_nothing_over(world: World) -> None:
    visit = steps.stand(world)
    steps.stand(world, officer=world.paula)
    with pytest.raises(TimeClash):
        changing.hand_over_visit(appointment_id=visit.pk, officer=world.paula, actor=world.lea)
    assert Claim.objects.get(visit=visit.pk).officer == world.pia
