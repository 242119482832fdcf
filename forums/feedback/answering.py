"""Somebody answers, behind a link that dies with it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.events.locking import lock_event
from forums.feedback.questions import write_down
from forums.models import Feedback, FeedbackInvitation, FeedbackQuestion, FeedbackText
from partnership.links import hash_of
from partnership.refusals import Refusal

Answer = int | bool | str
MOST_LETTERS = 1000


def invitation_behind(token: str) -> FeedbackInvitation | None:
    """None once it is answered or past its end."""
    return _open(token).select_related("event__partnership").first()


@transaction.atomic
def take_answer(*, token: str, answers: Mapping[str, Answer]) -> None:
    """Question key -> mark, whether yes, or words; what was left out is missing. Not in the log: the entry's
    time would lead back to whom it came from."""
    invitation = _open(token).select_for_update().first()
    if invitation is None:
        raise Refusal(_("Dieser Link gilt nicht mehr. Vielleicht haben Sie schon geantwortet."))
    event = lock_event(invitation.event_id)
    asked = write_down(event)
    marks = {
        str(question.key): answers[str(question.key)]
        for question in asked
        if question.form != FeedbackQuestion.Form.TEXT and str(question.key) in answers
    }
    texts = [
        FeedbackText(event=event, question=question.key, text=str(answers[str(question.key)]))
        for question in asked
        if question.form == FeedbackQuestion.Form.TEXT and str(question.key) in answers
    ]
    if not marks and not texts:
        raise Refusal(_("Die Fragen haben sich inzwischen geändert. Sehen Sie sie noch einmal durch."))
    Feedback.objects.create(event=event, answers=marks)
    FeedbackText.objects.bulk_create(texts)
    invitation.delete()


def _open(token: str) -> QuerySet[FeedbackInvitation]:
    rows = FeedbackInvitation.objects.filter(expires_on__gte=timezone.localdate())
    return rows.filter(token_hash=hash_of(token))
