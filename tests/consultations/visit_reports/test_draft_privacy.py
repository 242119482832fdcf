"""A log that nobody releases goes after a year, or when somebody asks; until then it is told that it is."""

import datetime

import pytest
from django.utils import timezone

from consultations.models import Finding, Visit, VisitReport, VisitRequest
from consultations.visit_reports.draft_privacy import about_drafts, erase, holdings
from partnership.models import Photo
from partnership.retention.running import run_when_due
from tests.consultations.visit_log_steps import ADVICE, MARKER, begun, note_down
from tests.personas import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(world: World) -> VisitReport:
    """Of a visit that Alice has asked for, with a photo."""
    report = begun(world)
    VisitRequest.objects.update(person=world.alice)
    Photo.objects.create(thing=note_down(report, advice=[ADVICE]), position=1)
    return report


def let_it_lie(draft: VisitReport, *, days: int) -> None:
    VisitReport.objects.filter(pk=draft.pk).update(begun_at=timezone.now() - days * DAY)
    run_when_due(now=timezone.now() + DAY)


def test_it_goes_after_a_year_with_all_that_hangs_on_it(draft: VisitReport) -> None:
    let_it_lie(draft, days=367)
    assert not VisitReport.objects.exists()
    assert not Finding.objects.exists()
    assert not Photo.objects.exists()
    assert Visit.objects.exists()


def test_it_stays_as_long_as_it_may_be_waited_for(draft: VisitReport) -> None:
    let_it_lie(draft, days=300)
    assert VisitReport.objects.get().findings.exists()


def test_that_there_is_one_is_told_and_not_what_it_says(world: World, draft: VisitReport) -> None:
    section = about_drafts(world.alice)
    assert len(section.rows) == 1
    assert "schreibt noch daran" in str(section.rows[0]["state"])
    assert MARKER not in str(section.rows)
    assert about_drafts(world.carl).rows == []


def test_its_directorate_erases_it_when_asked(world: World, draft: VisitReport) -> None:
    assert [row.organisation_id for row in holdings(world.alice)] == [world.police.pk]
    assert erase(world.alice, world.ihk) == []
    assert erase(world.alice, world.police) == [draft]
    assert not VisitReport.objects.exists()
    assert not Photo.objects.exists()
