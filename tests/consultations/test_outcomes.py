"""What came of a consultation, noted by the officer."""

import datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import Appointment, Concern
from consultations.outcomes import NotedMeanwhile, as_seen, note_outcome, noted
from partnership.models import LogEntry
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import MINUTE, last_act
from tests.personas import World

State = Appointment.State


def begun(world: World, state: State = State.CONFIRMED, minutes_ago: int = 1, **fields: Any) -> Appointment:
    start = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    period = DateTimeTZRange(start, start + 45 * MINUTE)
    return factories.make_appointment(hours=world.hours, state=state, period=period, **fields)


def note(
    appointment: Appointment, world: World, outcome: State = State.ATTENDED, seen: str = ""
) -> Appointment:
    return note_outcome(
        appointment_id=appointment.pk,
        seen=seen,
        outcome=outcome,
        officer_note="Schließzylinder besprochen",
        next_step=Concern.NextStep.VISIT,
        actor=world.paula,
    )


def seen_of(appointment: Appointment) -> str:
    return as_seen(noted(appointment, Concern.objects.get(appointment=appointment)))


@pytest.mark.parametrize("outcome", [State.ATTENDED, State.MISSED])
def test_an_officer_notes_how_it_went(world: World, outcome: State) -> None:
    noted = note(begun(world, note="Der Hof ist dunkel"), world, outcome)
    noted.refresh_from_db()
    assert noted.state == outcome
    assert (noted.concern.officer_note, noted.concern.next_step) == ("Schließzylinder besprochen", "visit")
    assert noted.concern.note == "Der Hof ist dunkel"


def test_an_outcome_may_be_corrected_and_each_is_in_the_log_of_the_police(world: World) -> None:
    appointment = begun(world)
    missed = note(appointment, world, State.MISSED)
    assert last_act().act == "appointment.missed"
    assert note(appointment, world, seen=seen_of(missed)).state == State.ATTENDED
    assert (last_act().act, last_act().organisation) == ("appointment.attended", world.police)
    assert last_act().actor == world.paula


def test_noting_the_same_twice_changes_nothing(world: World) -> None:
    appointment = begun(world)
    note(appointment, world)
    assert note(appointment, world).state == State.ATTENDED
    assert LogEntry.objects.filter(act="appointment.attended").count() == 1


def test_what_somebody_else_noted_meanwhile_is_told_instead_of_lost(world: World) -> None:
    appointment = begun(world)
    note(appointment, world, State.MISSED)
    with pytest.raises(NotedMeanwhile) as told:
        note(appointment, world)
    assert "nicht erschienen; Besuch vor Ort vereinbaren; „Schließzylinder besprochen“" in str(told.value)
    appointment.refresh_from_db()
    assert appointment.state == State.MISSED


def test_a_firm_that_never_confirmed_may_have_come_all_the_same(world: World) -> None:
    assert note(begun(world, State.UNCONFIRMED), world).state == State.ATTENDED


def test_there_is_no_outcome_before_the_talk_begins(world: World) -> None:
    with pytest.raises(Refusal, match="noch nicht begonnen"):
        note(begun(world, minutes_ago=-5), world)


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED])
def test_what_did_not_take_place_has_no_outcome(world: World, state: State) -> None:
    with pytest.raises(Refusal, match="abgesagt oder verfallen"):
        note(begun(world, state), world)


def test_only_attended_and_missed_are_outcomes(world: World) -> None:
    with pytest.raises(Refusal, match="Wählen Sie"):
        note(begun(world), world, State.CANCELLED)
