"""Requests that nobody takes are named to the lead; those of a former officer come back."""

import datetime

import pytest
from django.utils import timezone

from consultations import tasks
from consultations.models import Appointment, VisitRequest
from consultations.open_tasks import open_tasks_of
from consultations.still_true import request_is_untaken
from consultations.visits.taking import put_back, take_request
from consultations.visits.untaken import name_to_leads, return_from_former_officers
from partnership.models import Deputy, OutgoingMail, Post
from partnership.times import at_wall_time
from partnership.working_days import working_days_before, working_days_since
from tests import factories
from tests.partnership.administration.steps import post_of
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

pytestmark = pytest.mark.django_db
State = VisitRequest.State
THURSDAY = datetime.date(2026, 11, 26)
NINE = datetime.time(9)
A_DAY = datetime.timedelta(days=1)


def morning(day: datetime.date = THURSDAY, hour: int = 9) -> datetime.datetime:
    return at_wall_time(day, datetime.time(hour))


def asked(world: World, day: datetime.date, **fields: object) -> VisitRequest:
    return make_visit_request(police=world.police, asked_since=morning(day), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked_on", "days"),
    [
        (datetime.date(2026, 11, 26), 0),
        (datetime.date(2026, 11, 25), 1),
        (datetime.date(2026, 11, 20), 4),
        (datetime.date(2026, 11, 17), 6),  # the day of repentance is no working day
    ],
)
def test_working_days_since(asked_on: datetime.date, days: int) -> None:
    assert working_days_since(morning(asked_on), THURSDAY) == days


@pytest.mark.parametrize("day", [THURSDAY + number * A_DAY for number in range(7)])
def test_the_day_before_so_many_working_days_is_the_latest(day: datetime.date) -> None:
    found = working_days_before(day, 5)
    assert working_days_since(morning(found), day) == 5
    assert working_days_since(morning(found + A_DAY), day) == 4


def test_the_lead_reads_once_what_nobody_took(world: World) -> None:
    old = [asked(world, datetime.date(2026, 11, day)) for day in (17, 16)]
    asked(world, datetime.date(2026, 11, 25))
    assert name_to_leads(now=morning()) == 2
    assert name_to_leads(now=morning(hour=12)) == 0
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("visit_untaken", world.lea.email)
    assert [row["reference"] for row in mail.content["rows"]] == [old[1].reference, old[0].reference]


def test_whoever_was_taken_in_time_is_in_no_mail(world: World) -> None:
    """The twin: the same days, but somebody has it."""
    asked(world, datetime.date(2026, 11, 17), state=State.TAKEN, officer=world.paula)
    assert name_to_leads(now=morning()) == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "now", [morning(hour=7), morning(datetime.date(2026, 11, 28)), morning(datetime.date(2026, 12, 25))]
)
def test_leads_are_not_disturbed_at_night_or_on_free_days(world: World, now: datetime.datetime) -> None:
    asked(world, datetime.date(2026, 11, 2))
    assert name_to_leads(now=now) == 0


def test_what_becomes_due_on_the_same_day_waits_for_the_next_mail(world: World) -> None:
    asked(world, datetime.date(2026, 11, 17))
    name_to_leads(now=morning())
    asked(world, datetime.date(2026, 11, 16))
    assert name_to_leads(now=morning(hour=12)) == 0
    assert name_to_leads(now=morning(THURSDAY + A_DAY)) == 1


def test_what_is_put_back_is_named_again(world: World) -> None:
    request = asked(world, datetime.date(2026, 11, 17))
    name_to_leads(now=morning())
    take_request(request_id=request.pk, actor=world.paula)
    put_back(request_id=request.pk, reason="Krank", seen=world.paula.pk, actor=world.paula)
    assert name_to_leads(now=morning(THURSDAY + A_DAY)) == 1


def test_a_mail_about_what_somebody_has_taken_since_is_not_sent(world: World) -> None:
    request = asked(world, datetime.date(2026, 11, 17))
    name_to_leads(now=morning())
    mail = OutgoingMail.objects.get()
    assert request_is_untaken(mail)
    take_request(request_id=request.pk, actor=world.paula)
    assert not request_is_untaken(mail)


@pytest.fixture
def left(world: World) -> VisitRequest:
    """Paula has one, and her post is over."""
    yesterday = timezone.localdate() - A_DAY
    Post.objects.filter(person=world.paula).update(ends=yesterday)
    return make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula)


def test_a_former_officers_requests_come_back(world: World, left: VisitRequest) -> None:
    kept = make_visit_request(police=world.police, state=State.TAKEN, officer=world.pia)
    tasks.return_left_requests()
    left.refresh_from_db()
    kept.refresh_from_db()
    assert (left.state, left.steps.get().reason) == (State.OPEN, "Die Funktion ist beendet.")
    assert kept.state == State.TAKEN


def test_whoever_stands_in_for_somebody_keeps_the_requests(world: World, left: VisitRequest) -> None:
    Deputy.objects.create(
        post=post_of(world.pia), person=world.paula, starts=timezone.localdate(), ends=timezone.localdate()
    )
    assert return_from_former_officers() == 0


def test_offered_times_are_waited_for(world: World, left: VisitRequest) -> None:
    starts_at = at_wall_time(factories.a_week_ahead() + A_DAY, NINE)
    make_visit(request=left, officer=world.paula, state=Appointment.State.PROPOSED, starts_at=starts_at)
    assert return_from_former_officers() == 0


def test_ending_a_post_names_what_comes_back(world: World, left: VisitRequest) -> None:
    post = post_of(world.paula)
    (task,) = [t for t in open_tasks_of([post])[post.pk] if "Anfrage" in t.words]
    assert left.reference in task.words
    assert left.firm_name not in task.words
    assert task.url == f"/arbeitsplatz/besuche/{left.reference}/"


def test_other_posts_have_none(world: World, left: VisitRequest) -> None:
    factories.make_post(world.carl, Post.Role.DESK, organisation=world.ihk)
    post = post_of(world.carl)
    assert not open_tasks_of([post]).get(post.pk)
