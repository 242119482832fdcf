"""Thefts in a directorate's area: seen at once, then confirmed. Whose it is, police read on opening."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assetmarking.forms.theft_desk import ConfirmForm, DeclineForm, SecuredForm, TheftSearch
from assetmarking.models import TheftReport
from assetmarking.privacy.retention import HELD_REPORT
from assetmarking.queries import reports_visible_to
from assetmarking.rules import may_confirm_theft, may_read_thefts
from assetmarking.thefts import confirming, finding, listing
from assetmarking.thefts.opening import open_report
from assetmarking.thefts.page import lay_out_report
from assetmarking.thefts.words import describe
from partnership.refusals import Refusal
from partnership.retention.holds import hold_note
from partnership.rules import Posts, posts_for
from partnership.views.administration.pages import (
    FormPage,
    acting,
    allow,
    posted,
    seen_version,
    show_form,
)


@login_required
@never_cache
@require_safe
def thefts(request: HttpRequest) -> HttpResponse:
    search = TheftSearch(request.GET)
    found = listing.narrowed(
        reports_visible_to(_posts_of_police(request)),
        state=search.given("stand"),
        month=search.given("monat"),
        place=search.given("ort"),
    )
    context = {"search": search, "page": listing.page_of(found, request.GET)}
    return render(request, "assetmarking/thefts/desk/thefts.html", context)


@login_required
@never_cache
@require_safe
def theft(request: HttpRequest, reference: str) -> HttpResponse:
    posts = _posts_of_police(request)
    report = get_object_or_404(reports_visible_to(posts), reference=reference)
    return _show(request, posts, report)


@login_required
@never_cache
@require_POST
def opened(request: HttpRequest, reference: str) -> HttpResponse:
    """Firm, contact, street and circumstances: the row in the chained log comes first."""
    report = _confirmable(request, reference)
    contacts = open_report(report, actor=acting(request))
    return _show(request, posts_for(request), report, is_opened=True, contacts=contacts)


@login_required
@never_cache
@allow
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    report = _confirmable(request, reference)
    form, refusal = ConfirmForm(posted(request), report=report), None
    if request.method == "POST" and form.is_valid():
        try:
            confirming.confirm_number(
                report_id=report.pk,
                seen=seen_version(request),
                actor=acting(request),
                **form.cleaned_data,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Bestätigt. Die Firma erfährt es per E-Mail."))
            return redirect("thefts:theft", reference)
    page = _form_page(report, title=_("Vorgangsnummer bestätigen"), submit=_("Bestätigen"))
    page.notes.append(
        _("Danach liest, wer im Portal die Nummer des Herstellers prüft: als gestohlen gemeldet.")
    )
    return show_form(request, form, page, refusal=refusal, thing=report)


@login_required
@never_cache
@allow
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    report = _confirmable(request, reference)
    form, refusal = DeclineForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            confirming.decline_number(
                report_id=report.pk,
                seen=seen_version(request),
                reason=form.cleaned_data["reason"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Firma ist gebeten, die Vorgangsnummer zu prüfen."))
            return redirect("thefts:theft", reference)
    title = _("Nicht unsere Vorgangsnummer") if report.case_number else _("Um die Vorgangsnummer bitten")
    page = _form_page(report, title=title, submit=_("An die Firma senden"))
    page.notes.append(_("Die Meldung bleibt bestehen, unbestätigt, bis die Firma die Nummer berichtigt."))
    return show_form(request, form, page, refusal=refusal, thing=report)


@login_required
@never_cache
@allow
def secured(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    report = _confirmable(request, reference)
    things = report.things.filter(asset__firm=report.firm_id)
    thing = get_object_or_404(things.select_related("asset"), pk=pk)
    if thing.ended_at:
        return redirect("thefts:theft", reference)
    form, refusal = SecuredForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            finding.note_secured(thing_id=thing.pk, actor=acting(request), **form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Eingetragen. Die Firma liest per E-Mail, wo sie anrufen kann."))
            return redirect("thefts:theft", reference)
    page = _form_page(report, title=_("Sichergestellt oder gefunden"), submit=_("Eintragen"))
    page.notes.append(describe(thing.asset))
    return show_form(request, form, page, refusal=refusal)


def _show(
    request: HttpRequest,
    posts: Posts,
    report: TheftReport,
    *,
    is_opened: bool = False,
    contacts: Any = (),
) -> HttpResponse:
    page = lay_out_report(report)
    context = {
        "page": page,
        "is_opened": is_opened,
        "firm": report.firm if is_opened else None,
        "contacts": contacts,
        "hold": hold_note(HELD_REPORT, report, posts),
        "can_confirm": may_confirm_theft(posts, report) and page.is_standing and not page.is_confirmed,
    }
    return render(request, "assetmarking/thefts/desk/theft.html", context)


def _posts_of_police(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not may_read_thefts(posts):
        raise PermissionDenied
    return posts


def _confirmable(request: HttpRequest, reference: str) -> TheftReport:
    posts = _posts_of_police(request)
    report = get_object_or_404(reports_visible_to(posts), reference=reference)
    if not may_confirm_theft(posts, report):
        raise PermissionDenied
    return report


def _form_page(report: TheftReport, *, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        preline=_("Diebstahlmeldung %(number)s") % {"number": report.reference},
        back_url=reverse("thefts:theft", args=[report.reference]),
        back_words=_("Zur Meldung"),
        submit=submit,
    )
