"""What became of a hundred thousand recommendations, counted by area, premises and quarter."""

import datetime
import itertools
import uuid
from functools import partial

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import (
    Appointment,
    Finding,
    Recommendation,
    Uptake,
    Visit,
    VisitReport,
    VisitRequest,
)
from consultations.numbers.uptake import Unit, make_uptake_report
from partnership.times import today
from tests.bench.desk import milliseconds
from tests.bench.report import Row, row
from tests.bench.visits import small_world
from tests.personas import World

ADVICE = 100_000
OF_A_VISIT = 50
PREMISES = VisitRequest.Premises.values
FLOOR = """
SELECT uptake.state, count(*) FROM consultations_recommendation advice
LEFT JOIN consultations_uptake uptake ON uptake.key = advice.key GROUP BY uptake.state
"""


def counting() -> list[Row]:
    """In this process; floor: the same rows joined and counted by how they stand, without any rule."""
    world, draft = small_world()
    _write(world, draft)
    unit = Unit(world.partnership, world.police)
    report = make_uptake_report(unit, today=today())
    if report is None or report.whole.advice < ADVICE * 0.9:
        raise AssertionError("not counted")
    value = milliseconds(partial(make_uptake_report, unit, today=today()))
    name = f"uptake of {ADVICE} recommendations"
    return [row(name, value, "ms", floor=milliseconds(_count_bare))]


def _count_bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        cursor.fetchall()


def _write(world: World, draft: VisitReport) -> None:
    """Two thousand visits of the two years before this quarter, each with fifty recommendations."""
    now, count = timezone.now(), ADVICE // OF_A_VISIT
    days = [now - datetime.timedelta(days=100 + number % 600) for number in range(count)]
    requests = VisitRequest.objects.bulk_create(
        VisitRequest(
            partnership=world.partnership,
            police=world.police,
            reference=f"U-{number}",
            state=VisitRequest.State.VISITED,
            contact_email="firm@bench.example",
            premises=PREMISES[number % len(PREMISES)],
            asked_since=day,
            ended_at=day,
        )
        for number, day in enumerate(days)
    )
    appointments = Appointment.objects.bulk_create(
        Appointment(
            partnership=world.partnership,
            police=world.police,
            reference=f"UV-{number}",
            mode=Appointment.Mode.ON_SITE,
            state=Appointment.State.ATTENDED,
            period=DateTimeTZRange(day, day + datetime.timedelta(hours=1)),
            firm_name=f"Tischlerei {number}",
        )
        for number, day in enumerate(days)
    )
    visits = Visit.objects.bulk_create(
        Visit(appointment=appointment, request=request, officer=world.paula)
        for appointment, request in zip(appointments, requests, strict=True)
    )
    reports = VisitReport.objects.bulk_create(
        VisitReport(visit=visit, police=world.police, checklist=draft.checklist) for visit in visits
    )
    _advise(reports, draft)
    for number, (report, day) in enumerate(zip(reports, days, strict=True)):
        report.state, report.reference, report.content = "released", f"UB-{number}", {}
        report.released_at, report.salt, report.digest = day, "0" * 64, f"{number:064}"
    sealed = ["state", "reference", "content", "released_at", "salt", "digest"]
    VisitReport.objects.bulk_update(reports, sealed, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE consultations_recommendation, consultations_finding, consultations_uptake"
        )


def _advise(reports: list[VisitReport], draft: VisitReport) -> None:
    """Three in five have told what became of it."""
    items = list(draft.checklist.items.all()[:OF_A_VISIT])
    findings = Finding.objects.bulk_create(
        (Finding(report=report, item=item, state="weak") for report in reports for item in items),
        batch_size=5000,
    )
    advice = Recommendation.objects.bulk_create(
        (
            Recommendation(report=f.report, finding=f, key=uuid.uuid4(), text="Gegen Hochschieben sichern.")
            for f in findings
        ),
        batch_size=5000,
    )
    told = itertools.cycle(["done", "planned", "declined", "", ""])
    dates = {
        "done": {"done_on": today()},
        "planned": {"planned_until": today()},
        "declined": {"reason": "Nein"},
    }
    Uptake.objects.bulk_create(
        (
            Uptake(
                visit_id=a.report.visit_id,
                key=a.key,
                state=state,
                told_at=timezone.now() - datetime.timedelta(days=95),
                **dates[state],  # type: ignore[arg-type]
            )
            for a, state in zip(advice, told, strict=False)
            if state
        ),
        batch_size=5000,
    )
