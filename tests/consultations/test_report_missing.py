"""Who is told that a report is missing, when, and once."""

import datetime

import pytest

from consultations.models import Appointment, Visit
from consultations.visit_reports.missing import remind_of_reports
from partnership.models import OutgoingMail, Post
from partnership.times import at_wall_time, today
from tests.consultations.report_steps import make_draft, make_visit, release
from tests.personas import World

pytestmark = pytest.mark.django_db


def at(*, days: int, hour: int = 9) -> datetime.datetime:
    """So many days after a visit of yesterday."""
    return at_wall_time(today() + datetime.timedelta(days=days - 1), datetime.time(hour))


def told() -> list[str]:
    mails = OutgoingMail.objects.filter(kind="report_missing").order_by("pk")
    return [mail.to_email.partition("@")[0] for mail in mails]


def test_the_officer_a_day_after_and_the_lead_after_a_week_each_once(world: World) -> None:
    make_visit(world)
    assert remind_of_reports(now=at(days=0, hour=20)) == 0
    assert remind_of_reports(now=at(days=1, hour=7)) == 0
    assert remind_of_reports(now=at(days=1)) == 1
    assert remind_of_reports(now=at(days=2)) == 0
    assert told() == ["paula"]
    assert remind_of_reports(now=at(days=6)) == 0
    assert remind_of_reports(now=at(days=7)) == 1
    assert remind_of_reports(now=at(days=8)) == 0
    assert told() == ["paula", "lea"]


def test_a_draft_is_missing_and_a_released_report_is_not(world: World) -> None:
    draft = make_draft(world)
    release(world, make_draft(world, visit=make_visit(world, days_ago=2)))
    remind_of_reports(now=at(days=1))
    assert told() == ["paula"]
    (row,) = OutgoingMail.objects.get(kind="report_missing").content["rows"]
    assert row["reference"] == draft.visit.appointment.reference


@pytest.mark.parametrize("state", [Appointment.State.CONFIRMED, Appointment.State.MISSED])
def test_nothing_is_missing_of_a_visit_that_did_not_take_place(world: World, state: str) -> None:
    make_visit(world)
    Appointment.objects.update(state=state)
    assert remind_of_reports(now=at(days=9)) == 0


def test_one_mail_names_all_and_who_is_gone_is_not_written_to(world: World) -> None:
    for days in (1, 2):
        make_visit(world, days_ago=days)
    remind_of_reports(now=at(days=1))
    assert len(OutgoingMail.objects.get(kind="report_missing").content["rows"]) == 2
    Visit.objects.update(report_asked_at=None)
    world.paula.is_active = False
    world.paula.save()
    Post.objects.filter(person=world.lea).delete()
    assert remind_of_reports(now=at(days=9)) == 0
