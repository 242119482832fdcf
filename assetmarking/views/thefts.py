"""A firm reports a theft and follows it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmarking.forms.thefts import NumberForm, TheftForm
from assetmarking.models import Asset, TheftReport
from assetmarking.queries import assets_of, assets_of_firm, reports_of
from assetmarking.thefts import reporting
from assetmarking.thefts.listing import page_of
from assetmarking.thefts.page import lay_out_report
from assetmarking.thefts.paper import pdf_of_report
from assetmarking.thefts.words import address_of, describe, hours_of
from assetmarking.views.thing_choice import choice_page, chosen_things, has_chosen
from partnership.current import current_partnership
from partnership.models import Firm, Site
from partnership.refusals import Refusal
from partnership.times import current_language
from partnership.views.administration.pages import seen_version
from partnership.views.own_pages import (
    CONFLICT,
    form_page,
    own_firm,
    own_page,
    person_of,
    question_page,
    typed,
)

STEP = "schritt"


@own_page
def report_theft(request: HttpRequest, firm_pk: int) -> HttpResponse:
    """Things, then place and time, then a look at it all; `schritt` says which button was pressed."""
    firm = own_firm(request, firm_pk)
    held = assets_of_firm(firm).filter(state__in=Asset.HELD)
    things = chosen_things(request, held, most=reporting.MOST_THINGS)
    if not things or not has_chosen(request):
        return _choose_stolen(request, firm)
    sites = list(firm.sites.order_by("pk"))
    step = request.POST.get(STEP, "")
    form = TheftForm(typed(request), initial=_place(request, sites))
    if request.method != "POST" or step == "aendern" or not form.is_valid():
        return _details_page(request, firm, form, things=things, sites=sites)
    if step != "melden":
        return _check_page(request, firm, form, things=things)
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    try:
        report = reporting.report_theft(
            firm_id=firm.pk,
            asset_ids=[asset.pk for asset in things],
            told=form.told,
            partnership=partnership,
            page_language=current_language(),
            actor=person_of(request),
        )
    except Refusal as refusal:
        return _check_page(request, firm, form, things=things, refusal=refusal)
    messages.success(request, _("Der Diebstahl ist gemeldet. Eine Bestätigung ist unterwegs an Sie."))
    return redirect("assetmarking:theft", report.reference)


@own_page
def report_stolen(request: HttpRequest, reference: str) -> HttpResponse:
    """From the thing's page: it is chosen already."""
    asset = get_object_or_404(assets_of(person_of(request)), reference=reference)
    path = reverse("assetmarking:report_theft", args=[asset.firm_id])
    return redirect(f"{path}?geraet={asset.reference}&weiter=1")


@own_page
def thefts(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    context = {"firm": firm, "page": page_of(reports_of(person_of(request)).filter(firm=firm), request.GET)}
    return render(request, "assetmarking/thefts/thefts.html", context)


@own_page
def theft(request: HttpRequest, reference: str) -> HttpResponse:
    report = _own_report(request, reference)
    context = {"report": report, "page": lay_out_report(report), "firm": report.firm}
    return render(request, "assetmarking/thefts/theft.html", context)


@own_page
def theft_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """For the insurer."""
    report = _own_report(request, reference)
    return pdf_response(pdf_of_report(report), name=f"diebstahl-{report.reference}.pdf")


@own_page
def change(request: HttpRequest, reference: str) -> HttpResponse:
    report = _own_report(request, reference)
    form, refusal = NumberForm(typed(request), report=report), None
    version = seen_version(request) or report.version
    if request.method == "POST" and form.is_valid():
        try:
            reporting.change_report(
                report_id=report.pk,
                seen=version,
                actor=person_of(request),
                **form.cleaned_data,
            )
        except Refusal as error:
            refusal, version = error, report.version
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("assetmarking:theft", reference)
    return form_page(
        request,
        form,
        title=_("Angaben zur Anzeige"),
        button=_("Speichern"),
        refusal=refusal,
        refused=_("Noch nicht gespeichert"),
        version=version,
        **_back(report),
    )


@own_page
def add_things(request: HttpRequest, reference: str) -> HttpResponse:
    """What was missed later: chosen, then asked about."""
    report = _own_report(request, reference)
    held = assets_of_firm(report.firm).filter(state__in=Asset.HELD)
    things = chosen_things(request, held, most=reporting.MOST_THINGS)
    if not things or not has_chosen(request):
        return choice_page(
            request, held, title=_("Noch etwas gestohlen"), button=_("Weiter: prüfen"), **_back(report)
        )
    refusal = None
    if request.method == "POST":
        try:
            reporting.add_things(
                report_id=report.pk, asset_ids=[asset.pk for asset in things], actor=person_of(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Meldung ist ergänzt. Die Polizei erfährt es gleich."))
            return redirect("assetmarking:theft", reference)
    return question_page(
        request,
        title=_("Auch diese Geräte sind gestohlen?"),
        button=_("Zur Meldung hinzufügen"),
        sentences=[describe(asset) for asset in things],
        refusal=refusal,
        refused=_("Noch nicht hinzugefügt"),
        **_back(report),
    )


@own_page
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    report, refusal = _own_report(request, reference), None
    if request.method == "POST":
        try:
            reporting.withdraw_report(report_id=report.pk, actor=person_of(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Meldung ist zurückgezogen. Die Geräte sind wieder in Gebrauch."))
            return redirect("assetmarking:theft", reference)
    return question_page(
        request,
        title=_("Meldung zurückziehen?"),
        button=_("Ja, es war ein Irrtum"),
        sentences=[
            _("Nur wenn nichts gestohlen wurde. Alle Geräte gelten dann wieder als in Gebrauch."),
            _("Ist etwas wieder da, tragen Sie das stattdessen auf der Seite der Meldung ein."),
            _("Haben Sie Anzeige erstattet, sagen Sie es auch der Polizei."),
        ],
        refusal=refusal,
        refused=_("Nicht zurückgezogen"),
        **_back(report),
    )


def pdf_response(pdf: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _own_report(request: HttpRequest, reference: str) -> TheftReport:
    return get_object_or_404(reports_of(person_of(request)), reference=reference)


def _back(report: TheftReport) -> dict[str, str]:
    return {
        "above": _("Diebstahlmeldung %(number)s") % {"number": report.reference},
        "back_url": reverse("assetmarking:theft", args=[report.reference]),
        "back_words": _("Zurück zur Meldung"),
    }


def _choose_stolen(request: HttpRequest, firm: Firm) -> HttpResponse:
    return choice_page(
        request,
        assets_of_firm(firm).filter(state__in=Asset.HELD),
        title=_("Diebstahl melden"),
        above=firm.name,
        crumb=_("Diebstahlmeldungen"),
        back_url=reverse("assetmarking:thefts", args=[firm.pk]),
        back_words=_("Zu den Diebstahlmeldungen"),
        button=_("Weiter: Ort und Zeit"),
        is_theft=True,
    )


def _place(request: HttpRequest, sites: list[Site]) -> dict[str, Any]:
    """The site that was chosen, else the firm's first."""
    chosen = [site for site in sites if str(site.pk) == request.GET.get("standort")]
    for site in chosen or sites[:1]:
        return {"street": site.street, "postcode": site.postcode, "city": site.city}
    return {}


def _details_page(
    request: HttpRequest, firm: Firm, form: TheftForm, *, things: list[Asset], sites: list[Site]
) -> HttpResponse:
    kept = request.GET.copy()
    kept.pop("standort", None)
    context = {
        "form": form,
        "firm": firm,
        "things": [describe(asset) for asset in things],
        "sites": [(site, f"{kept.urlencode()}&standort={site.pk}") for site in sites if len(sites) > 1],
        "choose_again": _without_next(request),
    }
    return render(request, "assetmarking/thefts/details.html", context)


def _check_page(
    request: HttpRequest,
    firm: Firm,
    form: TheftForm,
    *,
    things: list[Asset],
    refusal: Refusal | None = None,
) -> HttpResponse:
    told = form.told
    sketch = TheftReport(**vars(told))
    context = {
        "firm": firm,
        "things": [describe(asset) for asset in things],
        "page": _lay_out_told(sketch),
        "kept": [(name, value) for name, value in request.POST.items() if name in _names(form)],
        "refusal": refusal,
    }
    return render(request, "assetmarking/thefts/check.html", context, status=CONFLICT if refusal else 200)


def _lay_out_told(sketch: TheftReport) -> list[tuple[str, str]]:
    """What was typed, as it will stand in the report."""
    rows = [
        (_("Wo?"), address_of(sketch)),
        (_("Wann?"), hours_of(sketch)),
        (_("Dienststelle der Polizei"), sketch.station),
        (_("Vorgangsnummer"), sketch.case_number or _("noch keine, wird nachgetragen")),
        (_("Umstände"), sketch.circumstances),
    ]
    return [(label, value) for label, value in rows if value]


def _names(form: TheftForm) -> set[str]:
    """Of all inputs: a moment has two."""
    moments = {"gone_after", "gone_before"}
    return (set(form.fields) - moments) | {f"{name}_{part}" for name in moments for part in (0, 1)}


def _without_next(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("weiter", None)
    return kept.urlencode()
