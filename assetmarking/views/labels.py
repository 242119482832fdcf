"""A firm's labels: what there is, ordering in advance or for things, the sheet and its file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assetmarking.forms.labels import ForThingsForm, InAdvanceForm, ThingSearch
from assetmarking.labels import ordering, printing
from assetmarking.labels.formats import formats_of
from assetmarking.labels.pages import lay_out_labels, lay_out_sheet
from assetmarking.labels.queries import SHOWN, search_things, sheets_of, things_to_label
from assetmarking.models import LabelSheet
from assetmarking.queries import assets_of
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import Firm, Partnership
from partnership.refusals import Refusal
from partnership.views.own_pages import CONFLICT, own_act, own_firm, own_page, person_of, typed


@own_page
def labels(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    return render(request, "assetmarking/labels/labels.html", {"firm": firm, "page": lay_out_labels(firm)})


@own_page
def in_advance(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    form, refusal = InAdvanceForm(typed(request), **_paper_of(firm)), None
    if request.method == "POST" and form.is_valid():
        check_limit(request, "labels")
        try:
            sheet = ordering.order_in_advance(
                firm_id=firm.pk,
                partnership=_partnership(request),
                paper=form.chosen,
                count=form.cleaned_data["count"],
                actor=person_of(request),
            )
            return redirect("assetmarking:label_sheet", sheet.pk)
        except Refusal as error:
            refusal = error
    context = {"firm": firm, "form": form, "refusal": refusal, "title": _("Etiketten auf Vorrat")}
    return _order_page(request, context)


@own_page
def for_things(request: HttpRequest, firm_pk: int) -> HttpResponse:
    """Beside the things that the search finds, those that are named in the address are at hand and chosen."""
    firm = own_firm(request, firm_pk)
    rows, search = things_to_label(firm), ThingSearch(request.GET)
    named = request.GET.getlist("nummer")
    found = rows.filter(reference__in=named) if named else search_things(rows, search.given("suche") or "")
    shown = list(found.order_by("has_label", "name", "pk")[: SHOWN + 1])
    without = list(rows.filter(has_label=False).values_list("pk", flat=True)[: ordering.MOST])
    form = ForThingsForm(
        typed(request),
        things=shown[:SHOWN],
        without=len(without),
        initial={"things": [str(asset.pk) for asset in shown]} if named else {},
        **_paper_of(firm),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        check_limit(request, "labels")
        try:
            sheet = ordering.order_for_things(
                firm_id=firm.pk,
                partnership=_partnership(request),
                paper=form.chosen,
                asset_ids=without if form.wants_all else form.asset_ids,
                actor=person_of(request),
            )
            return redirect("assetmarking:label_sheet", sheet.pk)
        except Refusal as error:
            refusal = error
    context = {
        "firm": firm,
        "form": form,
        "search": search,
        "refusal": refusal,
        "has_more": len(shown) > SHOWN,
    }
    return _order_page(request, context | {"title": _("Etiketten für Geräte")})


@own_page
def of_thing(request: HttpRequest, reference: str) -> HttpResponse:
    asset = get_object_or_404(assets_of(person_of(request)), reference=reference)
    response = redirect("assetmarking:labels_for_things", asset.firm_id)
    response["Location"] += f"?nummer={asset.reference}"
    return response


@own_page
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_sheet(request, pk)
    context = {"sheet": found, "firm": found.firm, "page": lay_out_sheet(found)}
    return render(request, "assetmarking/labels/sheet.html", context)


@own_page
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_sheet(request, pk)
    if not found.pdf:
        raise Http404
    response = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="etiketten-{found.pk}.pdf"'
    return response


@own_act
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    printing.print_again(_own_sheet(request, pk))
    return redirect("assetmarking:label_sheet", pk)


def _own_sheet(request: HttpRequest, pk: int) -> LabelSheet:
    return get_object_or_404(sheets_of(person_of(request)), pk=pk)


def _paper_of(firm: Firm) -> dict[str, Any]:
    return {"formats": formats_of(firm), "printers": list(firm.printer_offsets.all())}


def _partnership(request: HttpRequest) -> Partnership:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    return partnership


def _order_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = CONFLICT if context["refusal"] else 200
    return render(request, "assetmarking/labels/order.html", context, status=status)
