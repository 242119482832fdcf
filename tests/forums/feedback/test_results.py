"""What is shown of answers: nothing before the end, nothing of fewer than five, nothing in its order."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forums.feedback.results import compare, results_of
from forums.feedback.texts import erase_texts_of
from forums.models import Event, FeedbackText
from tests.event_factories import make_event
from tests.forums.feedback.steps import (
    answer,
    invite,
    keys_of,
    make_answers,
    make_past_event,
    make_series,
)
from tests.personas import World, sign_in

MARK = "Frau Muster war unfreundlich"


@pytest.fixture
def event(world: World) -> Event:
    """So long ago that nobody can answer any more."""
    return make_past_event(world.ihk, days=15)


def page(event: Event, part: str = "") -> str:
    return f"/arbeitsplatz/foren/{event.reference}/rueckmeldungen/{part}"


def shown_to(client: Client, world: World, event: Event, who: str = "bert") -> str:
    html = sign_in(client, getattr(world, who)).get(page(event)).content.decode()
    return " ".join(html.split())


def test_bars_have_words_and_numbers_and_are_drawn(client: Client, world: World, event: Event) -> None:
    make_answers(event, 1, 1, 2, 3, 5)
    html = shown_to(client, world, event)
    assert 'sehr gut: <span class="nowrap">40 %</span>' in html
    assert '<rect class="numbers-bar numbers-bar--attended" width="40" height="16" />' in html
    assert ("5 Antworten, im Ganzen 2,4" in html, "im Ganzen 60 % ja" in html) == (True, True)


def test_nothing_of_four_answers_but_that_there_are_few(client: Client, world: World, event: Event) -> None:
    make_answers(event, 1, 2, 3, 4, texts=(MARK,))
    html = shown_to(client, world, event)
    assert "&lt; 5 Rückmeldungen" in html
    assert "Ergebnisse zeigen wir ab fünf Rückmeldungen" in html
    assert [word for word in (MARK, "%", "<rect") if word in html] == []


def test_a_question_that_few_have_answered_is_hidden_alone(event: Event) -> None:
    make_answers(event, 1, 2, 3, 4)
    invite(event)
    answer(event, _1=2)
    first, second, *_others = results_of(event).questions
    assert (bool(first.bars), second.bars, str(second.answers)) == (True, [], "< 5")


def test_words_are_shown_from_five_answers_on_by_their_random_keys(
    client: Client, world: World, event: Event
) -> None:
    make_answers(event, 1, 1, 1, 1, 1, texts=("Erster <b>", "Zweiter", "Dritter"))
    html = shown_to(client, world, event)
    texts = results_of(event).questions[-1].texts
    assert texts == [row.text for row in FeedbackText.objects.order_by("id")]
    assert "Erster &lt;b&gt;" in html


def test_before_the_end_only_how_many_there_are(client: Client, world: World) -> None:
    event = make_past_event(world.ihk, days=14)
    make_answers(event, 1, 1, 1, 1, 1, 1, texts=(MARK,))
    event.registrations.create(
        reference="A-1",
        ticket="T1",
        state="confirmed",
        confirmed_at=timezone.now(),
        feedback_asked_at=timezone.now(),
        email="a@b.example",
    )
    html = shown_to(client, world, event)
    assert "Bisher 6 Rückmeldungen, gefragt sind 1" in html
    assert [word for word in (MARK, "%", "<rect") if word in html] == []
    assert client.get(page(event, "antworten.csv"))["Location"] == page(event)


def test_the_file_says_the_same(client: Client, world: World, event: Event) -> None:
    make_answers(event, 1, 1, 2, 2, 5, texts=("=1+1",))
    content = sign_in(client, world.bert).get(page(event, "antworten.csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[1] == ["Wie fanden Sie die Veranstaltung insgesamt?", "5", "sehr gut", "40"]
    assert rows[-1][2] == "'=1+1"
    assert len(rows) == 1 + 3 * 5 + 2 + 1


def test_events_of_a_series_stand_side_by_side(client: Client, world: World, event: Event) -> None:
    series = make_series(world.ihk)
    before, few = (make_past_event(world.ihk, days=days, series=series) for days in (200, 100))
    Event.objects.filter(pk=event.pk).update(series=series)
    make_answers(before, 3, 3, 3, 3, 4)
    make_answers(few, 5, 5, 5, 5)
    make_answers(event, 1, 1, 1, 1, 2)
    html = shown_to(client, world, event)
    row = html.partition("insgesamt?</th>")[2].partition("</tr>")[0]
    assert [mark in row for mark in ("3,2", "1,2", "5,0")] == [True, True, False]
    assert compare(few, [few], today=timezone.localdate()) is None


@pytest.mark.parametrize(
    ("who", "status"), [("bert", 200), ("hanna", 403), ("karl", 200), ("paula", 403), ("carl", 404)]
)
def test_who_reads_it(client: Client, world: World, event: Event, who: str, status: int) -> None:
    sign_in(client, getattr(world, who))
    found = {client.get(page(event, part)).status_code for part in ("", "fragen/", "antworten.csv")}
    assert found == {status}
    assert client.post(page(event, "bitten/"), {"bitten": "ja"}).status_code == (
        302 if status == 200 else status
    )


def test_questions_are_set_by_a_form_and_one_more_row_is_asked_for(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    sign_in(client, world.bert)
    given = rows_of_questions(("Zwei?", "mark", "2"), ("Eins?", "yes_no", "1"), ("Drei?", "text", ""))
    more = client.post(page(event, "fragen/"), given | {"form-weitere": "1"}).content.decode()
    assert 'name="form-3-text"' in more
    assert client.post(page(event, "fragen/"), given).status_code == 302
    assert list(event.feedback_questions.values_list("text", flat=True)) == ["Eins?", "Zwei?", "Drei?"]
    assert client.post(page(event, "fragen/"), given).status_code == 409


def rows_of_questions(*rows: tuple[str, str, str]) -> dict[str, Any]:
    given = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0", "gesehen": "1"}
    for number, (text, form, position) in enumerate(rows):
        start = f"form-{number}-"
        given |= {f"{start}text": text, f"{start}form": form, f"{start}position": position}
    return given


def test_words_of_an_event_go_and_marks_stay(world: World, event: Event) -> None:
    make_answers(event, 1, texts=("Alt",))
    make_answers(make_past_event(world.ihk, days=2), 1, texts=("Neu",))
    erase_texts_of([event.pk])
    assert FeedbackText.objects.get().text == "Neu"
    assert keys_of(event)
    assert event.feedback.count() == 1
