"""Asking that one's own data go, seeing how it stands, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership import erasing
from partnership.current import current_partnership
from partnership.erasure_pages import lay_out_own_request
from partnership.forms.erasures import ErasureForm
from partnership.models import ErasureRequest, ErasureState, Person
from partnership.refusals import Refusal
from partnership.times import current_language
from partnership.views.own_pages import CONFLICT, own_act, own_page, person_of, typed


@own_page
def erasure(request: HttpRequest) -> HttpResponse:
    """Before the post: what goes, what stays. After it: who decides on what, until when."""
    person = person_of(request)
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    form = ErasureForm(typed(request), has_coming=_has_coming(person))
    if request.method != "POST" or not form.is_valid():
        return _page(request, person, form)
    try:
        erasing.ask_for_erasure(
            person=person,
            partnership=partnership,
            reason=form.cleaned_data["reason"],
            gives_up_coming=form.cleaned_data.get("gives_up_coming", False),
            language=current_language(),
        )
    except Refusal as refusal:
        return _page(request, person, form, refusal=refusal)
    messages.success(request, _("Ihr Antrag ist gestellt. Die Bestätigung kommt per E-Mail."))
    return redirect("account_erasure")


@own_act
def withdraw(request: HttpRequest) -> HttpResponse:
    own = ErasureRequest.objects.filter(person=person_of(request), state=ErasureState.OPEN)
    try:
        erasing.withdraw_erasure(request_id=get_object_or_404(own).pk, person=person_of(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("account_erasure")
    messages.success(request, _("Ihr Antrag ist zurückgenommen. Es bleibt alles, wie es ist."))
    return redirect("account_erasure")


def _page(
    request: HttpRequest, person: Person, form: ErasureForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    latest = ErasureRequest.objects.filter(person=person).order_by("-asked_at", "-pk").first()
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "has_duties": erasing.has_duties(person),
        "latest": lay_out_own_request(latest) if latest else None,
        "coming": [holding for holding in erasing.holdings_about(person) if holding.holds],
    }
    status = CONFLICT if refusal else 200
    return render(request, "partnership/own/erasure.html", context, status=status)


def _has_coming(person: Person) -> bool:
    return any(holding.holds for holding in erasing.holdings_about(person))
