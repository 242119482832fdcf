"""Five questions unless somebody sets others, until the first answer; a key lasts as long as its words."""

import pytest

from forums.feedback.questions import DEFAULTS, questions_of, set_questions
from forums.models import Event, FeedbackQuestion
from partnership.administration.changes import ChangedMeanwhile
from partnership.journal import entries_about
from partnership.refusals import Refusal
from tests.event_factories import make_event
from tests.forums.feedback.steps import answer, invite, keys_of, make_past_event, make_series
from tests.personas import World

OTHERS = [("Kommen Sie wieder?", "yes_no"), ("Wie fanden Sie die Veranstaltung insgesamt?", "mark")]


@pytest.fixture
def event(world: World) -> Event:
    return make_past_event(world.ihk)


def change(event: Event, world: World, wanted: list[tuple[str, str]] = OTHERS, *, seen: int = 1) -> None:
    set_questions(event_id=event.pk, seen=seen, wanted=wanted, actor=world.bert)


def test_three_marks_a_yes_or_no_and_words(event: Event) -> None:
    assert [question.form for question in questions_of(event)] == ["mark"] * 3 + ["yes_no", "text"]
    assert not FeedbackQuestion.objects.exists()


def test_they_are_set_in_order_and_noted(world: World, event: Event) -> None:
    change(event, world)
    assert [(question.text, question.form) for question in questions_of(event)] == OTHERS
    assert entries_about(event).get().act == "feedback.questions_changed"


def test_words_that_stay_keep_their_key(world: World, event: Event) -> None:
    first = keys_of(event)[0]
    change(event, world)
    assert keys_of(event)[1] == first
    assert keys_of(event)[0] not in map(str, DEFAULTS)


def test_two_who_change_them_at_once_notice_each_other(world: World, event: Event) -> None:
    change(event, world)
    with pytest.raises(ChangedMeanwhile):
        change(event, world)
    change(event, world, seen=2)


@pytest.mark.parametrize("wanted", [[], [(f"{number}?", "mark") for number in range(11)], [OTHERS[0]] * 2])
def test_none_too_many_and_twice_the_same_are_refused(
    world: World, event: Event, wanted: list[tuple[str, str]]
) -> None:
    with pytest.raises(Refusal):
        change(event, world, wanted)


def test_after_the_first_answer_they_stay(world: World, event: Event) -> None:
    invite(event)
    answer(event, _1=1)
    assert FeedbackQuestion.objects.count() == 5
    with pytest.raises(Refusal, match="Die erste Antwort ist da"):
        change(event, world)


def test_the_next_of_a_series_asks_the_same(world: World, event: Event) -> None:
    Event.objects.update(series=make_series(world.ihk))
    change(event, world)
    coming = make_event(organiser=world.ihk, series=Event.objects.get().series)
    assert keys_of(coming) == keys_of(event)
