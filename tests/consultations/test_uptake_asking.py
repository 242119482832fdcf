"""Who is asked what became of the advice, when, how often, and who is left alone."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from consultations.models import ReportReader, Visit
from consultations.visit_reports.uptake import Told, ask_no_more
from consultations.visit_reports.uptake_asking import ask_due
from partnership.models import OutgoingMail
from partnership.outbox import deliver_mail
from partnership.times import today
from tests.consultations.report_steps import KIM, MARK, RECIPIENT, release
from tests.consultations.uptake_steps import (
    DECLINED,
    DONE,
    asked,
    days_after,
    last_question,
    path_in,
    tell,
    without_account,
)
from tests.personas import World

pytestmark = pytest.mark.django_db
ALICE = ["alice@personen.example"]


def test_after_three_and_six_months_and_then_never(world: World) -> None:
    report = release(world)
    assert asked(report, 90) == []
    assert asked(report, 91) == ALICE
    assert asked(report, 100) == []
    assert asked(report, 182) == ALICE
    assert asked(report, 300) == []


def test_not_in_the_night(world: World) -> None:
    assert asked(release(world), 91, hour=8) == []


def test_two_questions_are_two_months_apart(world: World) -> None:
    report = release(world)
    assert asked(report, 181) == ALICE
    assert asked(report, 200) == []
    assert asked(report, 242) == ALICE


def test_what_was_missed_for_a_year_is_not_asked(world: World) -> None:
    assert asked(release(world), 366) == []


@pytest.mark.parametrize(("told", "expected"), [(DONE, []), (DECLINED, [])])
def test_nobody_is_asked_when_all_is_settled(world: World, told: Told, expected: list[str]) -> None:
    report = release(world)
    tell(world, report, told)
    assert asked(report, 91) == expected


def test_what_is_planned_is_asked_about(world: World) -> None:
    report = release(world)
    tell(world, report, Told(state="planned", planned_until=today()))
    assert asked(report, 91) == ALICE


def test_without_an_account_the_confirmed_recipient_is_asked(world: World) -> None:
    assert asked(without_account(world), 91) == [RECIPIENT]


def test_whoever_has_no_address_is_not(world: World) -> None:
    report = release(world)
    ReportReader.objects.update(person=None)
    assert asked(report, 91) == []
    assert Visit.objects.get().uptake_asked_at is None


def test_one_click_ends_the_questions(client: Client, world: World) -> None:
    report = without_account(world)
    asked(report, 91)
    path = path_in(last_question(), "unsubscribe_url")
    page = client.get(path)
    assert MARK not in page.content.decode()
    assert Visit.objects.get().uptake_quiet_since is None
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert Visit.objects.get().uptake_quiet_since
    assert asked(report, 182) == []


def test_a_mail_that_waits_is_not_sent_once_all_is_told(world: World, mailoutbox: list[EmailMessage]) -> None:
    report = release(world)
    asked(report, 91)
    tell(world, report)
    deliver_mail(last_question().pk)
    assert mailoutbox == []


def test_it_says_nothing_of_the_report_and_leaves_with_a_way_out(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    report = release(world, recipients=[KIM])
    asked(report, 91)
    deliver_mail(last_question().pk)
    (mail,) = mailoutbox
    assert MARK not in mail.body
    assert report.reference in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_anything_due_no_mail(world: World) -> None:
    report = release(world)
    ask_no_more(visit_id=report.visit_id, actor=world.alice)
    assert ask_due(now=days_after(report, 91)) == 0
    assert not OutgoingMail.objects.filter(kind="uptake_asked").exists()
