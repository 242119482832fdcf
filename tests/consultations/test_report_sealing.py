"""The database keeps what is released, whoever tries: it only lets a report be erased."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Finding, Recommendation, VisitReport
from consultations.visit_reports.privacy import empty_reports
from tests import visit_factories
from tests.consultations.report_steps import make_draft, release
from tests.personas import World

pytestmark = pytest.mark.django_db
Attempt = Callable[[VisitReport], object]

REFUSED: dict[str, Attempt] = {
    "content": lambda r: VisitReport.objects.filter(pk=r.pk).update(content={"summary": "anders"}),
    "digest": lambda r: VisitReport.objects.filter(pk=r.pk).update(digest="0" * 64),
    "number": lambda r: VisitReport.objects.filter(pk=r.pk).update(reference="2020-0001"),
    "summary": lambda r: VisitReport.objects.filter(pk=r.pk).update(summary="anders"),
    "somebody else": lambda r: VisitReport.objects.filter(pk=r.pk).update(released_by=r.visit.request.person),
    "back to draft": lambda r: VisitReport.objects.filter(pk=r.pk).update(
        state="draft", released_at=None, content=None, salt=None, digest=""
    ),
    "delete": lambda r: VisitReport.objects.filter(pk=r.pk)._raw_delete("default"),
    "finding": lambda r: r.findings.update(note="anders"),
    "finding gone": lambda r: Finding.objects.filter(report=r, recommendations=None)._raw_delete("default"),
    "finding more": lambda r: visit_factories.make_finding(report=r),
    "advice": lambda r: r.recommendations.update(text="anders"),
    "advice gone": lambda r: r.recommendations.all()._raw_delete("default"),
    "advice more": lambda r: Recommendation.objects.create(report=r, finding=r.findings.first(), text="mehr"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_a_released_report_is_sealed(world: World, what: str) -> None:
    report = release(world)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        REFUSED[what](report)


@pytest.mark.parametrize(
    "what", ["summary", "finding", "finding more", "advice", "advice gone", "advice more"]
)
def test_a_draft_is_not(world: World, what: str) -> None:
    draft = make_draft(world)
    REFUSED[what](draft)
    draft.refresh_from_db()
    assert draft.is_draft


def test_nothing_is_taken_over_into_a_released_report(world: World) -> None:
    report = release(world)
    draft = visit_factories.make_report(visit=report.visit, checklist=report.checklist, number=2)
    finding = visit_factories.make_finding(report=draft)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(report=report)


def test_erasing_leaves_number_dates_and_digest_and_is_final(world: World) -> None:
    report = release(world)
    empty_reports([report.pk])
    erased = VisitReport.objects.get(pk=report.pk)
    assert (erased.reference, erased.digest, erased.released_at) == (
        report.reference,
        report.digest,
        report.released_at,
    )
    assert (erased.content, erased.salt, erased.summary) == (None, None, "")
    assert not Finding.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitReport.objects.update(content={}, salt="0" * 64, erased_at=None)


def test_whoever_released_it_may_be_forgotten(world: World) -> None:
    report = release(world)
    VisitReport.objects.filter(pk=report.pk).update(released_by=None, begun_by=None)
    assert VisitReport.objects.get(pk=report.pk).released_by is None
