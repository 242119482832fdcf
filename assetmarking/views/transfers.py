"""Behind the link of an offer: accept it for a firm, or decline it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assetmarking.forms.things import AcceptForm
from assetmarking.models import Transfer
from assetmarking.transferring import transferring
from partnership.coming_back import go_and_come_back
from partnership.limits import check_limit
from partnership.models import Firm, Person
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.times import current_language, long_moment
from partnership.views.own_pages import CONFLICT, allow
from partnership.views.secret_links import secret_page

GONE = 410
FIRST = "zuerst"
"""The name of the button that leads to what an acceptance needs."""


@secret_page
@allow
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Shown to whoever holds the link; accepted by who is signed in and speaks for a firm."""
    check_limit(request, "link")
    found = transferring.offer_behind(token)
    if found is None:
        return render(request, "assetmarking/transferring/ended.html", status=GONE)
    if FIRST in request.POST:
        is_known = request.user.is_authenticated
        return go_and_come_back(request, "own_firms:new" if is_known else "account_login")
    person = request.user if isinstance(request.user, Person) else None
    firms = list(firms_of(person)) if person else []
    form = AcceptForm(request.POST if request.method == "POST" else None, firms=firms)
    if request.method != "POST" or person is None or not form.is_valid():
        return _page(request, found, token=token, form=form, firms=firms)
    try:
        asset = transferring.accept_offer(
            transfer_id=found.pk,
            firm_id=int(form.cleaned_data["firm"]),
            language=current_language(),
            actor=person,
        )
    except Refusal as refusal:
        return _page(request, found, token=token, form=form, firms=firms, refusal=refusal)
    messages.success(request, _("%(thing)s gehört jetzt Ihrer Firma.") % {"thing": asset})
    return redirect("assetmarking:thing", asset.reference)


@secret_page
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    found = transferring.offer_behind(token)
    if found is not None:
        try:
            transferring.decline_offer(transfer_id=found.pk)
        except Refusal:
            found = None
    context = {"is_declined": found is not None}
    return render(request, "assetmarking/transferring/ended.html", context, status=200 if found else GONE)


def _page(
    request: HttpRequest,
    found: Transfer,
    *,
    token: str,
    form: AcceptForm,
    firms: list[Firm],
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "offer": found,
        "until": long_moment(found.offer_until),
        "token": token,
        "form": form,
        "firms": firms,
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "assetmarking/transferring/offer.html", context, status=status)
