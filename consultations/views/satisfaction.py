"""Two questions after a talk, behind a link that serves once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations.forms.satisfaction import SatisfactionForm
from consultations.satisfaction import invitation_behind, take_answer
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.views.secret_links import secret_page

ENDED = "consultations/public/satisfaction_ended.html"


@require_http_methods(["GET", "HEAD", "POST"])
@secret_page
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page."""
    if invitation_behind(token) is None:
        check_limit(request, "link")
        return render(request, ENDED, status=404)
    form = SatisfactionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "consultations/public/satisfaction.html", {"form": form})
    try:
        take_answer(token=token, helped=form.cleaned_data["helped"], ease=form.cleaned_data["ease"])
    except Refusal:
        return render(request, ENDED, status=409)
    return redirect("consultations:satisfaction_thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "consultations/public/satisfaction_thanks.html")
