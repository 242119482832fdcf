"""A scanned label of the own firm: on which thing does it stick?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assetmarking.codes.own_code import read_own_code
from assetmarking.forms.labels import ThingSearch
from assetmarking.labels.adopting import adopt_label
from assetmarking.labels.queries import SHOWN, labels_of, search_things, things_to_label
from assetmarking.models import Label
from partnership.refusals import Refusal
from partnership.views.own_pages import CONFLICT, own_act, own_page, person_of


@own_page
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    return _adopt_page(request, _own_label(request, code))


@own_act
def stick(request: HttpRequest, code: str) -> HttpResponse:
    label = _own_label(request, code)
    things = things_to_label(label.firm)
    asset = get_object_or_404(things, reference=request.POST.get("nummer", ""))
    try:
        adopt_label(label_id=label.pk, asset_id=asset.pk, actor=person_of(request))
    except Refusal as error:
        return _adopt_page(request, _own_label(request, code), error)
    words = _("Das Etikett %(code)s gehört jetzt zu „%(thing)s“.")
    messages.success(request, words % {"code": label.code, "thing": asset})
    return redirect("assetmarking:thing", asset.reference)


def _own_label(request: HttpRequest, code: str) -> Label:
    return get_object_or_404(labels_of(person_of(request)), code=read_own_code(code) or "")


def _adopt_page(request: HttpRequest, label: Label, refusal: Refusal | None = None) -> HttpResponse:
    search = ThingSearch(request.GET)
    found = search_things(things_to_label(label.firm), search.given("suche") or "")
    shown = list(found.order_by("has_label", "name", "pk")[: SHOWN + 1])
    context = {
        "label": label,
        "firm": label.firm,
        "search": search,
        "things": shown[:SHOWN],
        "has_more": len(shown) > SHOWN,
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "assetmarking/labels/adopt.html", context, status=status)
