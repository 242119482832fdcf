"""What an event asks afterwards: five questions by default, others by those who run it.

They can be changed until the first answer. A question keeps its key as long as its words stay the same;
that is what lies side by side over a series.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from forums.events.locking import lock_event
from forums.models import Event, FeedbackQuestion
from partnership.administration.changes import ChangedMeanwhile
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

Form = FeedbackQuestion.Form
MOST = 10
DEFAULTS = {
    UUID("5d0c6c0e-6f0b-4c39-9f36-0c3a8d1f7a01"): (
        gettext_noop("Wie fanden Sie die Veranstaltung insgesamt?"),
        Form.MARK,
    ),
    UUID("5d0c6c0e-6f0b-4c39-9f36-0c3a8d1f7a02"): (
        gettext_noop("Wie fanden Sie die Inhalte für Ihre Arbeit?"),
        Form.MARK,
    ),
    UUID("5d0c6c0e-6f0b-4c39-9f36-0c3a8d1f7a03"): (
        gettext_noop("Wie fanden Sie Ort, Technik und Ablauf?"),
        Form.MARK,
    ),
    UUID("5d0c6c0e-6f0b-4c39-9f36-0c3a8d1f7a04"): (
        gettext_noop("Werden Sie etwas davon umsetzen?"),
        Form.YES_NO,
    ),
    UUID("5d0c6c0e-6f0b-4c39-9f36-0c3a8d1f7a05"): (
        gettext_noop("Was sollen wir beim nächsten Mal anders machen?"),
        Form.TEXT,
    ),
}
MARKS = {
    1: gettext_lazy("sehr gut"),
    2: gettext_lazy("gut"),
    3: gettext_lazy("mittel"),
    4: gettext_lazy("weniger gut"),
    5: gettext_lazy("nicht gut"),
}
YES_NO = {True: gettext_lazy("ja"), False: gettext_lazy("nein")}


def questions_of(event: Event) -> list[FeedbackQuestion]:
    """As they stand; before anybody has written them down, those of the last time, else the default ones."""
    return list(event.feedback_questions.all()) or [
        FeedbackQuestion(event=event, key=key, position=position, text=text, form=form)
        for position, (key, text, form) in enumerate(_proposed_for(event), start=1)
    ]


def words_of(question: FeedbackQuestion) -> str:
    """In the language shown, where the question is one of ours."""
    return _(question.text) if question.key in DEFAULTS else question.text


def has_answers(event: Event) -> bool:
    return event.feedback.exists() or event.feedback_texts.exists()


@transaction.atomic
def set_questions(*, event_id: int, seen: int, wanted: Sequence[tuple[str, str]], actor: Person) -> None:
    """All of them, in order, as words and form of answer. Raises ChangedMeanwhile and Refusal."""
    event = lock_event(event_id)
    if event.version != seen:
        raise ChangedMeanwhile
    if has_answers(event):
        raise Refusal(_("Die erste Antwort ist da: Die Fragen bleiben, wie sie sind."))
    if not 1 <= len(wanted) <= MOST:
        raise Refusal(_("Stellen Sie mindestens eine und höchstens %(most)s Fragen.") % {"most": MOST})
    if len(set(wanted)) < len(wanted):
        raise Refusal(_("Eine Frage steht zweimal da. Ändern oder entfernen Sie eine."))
    keys = {(question.text, question.form): question.key for question in questions_of(event)}
    keys |= {(text, form): key for key, (text, form) in DEFAULTS.items()}
    event.feedback_questions.all().delete()
    FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(
            event=event, key=keys.get((text, form)) or uuid4(), position=position, text=text, form=form
        )
        for position, (text, form) in enumerate(wanted, start=1)
    )
    event.version += 1
    event.save(update_fields=["version"])
    _log("feedback.questions_changed", event, actor, {"questions": len(wanted)})


@transaction.atomic
def switch_feedback(*, event_id: int, asks: bool, actor: Person) -> None:
    """Whether participants are asked at all. Who has been asked already may still answer."""
    event = lock_event(event_id)
    if event.asks_feedback == asks:
        return
    event.asks_feedback = asks
    event.save(update_fields=["asks_feedback"])
    _log("feedback.switched", event, actor, {"asks": asks})


def write_down(event: Event) -> list[FeedbackQuestion]:
    """Of a locked event: from the first answer on they are what was answered."""
    if not event.feedback_questions.exists():
        FeedbackQuestion.objects.bulk_create(questions_of(event))
    return list(event.feedback_questions.all())


def _proposed_for(event: Event) -> list[tuple[UUID, str, str]]:
    before = None
    if event.series_id:
        earlier = Event.objects.filter(series=event.series_id, starts_at__lt=event.starts_at)
        before = earlier.filter(feedback_questions__isnull=False).order_by("-starts_at", "-pk").first()
    rows = before.feedback_questions.values_list("key", "text", "form") if before else []
    return list(rows) or [(key, text, form) for key, (text, form) in DEFAULTS.items()]


def _log(act: str, event: Event, actor: Person, detail: dict[str, Any]) -> None:
    log_act(act=act, thing=event, actor=actor, organisation=event.organiser, detail=detail)
