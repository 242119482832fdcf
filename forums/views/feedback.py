"""Questions after an event, behind a link that serves once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums.feedback.answering import invitation_behind, take_answer
from forums.feedback.questions import questions_of
from forums.forms.feedback import FeedbackForm
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import long_day
from partnership.views.secret_links import secret_page

ENDED = "forums/feedback/ended.html"
CONFLICT = 409


@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page."""
    invitation = invitation_behind(token)
    if invitation is None:
        check_limit(request, "link")
        return render(request, ENDED, status=404)
    event = invitation.event
    form = FeedbackForm(request.POST if request.method == "POST" else None, questions=questions_of(event))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            take_answer(token=token, answers=form.answers)
        except Refusal as error:
            refusal = error
        else:
            return redirect("forums:feedback_thanks")
    context = {
        "form": form,
        "event": event,
        "until": long_day(invitation.expires_on),
        "refusal": refusal,
        "refused": _("Noch nicht gesendet"),
    }
    return render(request, "forums/feedback/ask.html", context, status=CONFLICT if refusal else 200)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "forums/feedback/thanks.html")
