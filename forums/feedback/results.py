"""What was answered, once nobody can answer any more: two looks that differ by one answer would tell it.

Below five answers nothing is said but that there are few (docs/decisions/0040).
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from forums.feedback.asking import last_day_to_answer
from forums.feedback.questions import MARKS, YES_NO, questions_of, words_of
from forums.models import Event, Feedback, FeedbackQuestion, FeedbackText
from partnership.small_numbers import LEAST, Count, shown
from partnership.spreadsheets import Cell, Sheet
from partnership.times import berlin_day, numeric_date

Form = FeedbackQuestion.Form
COMPARED = 5
"""So many events of a series stand side by side."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` in percent."""

    label: str
    share: int


@dataclass(frozen=True, slots=True)
class Result:
    """Of one question. Without `bars` too few have answered it; `sum_up` is the whole in a word."""

    words: str
    is_text: bool
    answers: Count
    sum_up: str
    bars: list[Bar]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Results:
    """`answers` is how many have answered at all; without `questions` too few."""

    answers: Count
    questions: list[Result]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row for each question, a column for each event."""

    events: list[str]
    rows: list[tuple[str, list[str]]]


def are_results_final(event: Event, *, today: datetime.date) -> bool:
    return today > last_day_to_answer(event)


def answers_so_far(event: Event) -> Count:
    return shown(event.feedback.count())


def results_of(event: Event) -> Results:
    """Of one that is final."""
    given = list(event.feedback.values_list("answers", flat=True))
    if len(given) < LEAST:
        return Results(shown(len(given)), [])
    texts = _texts_of(event)
    return Results(
        shown(len(given)), [_result(question, given, texts[question.key]) for question in questions_of(event)]
    )


def compare(event: Event, others: Sequence[Event], *, today: datetime.date) -> Comparison | None:
    """With the events before it, the oldest first; None where there is nothing to compare with.

    Compared are questions that had the same words.
    """
    final = [other for other in others if are_results_final(other, today=today)]
    given: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for key, answers in Feedback.objects.filter(event__in=final).values_list("event", "answers"):
        given[key].append(answers)
    told = [other for other in final if len(given[other.pk]) >= LEAST][-COMPARED:]
    if len(told) < 2:
        return None
    questions = [question for question in questions_of(event) if question.form != Form.TEXT]
    return Comparison(
        [numeric_date(berlin_day(other.starts_at)) for other in told],
        [
            (words_of(question), [_result(question, given[other.pk], []).sum_up or "–" for other in told])
            for question in questions
        ],
    )


def results_sheet(results: Results) -> Sheet:
    """A row for each answer that could be chosen, then those in words."""
    rows: list[list[Cell]] = []
    for result in results.questions:
        number: Cell = result.answers.low if result.answers.is_exact else str(result.answers)
        rows += [[result.words, number, bar.label, bar.share] for bar in result.bars]
        rows += [[result.words, number, text, None] for text in result.texts]
        if not result.bars and not result.texts:
            rows.append([result.words, number, _("zu wenige, um sie zu zeigen"), None])
    header = [_("Frage"), _("Rückmeldungen"), _("Antwort"), _("Anteil in Prozent")]
    return Sheet(_("Rückmeldungen"), header, rows)


def _texts_of(event: Event) -> dict[UUID, list[str]]:
    """By question, in the order of their random keys."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for question, text in FeedbackText.objects.filter(event=event).values_list("question", "text"):
        found[question].append(text)
    return found


def _result(question: FeedbackQuestion, given: Sequence[dict[str, Any]], texts: list[str]) -> Result:
    words = words_of(question)
    if question.form == Form.TEXT:
        return Result(words, True, Count(len(texts), len(texts)), "", [], texts)
    values = [answers[str(question.key)] for answers in given if str(question.key) in answers]
    if len(values) < LEAST:
        return Result(words, False, shown(len(values)), "", [], [])
    counted = Counter(values)
    named: dict[Any, Any] = dict(MARKS if question.form == Form.MARK else YES_NO)
    bars = [Bar(str(label), round(100 * counted[value] / len(values))) for value, label in named.items()]
    sum_up = _average(values) if question.form == Form.MARK else f"{bars[0].share} % {bars[0].label}"
    return Result(words, False, shown(len(values)), sum_up, bars, [])


def _average(marks: Sequence[int]) -> str:
    """'1,8'."""
    return f"{sum(marks) / len(marks):.1f}".replace(".", ",")
