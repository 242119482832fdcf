"""Equipment passports: of one thing, or of several in one file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmarking.passport.passport import MOST_PASSPORTS, pdf_of_passports
from assetmarking.queries import assets_of, assets_of_firm
from assetmarking.views.thefts import pdf_response
from assetmarking.views.thing_choice import choice_page, chosen_things, has_chosen
from partnership.views.own_pages import own_firm, own_page, person_of


@own_page
def passport(request: HttpRequest, reference: str) -> HttpResponse:
    asset = get_object_or_404(assets_of(person_of(request)), reference=reference)
    return pdf_response(pdf_of_passports([asset]), name=f"geraetepass-{asset.reference}.pdf")


@own_page
def passports(request: HttpRequest, firm_pk: int) -> HttpResponse:
    """Chosen things, a page or two for each."""
    firm = own_firm(request, firm_pk)
    things = assets_of_firm(firm)
    if has_chosen(request) and chosen_things(request, things, most=MOST_PASSPORTS):
        path = reverse("assetmarking:passports_pdf", args=[firm.pk])
        return redirect(f"{path}?{request.GET.urlencode()}")
    return choice_page(
        request,
        things,
        title=_("Gerätepässe drucken"),
        above=firm.name,
        crumb=_("Geräte"),
        intro=_("Höchstens %(most)d auf einmal. Jeder beginnt auf einem neuen Blatt.")
        % {"most": MOST_PASSPORTS},
        back_url=reverse("assetmarking:things", args=[firm.pk]),
        back_words=_("Zurück"),
        button=_("Als PDF öffnen"),
    )


@own_page
def passports_pdf(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    things = chosen_things(request, assets_of_firm(firm), most=MOST_PASSPORTS)
    if not things:
        return redirect("assetmarking:passports", firm.pk)
    return pdf_response(pdf_of_passports(things), name="geraetepaesse.pdf")
