"""The firm chooses among the times offered for its visit. Its page names times and the town only."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultations.forms.visit_planning import NoTimeSuitsForm
from consultations.models import VisitRequest
from consultations.views.times import CONFLICT
from consultations.visits.access import request_behind
from consultations.visits.offering import choose_time, decline_all, stop_freed_times
from consultations.visits.placing import open_times
from consultations.visits.times_page import lay_out_times
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import SecretLink
from partnership.refusals import Refusal
from partnership.views.secret_links import secret_page

View = Callable[[HttpRequest, VisitRequest], HttpResponse]
allow = require_http_methods(["GET", "HEAD", "POST"])


def by_visit_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Unknown and ended links get a page that helps."""

    @secret_page
    @wraps(view)
    def open_link(request: HttpRequest, token: str) -> HttpResponse:
        asked = request_behind(token, purpose=SecretLink.Purpose.VISIT)
        if asked is None:
            check_limit(request, "link")
            context = {"partnership": current_partnership(request)}
            return render(request, "consultations/visits/times_ended.html", context, status=404)
        return view(request, asked)

    return open_link


@by_visit_link
@allow
def times(request: HttpRequest, asked: VisitRequest) -> HttpResponse:
    """Mail scanners open links: opening one only shows the times. `zeit` is the one chosen; without it,
    none suits."""
    declines = request.method == "POST" and "zeit" not in request.POST
    form = NoTimeSuitsForm(request.POST if declines else None)
    if request.method != "POST" or (declines and not form.is_valid()):
        return _show(request, asked, form)
    if declines:
        decline_all(request_id=asked.pk, words=form.cleaned_data["words"])
        return redirect(f"{request.path}?antwort=keine")
    key = request.POST["zeit"]
    offered = get_object_or_404(
        asked.visits, pk=int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else 0
    )
    try:
        _chosen, token = choose_time(appointment_id=offered.pk)
    except Refusal as refusal:
        asked.refresh_from_db()
        return _show(request, asked, form, refusal=refusal)
    return redirect("consultations:appointment", token) if token else redirect(request.path)


@by_visit_link
@allow
def stop(request: HttpRequest, asked: VisitRequest) -> HttpResponse:
    """Mail programs post here by themselves when somebody unsubscribes (RFC 8058)."""
    if request.method == "POST":
        stop_freed_times(request_id=asked.pk)
        asked.refresh_from_db()
    context = {"asked": asked, "partnership": asked.partnership}
    return render(request, "consultations/visits/times_stop.html", context)


def _show(
    request: HttpRequest, asked: VisitRequest, form: NoTimeSuitsForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    now = timezone.now()
    context = {
        "asked": asked,
        "partnership": asked.partnership,
        "phone": asked.partnership.phone,
        "page": lay_out_times(asked, open_times(asked).filter(held_until__gt=now)),
        "form": form,
        "refusal": refusal,
        "has_declined": request.GET.get("antwort") == "keine",
        "stop_path": f"{request.path}abmelden/",
    }
    return render(request, "consultations/visits/times.html", context, status=CONFLICT if refusal else 200)
