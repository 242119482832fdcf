"""A thing is lent and comes back, is retired, is offered to another firm."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assetmarking.forms.things import LendForm, OfferForm, RetireForm
from assetmarking.recording import states
from assetmarking.transferring import transferring
from assetmarking.views.things import about_thing, own_thing
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import current_language
from partnership.views.own_pages import form_page, own_act, own_page, person_of, typed


@own_page
def lend(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    form = LendForm(typed(request))
    page = about_thing(asset) | {"title": _("Verleihen"), "button": _("Als verliehen eintragen")}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    values = form.cleaned_data
    try:
        states.lend(
            asset_id=asset.pk, to=values["lent_to"], until=values["lent_until"], actor=person_of(request)
        )
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Eingetragen: verliehen an %(who)s.") % {"who": values["lent_to"]})
    return redirect("assetmarking:thing", asset.reference)


@own_act
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    return _back_in_use(request, reference, states.take_back)


@own_page
def retire(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    form = RetireForm(typed(request))
    page = about_thing(asset) | {
        "title": _("Verkauft oder ausgemustert"),
        "intro": _("Bekommt es eine andere Firma, bieten Sie es ihr besser zur Übernahme an."),
        "button": _("Eintragen"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    values = form.cleaned_data
    try:
        states.retire(asset_id=asset.pk, state=values["state"], on=values["on"], actor=person_of(request))
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Eingetragen. Neunzig Tage lang können Sie es zurücknehmen."))
    return redirect("assetmarking:thing", asset.reference)


@own_act
def undo_retirement(request: HttpRequest, reference: str) -> HttpResponse:
    return _back_in_use(request, reference, states.undo_retirement)


@own_page
def transfer(request: HttpRequest, reference: str) -> HttpResponse:
    """An offer by mail; whoever opens it there accepts it for a firm."""
    asset = own_thing(request, reference)
    form = OfferForm(typed(request))
    page = about_thing(asset) | {
        "title": _("An eine andere Firma übergeben"),
        "intro": _(
            "Wir senden ein Angebot, das 14 Tage gilt. Wird es angenommen, gehören Gerät, Kennzeichen, "
            "Fotos und Besonderheiten der anderen Firma. Standort, Wert, Inventarnummer und Kaufbeleg werden "
            "gelöscht."
        ),
        "button": _("Angebot senden"),
        "refused": _("Nicht gesendet"),
    }
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    check_limit(request, "invite")
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    try:
        transferring.offer_thing(
            asset_id=asset.pk,
            to_email=form.cleaned_data["email"],
            note=form.cleaned_data["note"],
            partnership=partnership,
            language=current_language(),
            actor=person_of(request),
        )
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Das Angebot ist unterwegs."))
    return redirect("assetmarking:thing", asset.reference)


@own_act
def withdraw_offer(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    offer = transferring.open_offer_of(asset)
    try:
        if offer:
            transferring.withdraw_offer(transfer_id=offer.pk, actor=person_of(request))
            messages.success(request, _("Das Angebot ist zurückgezogen."))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("assetmarking:thing", asset.reference)


def _back_in_use(request: HttpRequest, reference: str, act: Callable[..., object]) -> HttpResponse:
    asset = own_thing(request, reference)
    try:
        act(asset_id=asset.pk, actor=person_of(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Eingetragen: wieder in Gebrauch."))
    return redirect("assetmarking:thing", asset.reference)
