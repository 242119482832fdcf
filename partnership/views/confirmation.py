"""Whoever has neither password nor second factor confirms by a code from a mail that it is really them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, resume_request
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership.confirmation_code import check_code, is_waiting, send_code
from partnership.current import current_partnership
from partnership.forms.accounts import ConfirmByMailForm
from partnership.limits import check_limit
from partnership.models import Person
from partnership.refusals import Refusal


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Two steps on one page: have a code sent, type it. Others confirm by what they have."""
    assert isinstance(request.user, Person)
    if get_reauthentication_flows(request.user):
        return redirect("account_reauthenticate")
    if request.method != "POST":
        return _page(request, ConfirmByMailForm())
    check_limit(request, "code")
    if request.POST.get("action") == "send":
        partnership = current_partnership(request)
        if partnership:
            send_code(session=request.session, partnership=partnership, person=request.user)
        onward = urlencode({"next": request.POST.get("next", "")})
        return redirect(f"{reverse('account_reauthenticate_by_code')}?{onward}")
    form = ConfirmByMailForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        check_code(session=request.session, code=form.cleaned_data["code"])
    except Refusal as refused:
        form.add_error("code", ValidationError(refused.sentence, code="incorrect_code"))
        return _page(request, form, status=409)
    record_authentication(request, request.user, method="code", reauthenticated=True)
    return resume_request(request) or redirect("account_profile")


def _page(request: HttpRequest, form: ConfirmByMailForm, *, status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "is_waiting": is_waiting(request.session), "next": wanted}
    return render(request, "account/reauthenticate_by_code.html", context, status=status)
