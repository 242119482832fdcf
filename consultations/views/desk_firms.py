"""The desk's firms: find, see what a chamber may know of them, correct."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations import rules
from consultations.appointment_page import row_of
from consultations.firm_appointments import appointments_with, days_visited
from consultations.firm_hits import find_hits
from consultations.forms.firms import FirmForm, FirmSearch
from consultations.models import Appointment
from consultations.retention import HELD_FIRM
from consultations.views.firm_choice import visible_firm
from consultations.views.times import CONFLICT
from partnership import desk_firms
from partnership.firm_duplicates import likely_pairs_of
from partnership.firm_merging import merges_of, undo_until
from partnership.known_firms import firms_visible_to
from partnership.models import Firm, FirmContact, Person, Site
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.retention.holds import hold_note
from partnership.rules import Posts, posts_for
from partnership.times import berlin_day, long_date, numeric_date, short_moment

State = Appointment.State


@login_required
@never_cache
@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """All by name, or what a search has found."""
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    text = request.GET.get("suche", "")[:100]
    context: dict[str, Any] = {
        "firm_search": FirmSearch(text),
        "purpose": "ansehen",
        "hits": find_hits(posts, text),
    }
    if not text.strip():
        live = firms_visible_to(posts).filter(merged_into__isnull=True)
        sheet = sheet_of(
            live.select_related("chamber").prefetch_related(_sites()).order_by("name_key", "pk"), request.GET
        )
        count = ngettext("%(count)d Firma von A bis Z", "%(count)d Firmen von A bis Z", sheet.count)
        context |= {"sheet": sheet, "heading": count % {"count": sheet.count}}
    return render(request, "consultations/desk/firms.html", context)


@login_required
@never_cache
@require_safe
def firm_hits(request: HttpRequest) -> HttpResponse:
    """The hits alone, for whoever is still typing."""
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    hits = find_hits(
        posts,
        request.GET.get("suche", "")[:100],
        purpose=request.GET.get("fuer", ""),
        time=request.GET.get("zeit", "")[:60],
    )
    return render(request, "workplace/includes/_firm_hits.html", {"hits": hits, "is_part": True})


@login_required
@never_cache
@require_safe
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_firm(request, pk)
    if found.pk != pk:
        return redirect("appointments:firm", found.pk)
    posts = posts_for(request)
    may_edit = rules.may_edit_firm(posts, found)
    now = timezone.now()
    sheet = sheet_of(appointments_with(found, posts), request.GET)
    context = {
        "firm": found,
        "may_edit": may_edit,
        "sites": Site.objects.filter(firm=found).order_by("pk"),
        "contacts": FirmContact.objects.filter(firm=found).order_by("name", "pk") if may_edit else [],
        "sheet": sheet,
        "rows": [row_of(appointment, now=now) for appointment in sheet.rows],
        "heading": _count_words(found, posts_for(request), sheet.count),
        "alike": _alike(found, posts) if may_edit else [],
        "merges": _merges(found) if may_edit else [],
        "visited": [long_date(day) for day in days_visited(found, posts)],
        "hold": hold_note(HELD_FIRM, found, posts),
    }
    return render(request, "consultations/desk/firm.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def firm_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_firm(request, pk)
    if not rules.may_edit_firm(posts_for(request), found):
        raise PermissionDenied
    form = FirmForm(request.POST if request.method == "POST" else None, firm=found)
    refusal = None
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, Person)
        try:
            desk_firms.correct_firm(firm_id=found.pk, **form.cleaned_data, actor=request.user)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect("appointments:firm", found.pk)
    context = {"firm": found, "form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/firm_edit.html", context, status=status)


def _count_words(firm: Firm, posts: Posts, count: int) -> str:
    """'7 Termine, 2 nicht erschienen'."""
    if not count:
        return _("Noch kein Termin in Ihren Häusern")
    missed = appointments_with(firm, posts).filter(state=State.MISSED).count()
    words = ngettext("%(count)d Termin in Ihren Häusern", "%(count)d Termine in Ihren Häusern", count)
    parts = [words % {"count": count}]
    if missed:
        parts.append(_("%(count)d-mal nicht erschienen") % {"count": missed})
    return ", ".join(parts)


def _alike(firm: Firm, posts: Posts) -> list[dict[str, Any]]:
    """What may be the same firm, as far as the reader could merge it."""
    return [
        {
            "name": (pair.second if pair.first == firm else pair.first).name,
            "url": reverse("appointments:pair", args=[pair.first.pk, pair.second.pk]),
            "why": ", ".join([pair.likely, *pair.reasons]),
        }
        for pair in likely_pairs_of(firm, firms_visible_to(posts))
        if rules.may_edit_firm(posts, pair.first) and rules.may_edit_firm(posts, pair.second)
    ]


def _merges(firm: Firm) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "pk": merge.pk,
            "name": merge.merged.name,
            "when": short_moment(merge.merged_at),
            "who": merge.merged_by,
            "until": numeric_date(berlin_day(undo_until(merge))),
            "can_undo": undo_until(merge) >= now,
        }
        for merge in merges_of(firm)
    ]


def _sites() -> "Prefetch[str, QuerySet[Site], str]":
    return Prefetch("sites", Site.objects.order_by("pk"))


def editable_pair(request: HttpRequest, first: int, second: int) -> tuple[Firm, Firm]:
    """Two live firms, the smaller key first. Raises Http404, PermissionDenied."""
    posts = posts_for(request)
    rows = firms_visible_to(posts).filter(pk__in=(first, second), merged_into__isnull=True)
    contacts = Prefetch("contacts", FirmContact.objects.order_by("pk"))
    found = list(rows.select_related("chamber").prefetch_related(_sites(), contacts).order_by("pk"))
    if len(found) != 2:
        raise Http404
    if not all(rules.may_edit_firm(posts, firm) for firm in found):
        raise PermissionDenied
    return found[0], found[1]
