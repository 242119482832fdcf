"""Two officers say at the same moment what came of one visit or talk: nobody writes over the other unseen."""

import datetime
import threading
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone

from consultations import outcomes as talks
from consultations.models import Appointment, Concern, Visit, VisitReport
from consultations.outcomes import NotedMeanwhile, note_outcome
from consultations.placing import with_everything
from consultations.visit_reports.drafts import begin_log
from consultations.visits import outcomes
from consultations.visits.outcomes import note_nobody_there, note_visited
from partnership.models import LogEntry, Person
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.visit_log_steps import visit_of_today
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = Appointment.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def visit(world: World) -> Visit:
    make_in_force(world)
    return visit_of_today(world)


@pytest.fixture
def visits_unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the visit before one of them writes."""
    barrier = threading.Barrier(2)

    def read_without_lock(visit_id: int) -> Appointment:
        found = with_everything().get(pk=visit_id)
        barrier.wait(60)
        return found

    monkeypatch.setattr(outcomes, "_lock", read_without_lock)


def there(visit: Visit, officer: Person) -> Job:
    return lambda: note_visited(visit_id=visit.pk, seen="", actor=officer)


def not_there(visit: Visit, officer: Person) -> Job:
    return lambda: note_nobody_there(visit_id=visit.pk, seen="", actor=officer)


def beginning(visit: Visit, officer: Person) -> Job:
    return lambda: begin_log(visit_id=visit.pk, actor=officer)


def state_of(visit: Visit) -> str:
    return Appointment.objects.get(pk=visit.pk).state


def acts() -> list[str]:
    rows = LogEntry.objects.filter(act__regex=r"^(visit|appointment)\.").order_by("pk")
    return list(rows.values_list("act", flat=True))


def test_of_two_outcomes_the_second_is_told_of_the_first(world: World, visit: Visit) -> None:
    answers = behind(visit.request, there(visit, world.paula), not_there(visit, world.pia))
    assert refusals(answers) == [NotedMeanwhile]
    assert (state_of(visit), acts()) == (State.ATTENDED, ["visit.attended"])


def test_control_without_the_lock_both_believe_to_have_noted_it(
    world: World, visit: Visit, visits_unlocked: None
) -> None:
    answers = at_once(there(visit, world.paula), not_there(visit, world.pia))
    assert refusals(answers) == []
    assert sorted(acts()) == ["visit.attended", "visit.nobody_there"]


def test_two_who_say_the_same_note_it_once(world: World, visit: Visit) -> None:
    answers = behind(visit.request, there(visit, world.paula), there(visit, world.pia))
    assert refusals(answers) == []
    assert acts() == ["visit.attended"]


def test_nobody_is_missing_where_a_log_is_begun_meanwhile(world: World, visit: Visit) -> None:
    answers = behind(visit.request, beginning(visit, world.paula), not_there(visit, world.pia))
    assert refusals(answers) == [Refusal]
    assert "schon ein Protokoll" in str(answers[1])
    assert (state_of(visit), VisitReport.objects.count()) == (State.ATTENDED, 1)


def test_no_log_is_begun_where_nobody_was_there_meanwhile(world: World, visit: Visit) -> None:
    answers = behind(visit.request, not_there(visit, world.pia), beginning(visit, world.paula))
    assert refusals(answers) == [NotedMeanwhile]
    assert (state_of(visit), VisitReport.objects.count()) == (State.MISSED, 0)


def test_control_without_the_lock_a_log_stands_beside_nobody_there(
    world: World, visit: Visit, visits_unlocked: None
) -> None:
    assert refusals(at_once(beginning(visit, world.paula), not_there(visit, world.pia))) == []
    assert "visit.nobody_there" in acts()
    assert VisitReport.objects.count() == 1


# a talk at the office


def talk_of(world: World) -> Appointment:
    start = timezone.now() - datetime.timedelta(minutes=5)
    period = DateTimeTZRange(start, start + datetime.timedelta(minutes=45))
    return factories.make_appointment(hours=world.hours, period=period)


def noting(talk: Appointment, officer: Person, **fields: Any) -> Job:
    given = {"outcome": State.ATTENDED, "next_step": "", "seen": "", "actor": officer} | fields
    return lambda: note_outcome(appointment_id=talk.pk, **given)


def two_notes(world: World, talk: Appointment) -> tuple[Job, Job]:
    return (
        noting(talk, world.paula, officer_note="Riegel"),
        noting(talk, world.pia, officer_note="Niemand da", outcome=State.MISSED),
    )


def test_a_note_is_not_written_over_by_a_colleagues(world: World) -> None:
    talk = talk_of(world)
    answers = behind(talk, *two_notes(world, talk))
    assert refusals(answers) == [NotedMeanwhile]
    assert "Riegel" in str(answers[1])
    assert Concern.objects.get(appointment=talk).officer_note == "Riegel"


def test_control_without_the_lock_a_note_is_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, barrier, read = talk_of(world), threading.Barrier(2), talks.noted

    def read_together(appointment: Appointment, concern: Concern | None) -> dict[str, str]:
        found = read(appointment, concern)
        barrier.wait(60)
        return found

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    monkeypatch.setattr(talks, "noted", read_together)
    assert refusals(at_once(*two_notes(world, talk))) == []
    assert len(acts()) == 2
