"""Marks of a thing, and its receipt."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from assetmarking.codes.warnings import warnings_for
from assetmarking.forms.things import MarkForm, ReceiptForm
from assetmarking.models import Receipt
from assetmarking.recording import marking, receipts
from assetmarking.views.things import about_thing, own_thing, upload_page
from partnership.limits import check_limit
from partnership.middleware import takes_photos
from partnership.refusals import Refusal
from partnership.views.own_pages import form_page, own_page, person_of, question_page, typed


@own_page
def mark_new(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    form = MarkForm(typed(request))
    page = about_thing(asset) | {"title": _("Kennzeichen hinzufügen"), "button": _("Hinzufügen")}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        mark = marking.add_mark(asset_id=asset.pk, details=form.details, actor=person_of(request))
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Das Kennzeichen %(text)s ist hinzugefügt.") % {"text": mark.text})
    for words in warnings_for(mark.kind, mark.text):
        messages.warning(request, words)
    for other in marking.others_with_number(asset, mark):
        messages.warning(
            request,
            _("Dieselbe Nummer steht auch bei „%(thing)s“ (%(reference)s).")
            % {"thing": other, "reference": other.reference},
        )
    return redirect("assetmarking:thing", asset.reference)


@own_page
def mark_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    asset = own_thing(request, reference)
    mark = get_object_or_404(asset.marks, pk=pk)
    page = about_thing(asset) | {
        "title": _("Kennzeichen entfernen?"),
        "what": f"{mark.get_kind_display()}: {mark.text}",
        "sentences": [_("Danach findet die Polizei das Gerät nicht mehr unter dieser Nummer.")],
        "button": _("Entfernen"),
        "refused": _("Nicht entfernt"),
    }
    if request.method != "POST":
        return question_page(request, **page)
    try:
        marking.remove_mark(asset_id=asset.pk, mark_id=mark.pk, actor=person_of(request))
    except Refusal as refusal:
        return question_page(request, **page, refusal=refusal)
    messages.success(request, _("Das Kennzeichen ist entfernt."))
    return redirect("assetmarking:thing", asset.reference)


@takes_photos(most=1)
@own_page
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    asset, refusal = own_thing(request, reference), None
    files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReceiptForm(*files)
    if request.method == "POST" and form.is_valid():
        check_limit(request, "photos")
        try:
            receipts.add_receipt(
                asset_id=asset.pk, upload=form.cleaned_data["file"], actor=person_of(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Kaufbeleg ist gespeichert."))
            return redirect("assetmarking:thing", asset.reference)
    return upload_page(request, form, asset, title=_("Kaufbeleg hinzufügen"), refusal=refusal)


@own_page
def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:
    """As an attachment: nothing of it runs in the portal's pages."""
    asset = own_thing(request, reference)
    found = Receipt.objects.filter(asset=asset).first()
    if found is None:
        raise Http404
    suffix = "pdf" if found.kind == Receipt.Kind.PDF else "jpg"
    response = HttpResponse(bytes(found.content), content_type=found.kind)
    response["Content-Disposition"] = f'attachment; filename="kaufbeleg-{asset.reference}.{suffix}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@own_page
def receipt_remove(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    page = about_thing(asset) | {"title": _("Kaufbeleg entfernen?"), "button": _("Entfernen")}
    if request.method != "POST":
        return question_page(request, **page, what=str(asset), sentences=[])
    receipts.remove_receipt(asset_id=asset.pk, actor=person_of(request))
    messages.success(request, _("Der Kaufbeleg ist entfernt."))
    return redirect("assetmarking:thing", asset.reference)
