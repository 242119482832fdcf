"""The desk hands on a request for a visit for somebody on the telephone, and sees what it has handed on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations import rules
from consultations.forms.visit_asking import CallerRequestForm
from consultations.models import VisitRequest
from consultations.queries import member_chambers
from consultations.views.firm_choice import FirmChoice, read_firm_choice, who_calls
from consultations.views.times import CONFLICT
from consultations.visits.asking import enter_for_caller
from consultations.visits.own import entered_visible_to
from consultations.visits.page import entered_row
from partnership.current import current_partnership
from partnership.models import Organisation, Person, Site
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for


@login_required
@never_cache
@require_safe
def entered(request: HttpRequest) -> HttpResponse:
    if not rules.may_open_desk(posts_for(request)):
        raise PermissionDenied
    sheet = sheet_of(entered_visible_to(posts_for(request)), request.GET)
    context = {"sheet": sheet, "rows": [entered_row(asked) for asked in sheet.rows]}
    return render(request, "consultations/visits/entered.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """`firma` says who calls; reason and note are not read back."""
    if not rules.may_open_desk(posts_for(request)):
        raise PermissionDenied
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    firm = read_firm_choice(request)
    if firm is None:
        about = who_calls(request, purpose="besuch", label=_("Wer ruft an?"))
        return render(request, "consultations/visits/enter_who.html", about)
    chambers = list(member_chambers(partnership))
    own = [chamber for chamber in chambers if chamber.pk in posts_for(request).desks]
    if not own:
        raise PermissionDenied
    if request.method != "POST":
        form = CallerRequestForm(initial=_known_of(firm, own[0]), chambers=chambers)
        return _page(request, form, firm)
    form = CallerRequestForm(request.POST, chambers=chambers)
    if not form.is_valid():
        return _page(request, form, firm)
    assert isinstance(request.user, Person)
    try:
        asked = enter_for_caller(
            entry=form.entry(partnership=partnership, page_language="de"),
            desk_of=own[0],
            actor=request.user,
            firm_id=firm.firm.pk if firm.firm else None,
        )
    except Refusal as refusal:
        return _page(request, form, firm, refusal=refusal)
    messages.success(request, _words(asked))
    return redirect("appointments:visits_entered")


def _known_of(firm: FirmChoice, own: Organisation) -> dict[str, str]:
    known = {"chamber": str(own.pk)} | firm.initial
    site = Site.objects.filter(firm=firm.firm).order_by("pk").first() if firm.firm else None
    if site:
        known |= {"street": site.street, "postcode": site.postcode, "city": site.city}
    return known


def _words(asked: VisitRequest) -> str:
    words = {"firm": asked.firm_name, "police": asked.police.name, "reference": asked.reference}
    if asked.contact_email:
        return (
            _("%(firm)s: Die Anfrage %(reference)s ist bei der %(police)s. Die Firma erhält eine E-Mail.")
            % words
        )
    return _("%(firm)s: Die Anfrage %(reference)s ist bei der %(police)s. Die Polizei ruft an.") % words


def _page(
    request: HttpRequest, form: CallerRequestForm, firm: FirmChoice, *, refusal: Refusal | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "firm": firm,
        "people": firm.links(request.GET) if request.method != "POST" else [],
        "refusal": refusal,
    }
    return render(request, "consultations/visits/enter.html", context, status=CONFLICT if refusal else 200)
