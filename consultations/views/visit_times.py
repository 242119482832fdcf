"""The firm chooses among the times offered for its visit. Its page names times and the town only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from consultations.access import Access
from consultations.forms.visit_planning import NoTimeSuitsForm
from consultations.views.times import CONFLICT
from consultations.views.visit_own import allow, by_link, by_person
from consultations.visits.access import RequestAccess
from consultations.visits.offering import choose_time, decline_all
from consultations.visits.placing import open_times
from consultations.visits.times_page import lay_out_times
from partnership.refusals import Refusal


@allow
def times(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    """Mail scanners open links: opening one only shows the times. `zeit` is the one chosen; without it,
    none suits."""
    declines = request.method == "POST" and "zeit" not in request.POST
    form = NoTimeSuitsForm(request.POST if declines else None)
    if request.method != "POST" or (declines and not form.is_valid()):
        return _show(request, access, form)
    if declines:
        decline_all(request_id=access.request.pk, words=form.cleaned_data["words"])
        return redirect(f"{request.path}?antwort=keine")
    key = request.POST["zeit"]
    is_key = key.isascii() and key.isdecimal() and len(key) < 18
    offered = get_object_or_404(access.request.visits, pk=int(key) if is_key else 0)
    try:
        chosen, token = choose_time(appointment_id=offered.pk, actor=access.person)
    except Refusal as refusal:
        access.request.refresh_from_db()
        return _show(request, access, form, refusal=refusal)
    if not token:
        return redirect(request.path)
    if access.is_signed_in:
        return redirect(Access(chosen, chosen.reference, is_signed_in=True).page_url)
    return redirect("consultations:appointment", token)


def _show(
    request: HttpRequest, access: RequestAccess, form: NoTimeSuitsForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    asked = access.request
    context = {
        "access": access,
        "asked": asked,
        "partnership": asked.partnership,
        "phone": asked.partnership.phone,
        "page": lay_out_times(asked, open_times(asked).filter(held_until__gt=timezone.now())),
        "form": form,
        "refusal": refusal,
        "has_declined": request.GET.get("antwort") == "keine",
    }
    return render(request, "consultations/visits/times.html", context, status=CONFLICT if refusal else 200)


link_times, own_times = by_link(times), by_person(times)
