"""How long reports stay, what holds them, what somebody is told of the own ones, and how they go."""

import datetime
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from consultations.models import Appointment, Finding, ReportReader, VisitReport
from consultations.retention import HELD_APPOINTMENT
from consultations.visit_reports.privacy import HOLDER, about_report_points, about_reports
from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.models import ChainedEntry, ErasedThing, OutgoingMail, Person, Photo
from partnership.own_data import pack_own_data
from partnership.queries import erasure_parts_visible_to
from partnership.refusals import Refusal
from partnership.retention.erasure_list import Erased, list_files, write_down
from partnership.retention.holds import place_hold
from partnership.retention.replaying import replay
from partnership.retention.running import run_when_due
from partnership.rules import posts_of
from partnership.times import at_wall_time, today
from tests import factories
from tests.consultations.report_steps import KIM, MARK, make_draft, make_visit, release
from tests.personas import World

pytestmark = pytest.mark.django_db
YEARS = datetime.timedelta(days=1825)
DAY = datetime.timedelta(days=1)


def night(after: datetime.timedelta) -> datetime.datetime:
    return at_wall_time(today() + after, datetime.time(3))


def test_a_report_stays_five_years_and_then_its_number(world: World) -> None:
    report = release(world, make_draft(world, with_photo=True), recipients=[KIM])
    run_when_due(now=night(YEARS))
    assert VisitReport.objects.get().content
    run_when_due(now=night(YEARS + 2 * DAY))
    erased = VisitReport.objects.get()
    assert (erased.content, erased.reference, erased.digest) == (None, report.reference, report.digest)
    assert not Finding.objects.exists()
    assert not Photo.objects.exists()
    assert not ReportReader.objects.exists()


def test_the_firm_reads_it_after_the_appointment_is_emptied(world: World) -> None:
    report = release(world)
    run_when_due(now=night(datetime.timedelta(days=400)))
    assert Appointment.objects.get(pk=report.visit_id).emptied_at
    assert Person.objects.filter(pk=world.alice.pk, name="Alice Beispiel").exists()
    assert VisitReport.objects.get().content


def test_an_appointments_hold_keeps_its_report(world: World) -> None:
    report = release(world)
    hold = place_hold(
        holdable=HELD_APPOINTMENT,
        key=report.visit_id,
        organisation=world.police,
        reason="Verfahren",
        until=today() + 30 * DAY,
        actor=world.lea,
    )
    assert hold.pk
    with pytest.raises(Refusal, match="aufbewahrt"):
        HOLDER.erase(world.alice, world.police)
    assert [holding.is_kept for holding in HOLDER.holdings(world.alice)] == [True]


def test_own_data_has_the_report_and_is_an_opening(world: World) -> None:
    report = release(world)
    (row,) = about_reports(world.alice).rows
    points = about_report_points(world.alice).rows
    assert (row["number"], row["digest"]) == (report.reference, report.digest)
    assert MARK in str(row["summary"])
    assert [point["state"] for point in points] == ["in Ordnung", "schwach", "fehlt"]
    assert f"1. Beschlag mit {MARK}." in str(points[1]["advice"])
    assert [
        e.payload["medium"] for e in ChainedEntry.objects.filter(payload__act="report.opened") if e.payload
    ] == ["data"]
    assert pack_own_data(person=world.alice).startswith(b"PK")
    assert about_reports(world.carl).rows == []


def test_what_colleagues_asked_for_is_not_the_own(world: World) -> None:
    firm = factories.make_firm(world.carl)
    release(world, make_draft(world, visit=make_visit(world, firm=firm)))
    assert about_reports(world.carl).rows == []
    assert HOLDER.erase(world.carl, world.police) == []


def test_the_lead_decides_on_a_request_and_the_report_goes(world: World) -> None:
    report = release(world, recipients=[KIM])
    request = ask_for_erasure(person=world.alice, partnership=world.partnership)
    part = request.parts.get(organisation=world.police)
    assert part in erasure_parts_visible_to(posts_of(world.lea))
    assert part not in erasure_parts_visible_to(posts_of(world.paula))
    assert part not in erasure_parts_visible_to(posts_of(world.bert))
    carry_out_part(part_id=part.pk, actor=world.lea)
    erased = VisitReport.objects.get()
    assert (erased.content, erased.digest) == (None, report.digest)
    assert MARK not in str(list(OutgoingMail.objects.values_list("content", flat=True)))
    assert not ReportReader.objects.exists()


def test_what_was_erased_before_a_restore_is_erased_again(
    world: World,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """The list names it, the database has it whole."""
    settings.ERASURE_LIST_DIR = tmp_path
    report = release(world)
    with django_capture_on_commit_callbacks(execute=True):
        write_down([Erased(VisitReport, report.pk, world.police.pk)], rule=ErasedThing.REQUEST)
    replay(list_files())
    assert VisitReport.objects.get().content is None
