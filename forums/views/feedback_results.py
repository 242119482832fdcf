"""Feedback, for those who run the event: the questions, whether to ask at all, and what was answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.event_tabs import frame_of
from forums.feedback import questions as domain
from forums.feedback.asking import last_day_to_answer
from forums.feedback.results import (
    Comparison,
    answers_so_far,
    are_results_final,
    compare,
    results_of,
    results_sheet,
)
from forums.forms.feedback import QuestionRows, questions_in
from forums.models import Event, Registration
from forums.queries import events_visible_to
from forums.rules import may_edit_event
from forums.views.events import editable
from partnership.forms.rows import with_another_row
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.spreadsheets import CSV, csv_of
from partnership.times import long_day, today
from partnership.views.administration.pages import CONFLICT, acting, allow, posted, seen_version


@login_required
@never_cache
@require_safe
def feedback(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    is_final = are_results_final(event, today=today())
    context = {
        **frame_of(request, event),
        "results": results_of(event) if is_final else None,
        "comparison": _comparison(request, event) if is_final else None,
        "asked": Registration.objects.filter(event=event, feedback_asked_at__isnull=False).count(),
        "so_far": answers_so_far(event),
        "until": long_day(last_day_to_answer(event)),
        "questions": [
            (domain.words_of(question), question.get_form_display())
            for question in domain.questions_of(event)
        ],
        "may_change": not domain.has_answers(event),
    }
    return render(request, "forums/feedback/results.html", context)


@login_required
@never_cache
@require_safe
def feedback_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """What cannot be told yet is explained by the page."""
    event = editable(request, reference)
    if not are_results_final(event, today=today()):
        return redirect("events:feedback", event.reference)
    response = HttpResponse(csv_of(results_sheet(results_of(event))), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="rueckmeldungen-{event.reference}.csv"'
    return response


@login_required
@never_cache
@allow
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    initial = [
        {"text": question.text, "form": question.form, "position": question.position}
        for question in domain.questions_of(event)
    ]
    rows: Any = QuestionRows(posted(request), initial=initial)
    refusal = None
    if rows.wants_another_row:
        with_another_row(rows)
    elif request.method == "POST" and rows.is_valid():
        try:
            domain.set_questions(
                event_id=event.pk,
                seen=seen_version(request),
                wanted=questions_in(rows),
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Fragen sind gespeichert."))
            return redirect("events:feedback", event.reference)
    context = {
        **frame_of(request, event),
        "rows": rows,
        "refusal": refusal,
        "version": event.version if refusal or request.method != "POST" else seen_version(request),
        "may_change": not domain.has_answers(event),
    }
    return render(request, "forums/feedback/questions.html", context, status=CONFLICT if refusal else 200)


@login_required
@require_POST
def switch(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    asks = request.POST.get("bitten") == "ja"
    domain.switch_feedback(event_id=event.pk, asks=asks, actor=acting(request))
    messages.success(
        request,
        _("Alle, die da waren, werden um Rückmeldung gebeten.")
        if asks
        else _("Niemand wird mehr um Rückmeldung gebeten."),
    )
    return redirect("events:feedback", event.reference)


def _comparison(request: HttpRequest, event: Event) -> Comparison | None:
    """With those of the series that the reader runs, too."""
    if event.series_id is None:
        return None
    posts = posts_for(request)
    of_series = events_visible_to(posts).filter(series=event.series_id, starts_at__lte=event.starts_at)
    return compare(event, [one for one in of_series if may_edit_event(posts, one)], today=today())
