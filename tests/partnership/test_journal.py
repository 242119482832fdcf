"""Who did what, to which thing."""

import pytest

from partnership.journal import act_label, entries_about, log_act
from partnership.models import LogEntry
from tests.personas import World


def test_an_entry_names_act_actor_thing_and_whose_auditor_may_read_it(world: World) -> None:
    log_act(act="hours.planned", thing=world.hours, actor=world.bert, organisation=world.ihk)
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor, entry.thing) == ("hours.planned", world.bert, world.hours)
    assert entry.organisation == world.ihk


def test_an_act_nobody_has_named_is_refused(world: World) -> None:
    with pytest.raises(KeyError):
        log_act(act="hours.eaten", thing=world.hours)
    assert not LogEntry.objects.exists()


def test_entries_about_a_thing_are_its_own_in_order(world: World) -> None:
    log_act(act="hours.planned", thing=world.hours)
    log_act(act="hours.planned", thing=world.office)
    log_act(act="hours.published", thing=world.hours)
    assert [entry.act for entry in entries_about(world.hours)] == ["hours.planned", "hours.published"]


def test_a_person_who_leaves_leaves_the_entry(world: World) -> None:
    log_act(act="hours.planned", thing=world.hours, actor=world.carl)
    world.carl.delete()
    assert LogEntry.objects.get().actor is None


def test_people_read_acts_in_german() -> None:
    assert act_label("appointment.moved") == "Termin verschoben"
    assert act_label("unbekannt") == "unbekannt"
