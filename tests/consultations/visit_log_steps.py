"""A visit of today, and its log as officers write it."""

import datetime
from typing import Any

from django.utils import timezone

from consultations.models import Checklist, ChecklistItem, Finding, Visit, VisitReport
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.writing import Advice, Observation, save_finding
from partnership.times import at_wall_time
from tests.consultations.checklist_steps import make_in_force
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

MARKER = "Luke mit Zahlenschloss 1234"
ADVICE = Advice(text="Bauen Sie ein Schloss ein.", priority=1)


def visit_of_today(world: World, **fields: Any) -> Visit:
    """Of Paula, if nothing else is said, from midnight on, whatever the time."""
    request = make_visit_request(police=world.police)
    starts_at = at_wall_time(timezone.localdate(), datetime.time())
    return make_visit(request=request, starts_at=starts_at, **{"officer": world.paula} | fields)


def begun(world: World) -> VisitReport:
    """With items T1, T2 (one recommendation in the library) and W1."""
    if not Checklist.objects.filter(police=world.police).exists():
        make_in_force(world)
    return begin_log(visit_id=visit_of_today(world).pk, actor=world.paula)


def item_of(report: VisitReport, code: str) -> ChecklistItem:
    return report.checklist.items.get(code=code)


def note_down(report: VisitReport, code: str = "T2", *, seen: int = 0, **fields: Any) -> Finding:
    """Weak, by Paula, if nothing else is said."""
    actor = fields.pop("actor", report.begun_by)
    observation = Observation(**{"state": Finding.State.WEAK, "note": MARKER} | fields)
    return save_finding(
        report_id=report.pk,
        item_id=item_of(report, code).pk,
        seen=seen,
        observation=observation,
        actor=actor,
    )
