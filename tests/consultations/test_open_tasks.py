"""What an officer leaves open at the end of a post. Nothing is counted twice, no firm is named."""

import pytest

from consultations.models import Appointment, OfficeHours
from consultations.open_tasks import open_tasks_of, planned
from partnership.models import Person, Post
from partnership.open_tasks import OpenTask, Plans
from tests import factories
from tests.partnership.administration.steps import A_DAY, post_of, today
from tests.personas import World

pytestmark = pytest.mark.django_db

State = Appointment.State


def tasks_of(person: Person) -> list[OpenTask]:
    post = post_of(person)
    return open_tasks_of([post]).get(post.pk, [])


def ended(person: Person) -> Person:
    Post.objects.filter(person=person).update(ends=today() - A_DAY)
    return person


def yesterday(world: World) -> OfficeHours:
    return factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=today() - A_DAY
    )


def test_a_lane_after_the_end_is_one_task(world: World) -> None:
    (task,) = tasks_of(ended(world.paula))
    assert "nach dem Ende der Funktion eingeplant" in task.words
    assert task.url == f"/arbeitsplatz/sprechtage/{world.hours.pk}/"


def test_a_post_without_end_has_only_consents_and_outcomes(world: World) -> None:
    assert tasks_of(world.paula) == []
    world.hours.state = OfficeHours.State.DRAFT
    world.hours.save()
    world.hours.lanes.update(agreed_at=None)
    assert "Zustimmung steht aus" in tasks_of(world.paula)[0].words


def test_a_talk_without_outcome_names_no_firm(world: World) -> None:
    factories.make_appointment(hours=yesterday(world), firm_name="Geheim GmbH")
    (task,) = tasks_of(ended(world.pia))
    assert "Ergebnis fehlt" in task.words
    assert "Geheim" not in task.words


@pytest.mark.parametrize("state", [State.ATTENDED, State.MISSED, State.CANCELLED])
def test_what_has_an_outcome_is_done(world: World, state: str) -> None:
    factories.make_appointment(hours=yesterday(world), state=state)
    assert tasks_of(ended(world.pia)) == []


def test_cancelled_days_leave_nothing(world: World) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.CANCELLED)
    assert tasks_of(ended(world.paula)) == []


def test_whoever_comes_back_has_the_tasks_again(world: World) -> None:
    former = post_of(ended(world.paula))
    factories.make_post(world.paula, Post.Role.OFFICER, organisation=world.police, starts=today())
    assert open_tasks_of([former])[former.pk] == []


def test_a_desk_leaves_nothing(world: World) -> None:
    assert tasks_of(ended(world.bert)) == []


def test_plans_are_counted_from_a_day_on(world: World) -> None:
    factories.make_appointment(hours=world.hours)
    here = frozenset({world.office.pk})
    assert planned(Plans(offices=here, since=today())) == ["1 Sprechtag, 1 gebuchter Termin"]
    assert planned(Plans(offices=here, since=world.hours.day + A_DAY)) == []
    assert planned(Plans(offices=frozenset(), police=world.police.pk, since=today())) != []
