"""Things of a firm: the list, a thing, recording and changing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assetmarking.codes.own_code import read_own_code
from assetmarking.codes.warnings import warnings_for
from assetmarking.firm_actions import ACTIONS
from assetmarking.forms.things import ThingForm, ThingPhotosForm, ThingSearch
from assetmarking.models import Asset
from assetmarking.queries import assets_of
from assetmarking.recording import recording
from assetmarking.recording.listing import things_page, totals_of
from assetmarking.recording.page import lay_out_thing
from assetmarking.recording.photos import add_photo
from assetmarking.thefts.words import euros
from partnership.limits import check_limit
from partnership.middleware import takes_photos
from partnership.models import Firm, Person
from partnership.photos.queries import photos_of
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.views.administration.pages import seen_version
from partnership.views.own_pages import form_page, own_firm, own_page, person_of, question_page, typed

KEPT = ("category", "make", "site", "kept_at")
"""What the next thing has in common with the one before."""
AGAIN = "noch_einen"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the registry is for, for everybody; with the way to the own things."""
    firms = list(firms_of(request.user)) if isinstance(request.user, Person) else []
    return render(request, "assetmarking/recording/start.html", {"firms": firms})


@own_page
def things(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    search = ThingSearch(request.GET)
    wanted = {"search": search.given("suche") or "", "state": search.given("stand") or ""}
    totals, worth = totals_of(firm)
    first, *actions = [
        (action.label, reverse(action.url_name, args=[firm.pk]))
        for action in sorted(ACTIONS, key=lambda action: action.order)
    ]
    context = {
        "firm": firm,
        "search": search,
        "page": things_page(firm, query=request.GET, **wanted),
        "totals": totals,
        "worth": euros(worth, decimals=0) if worth else "",
        "first": first,
        "actions": actions,
    }
    return render(request, "assetmarking/recording/things.html", context)


@own_page
def thing(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    context = {
        "asset": asset,
        "firm": asset.firm,
        "page": lay_out_thing(asset),
        "photos": photos_of(asset),
        "may_remove": True,
    }
    return render(request, "assetmarking/recording/thing.html", context)


@own_page
def new(request: HttpRequest, firm_pk: int) -> HttpResponse:
    """`etikett` is a label that waits to be stuck on what is recorded now."""
    firm = own_firm(request, firm_pk)
    label = read_own_code(request.GET.get("etikett", "")) or ""
    initial = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    form = ThingForm(typed(request), firm=firm, with_mark=True, initial=initial)
    page = _frame(firm) | {"title": _("Gerät erfassen"), "button": _("Erfassen"), "again": AGAIN}
    if request.method != "POST" or not form.is_valid():
        return _recording_page(request, form, **page)
    try:
        asset = recording.record_thing(
            firm_id=firm.pk,
            details=form.details,
            marks=form.marks,
            campaign=form.cleaned_data["campaign"],
            form_key=form.form_key,
            actor=person_of(request),
        )
    except Refusal as refusal:
        return _recording_page(request, form, **page, refusal=refusal)
    messages.success(request, _("%(thing)s ist erfasst.") % {"thing": asset})
    for mark in form.marks:
        for words in warnings_for(mark.kind, mark.text):
            messages.warning(request, words)
    return _after_recording(request, asset, label)


def _after_recording(request: HttpRequest, asset: Asset, label: str) -> HttpResponse:
    if label:
        return redirect("assetmarking:adopt", label)
    if AGAIN not in request.POST:
        return redirect("assetmarking:thing", asset.reference)
    kept = request.GET.copy()
    for name in KEPT:
        kept[name] = request.POST.get(name, "")
    return redirect(f"{reverse('assetmarking:new', args=[asset.firm_id])}?{kept.urlencode()}")


def _recording_page(
    request: HttpRequest, form: ThingForm, *, refusal: Refusal | None = None, **frame: Any
) -> HttpResponse:
    context = {"form": form, "refusal": refusal, **frame}
    status = 409 if refusal else 200
    return render(request, "assetmarking/recording/new.html", context, status=status)


@own_page
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    names = ("name", "category", "make", "model", "year", "peculiarities", "own_number", "kept_at")
    initial = {name: getattr(asset, name) for name in names} | {
        "site": str(asset.site_id or ""),
        "value": "" if asset.value is None else f"{asset.value:.2f}".replace(".", ","),
        "campaign": asset.campaign.code if asset.campaign else "",
    }
    form = ThingForm(typed(request), firm=asset.firm, initial=initial)
    version = seen_version(request) or asset.version
    page = about_thing(asset) | {"title": _("Angaben ändern"), "button": _("Speichern"), "version": version}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        recording.change_thing(
            asset_id=asset.pk,
            seen=version,
            details=form.details,
            campaign=form.cleaned_data["campaign"],
            actor=person_of(request),
        )
    except Refusal as refusal:
        return form_page(request, form, **page | {"version": asset.version}, refusal=refusal)
    messages.success(request, _("Die Angaben sind gespeichert."))
    return redirect("assetmarking:thing", asset.reference)


@own_page
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Only what was recorded by mistake."""
    asset = own_thing(request, reference)
    page = about_thing(asset) | {
        "title": _("Gerät löschen?"),
        "what": str(asset),
        "sentences": [_("Nur, wenn es versehentlich erfasst wurde. Fotos und Kennzeichen gehen mit.")],
        "button": _("Löschen"),
        "refused": _("Nicht gelöscht"),
    }
    if request.method != "POST":
        return question_page(request, **page)
    try:
        recording.delete_thing(asset_id=asset.pk, actor=person_of(request))
    except Refusal as refusal:
        return question_page(request, **page, refusal=refusal)
    messages.success(request, _("Das Gerät ist gelöscht."))
    return redirect("assetmarking:things", asset.firm_id)


@takes_photos(most=5)
@own_page
def photos(request: HttpRequest, reference: str) -> HttpResponse:
    asset = own_thing(request, reference)
    files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ThingPhotosForm(*files)
    if request.method == "POST":
        check_limit(request, "photos")
    if request.method != "POST" or not form.is_valid():
        return upload_page(request, form, asset, title=_("Fotos hinzufügen"))
    before, sent = {photo.pk for photo in photos_of(asset)}, []
    try:
        for upload in form.cleaned_data["photos"]:
            sent.append(add_photo(asset_id=asset.pk, upload=upload, actor=person_of(request)).pk)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    _say_what_was_added(request, added=len(set(sent) - before), sent=len(sent))
    return redirect("assetmarking:thing", asset.reference)


def _say_what_was_added(request: HttpRequest, *, added: int, sent: int) -> None:
    if added:
        words = ngettext("Ein Foto ist hinzugefügt.", "%(number)d Fotos sind hinzugefügt.", added)
        messages.success(request, words % {"number": added})
    if again := sent - added:
        words = ngettext(
            "Ein Foto hatten wir schon. Es ist einmal zu sehen.",
            "%(number)d Fotos hatten wir schon. Jedes ist einmal zu sehen.",
            again,
        )
        messages.success(request, words % {"number": again})


def upload_page(
    request: HttpRequest, form: Any, asset: Asset, *, title: str, refusal: Refusal | None = None
) -> HttpResponse:
    context = about_thing(asset) | {"form": form, "title": title, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "assetmarking/recording/upload.html", context, status=status)


def own_thing(request: HttpRequest, reference: str) -> Asset:
    """Of a firm for which this person speaks; others do not exist for them."""
    return get_object_or_404(assets_of(person_of(request)), reference=reference)


def _frame(firm: Firm) -> dict[str, Any]:
    return {
        "above": firm.name,
        "back_url": reverse("assetmarking:things", args=[firm.pk]),
        "back_words": _("Abbrechen"),
        "refused": _("Nicht gespeichert"),
    }


def about_thing(asset: Asset) -> dict[str, Any]:
    """What the pages of one thing share."""
    return {
        "above": str(asset),
        "back_url": reverse("assetmarking:thing", args=[asset.reference]),
        "back_words": _("Abbrechen"),
        "refused": _("Nicht gespeichert"),
    }
