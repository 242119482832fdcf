"""A person's own firms: found one, its name and number, its sites."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership import firms
from partnership.coming_back import page_to_come_back_to
from partnership.current import current_partnership
from partnership.firm_page import lay_out_firm
from partnership.forms.own_firm import FirmFields, FoundFirmForm, SiteFields
from partnership.models import Firm, Organisation, Site
from partnership.queries import members_of
from partnership.refusals import Refusal
from partnership.views.own_pages import form_page, own_firm, own_page, person_of, question_page, typed


def chambers_for(request: HttpRequest, firm: Firm | None = None) -> list[Organisation]:
    """The members of today, and the one that the firm has named before."""
    partnership = current_partnership(request)
    found = list(members_of(partnership).filter(kind=Organisation.Kind.CHAMBER)) if partnership else []
    if firm and firm.chamber and firm.chamber not in found:
        found.append(firm.chamber)
    return found


@own_page
def new(request: HttpRequest) -> HttpResponse:
    """Rights over a new row; a firm that is known already is reached by invitation only."""
    person = person_of(request)
    initial = {"contact_name": person.name}
    form = FoundFirmForm(typed(request), initial=initial, chambers=chambers_for(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "partnership/own/firm_new.html", {"form": form})
    firm = firms.found_firm(
        details=form.firm,
        site=form.site,
        person=person,
        contact_name=form.cleaned_data["contact_name"],
        contact_phone=form.cleaned_data["contact_phone"],
    )
    messages.success(request, _("%(firm)s ist angelegt.") % {"firm": firm.name})
    return redirect(page_to_come_back_to(request) or reverse("own_firms:firm", args=[firm.pk]))


@own_page
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_firm(request, pk)
    context = {"firm": found, "page": lay_out_firm(found, reader=person_of(request))}
    return render(request, "partnership/own/firm.html", context)


@own_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_firm(request, pk)
    initial = {
        "name": found.name,
        "chamber": str(found.chamber_id or ""),
        "membership_number": found.membership_number,
    }
    form = FirmFields(typed(request), initial=initial, chambers=chambers_for(request, found))
    page = _about(found) | {"title": _("Angaben zur Firma ändern"), "button": _("Speichern")}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        firms.change_firm(firm_id=found.pk, details=form.firm, actor=person_of(request))
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Die Angaben sind gespeichert."))
    return redirect("own_firms:firm", pk)


@own_page
def site_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_firm(request, pk)
    form = SiteFields(typed(request))
    page = _about(found) | {"title": _("Standort anlegen"), "button": _("Standort anlegen")}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        site = firms.add_site(firm_id=found.pk, details=form.site, actor=person_of(request))
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Der Standort %(street)s ist angelegt.") % {"street": site.street})
    return redirect("own_firms:firm", pk)


@own_page
def site_change(request: HttpRequest, pk: int, site_pk: int) -> HttpResponse:
    found = own_firm(request, pk)
    site = get_object_or_404(Site, firm=found, pk=site_pk)
    initial = {"street": site.street, "postcode": site.postcode, "city": site.city, "site_name": site.name}
    form = SiteFields(typed(request), initial=initial)
    page = _about(found) | {"title": _("Standort ändern"), "button": _("Speichern")}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        firms.change_site(firm_id=found.pk, site_id=site.pk, details=form.site, actor=person_of(request))
    except Refusal as refusal:
        return form_page(request, form, **page, refusal=refusal)
    messages.success(request, _("Der Standort ist gespeichert."))
    return redirect("own_firms:firm", pk)


@own_page
def site_remove(request: HttpRequest, pk: int, site_pk: int) -> HttpResponse:
    found = own_firm(request, pk)
    site = get_object_or_404(Site, firm=found, pk=site_pk)
    page = _about(found) | {
        "title": _("Standort entfernen?"),
        "what": ", ".join(part for part in (site.name, str(site)) if part),
        "sentences": [_("Ihre Termine bleiben, wie sie sind.")],
        "button": _("Standort entfernen"),
        "back_words": _("Standort behalten"),
    }
    if request.method != "POST":
        return question_page(request, **page)
    try:
        firms.remove_site(firm_id=found.pk, site_id=site.pk, actor=person_of(request))
    except Refusal as refusal:
        return question_page(request, **page, refusal=refusal, refused=_("Nicht entfernt"))
    messages.success(request, _("Der Standort ist entfernt."))
    return redirect("own_firms:firm", pk)


def _about(found: Firm) -> dict[str, Any]:
    return {
        "above": found.name,
        "back_url": reverse("own_firms:firm", args=[found.pk]),
        "back_words": _("Zurück zur Firma"),
        "refused": _("Nicht gespeichert"),
    }
