"""One entry of a visit's log, at an item of the checklist or free: seen, noted, saved, and on to the next.

Two devices at once: what was typed on an outdated page is shown beside what is saved, and somebody chooses.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from consultations.forms.visit_logs import (
    EntryForm,
    FreeEntryForm,
    RecommendationRows,
    noted_entry,
    offered_advice,
)
from consultations.models import Finding, Visit, VisitReport, Wording
from consultations.views.visit_logs import drafted
from consultations.visit_reports import writing
from consultations.visit_reports.entry_page import lay_out_item, lay_out_stored, saved_words
from consultations.visit_reports.items import spots_of
from consultations.visit_reports.overview import lay_out_head
from partnership.forms.rows import with_another_row, without_faults
from partnership.middleware import takes_photos
from partnership.photos.queries import photos_of
from partnership.refusals import Refusal
from partnership.views.administration.pages import CONFLICT, acting, allow, seen_version
from partnership.views.unsent import keeps_unsent, mark_of, typed_before

STAY = "bleiben"


@dataclass
class Entry:
    """What is typed at one place, and what became of it."""

    finding: Finding | None
    form: Any
    rows: Any
    refusal: Refusal | None = None

    def is_valid(self) -> bool:
        """Recommendations count for flaws only."""
        return bool(self.form.is_valid() and (not self.form.is_flaw or self.rows.is_valid()))

    @property
    def observation(self) -> writing.Observation:
        advice = [row.advice for row in self.rows.forms if row.advice] if self.form.is_flaw else []
        return self.form.observed(advice)  # type: ignore[no-any-return]


@keeps_unsent
@login_required
@never_cache
@allow
@takes_photos(most=6)
def item(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, report = drafted(request, reference)
    spots = spots_of(report)
    spot = next((spot for spot in spots if spot.item.pk == pk), None)
    if spot is None:
        raise Http404
    form = EntryForm(_typed(request), _sent_files(request), initial=noted_entry(spot.finding))
    entry = Entry(spot.finding, form, _rows(request, spot.finding, list(spot.item.wordings.all())))
    page = lay_out_item(spots, pk)
    if _is_to_save(request, entry):
        try:
            finding = writing.save_finding(
                report_id=report.pk,
                item_id=pk,
                seen=seen_version(request),
                observation=entry.observation,
                actor=acting(request),
            )
        except Refusal as refusal:
            entry.refusal, entry.finding = refusal, report.findings.filter(item=pk).first()
        else:
            is_whole = _take_photos(request, entry, finding)
            return _after_item(request, reference, pk, page.next_pk if is_whole else pk)
    context = {"page": page, "saved_before": _saved_before(request, report), "stay": STAY}
    return _show(request, visit, entry, "consultations/visits/log_item.html", context)


@keeps_unsent
@login_required
@never_cache
@allow
@takes_photos(most=6)
def free_new(request: HttpRequest, reference: str) -> HttpResponse:
    visit, report = drafted(request, reference)
    entry = Entry(
        None, FreeEntryForm(_typed(request), _sent_files(request), report=report), _rows(request, None, [])
    )
    if _is_to_save(request, entry):
        try:
            finding = writing.add_free_finding(
                report_id=report.pk,
                free=entry.form.called,
                observation=entry.observation,
                actor=acting(request),
            )
        except Refusal as refusal:
            entry.refusal = refusal
        else:
            return _after_free(request, reference, finding, is_whole=_take_photos(request, entry, finding))
    return _show(request, visit, entry, "consultations/visits/log_free.html", {})


@keeps_unsent
@login_required
@never_cache
@allow
@takes_photos(most=6)
def free(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    visit, report, finding = _free(request, reference, pk)
    form = FreeEntryForm(_typed(request), _sent_files(request), report=report, initial=noted_entry(finding))
    entry = Entry(finding, form, _rows(request, finding, []))
    if _is_to_save(request, entry):
        try:
            finding = writing.change_free_finding(
                finding_id=pk,
                seen=seen_version(request),
                free=entry.form.called,
                observation=entry.observation,
                actor=acting(request),
            )
        except Refusal as refusal:
            entry.refusal, entry.finding = refusal, report.findings.filter(pk=pk).first()
        else:
            return _after_free(request, reference, finding, is_whole=_take_photos(request, entry, finding))
    return _show(request, visit, entry, "consultations/visits/log_free.html", {})


@login_required
@never_cache
@allow
def free_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Shows what it is about, then removes what was shown."""
    visit, _report, finding = _free(request, reference, pk)
    refusal = None
    if request.method == "POST":
        try:
            writing.remove_free_finding(finding_id=pk, seen=seen_version(request), actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Entfernt: %(title)s") % {"title": finding.title})
            return redirect("appointments:visit_log", reference)
    context = {"visit": visit, "head": lay_out_head(visit), "finding": finding, "refusal": refusal}
    context["stored"] = lay_out_stored(finding, reader=acting(request))
    status = CONFLICT if refusal else 200
    return render(request, "consultations/visits/log_free_remove.html", context, status=status)


@login_required
@require_POST
def free_move(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    _visit, _report, finding = _free(request, reference, pk)
    up = request.POST.get("richtung") == "hoch"
    try:
        writing.move_free_finding(finding_id=finding.pk, up=up, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(f"{reverse('appointments:visit_log', args=[reference])}#weitere")


def _typed(request: HttpRequest) -> Any:
    """What is sent, or was sent before and not saved."""
    return request.POST if request.method == "POST" else typed_before(request)


def _sent_files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _rows(request: HttpRequest, finding: Finding | None, wordings: list[Wording]) -> Any:
    rows = RecommendationRows(_typed(request), prefix="e", initial=offered_advice(finding, wordings))
    rows.helper.form_show_errors = False
    return rows


def _is_to_save(request: HttpRequest, entry: Entry) -> bool:
    entry.form.helper.form_show_errors = False
    if request.method != "POST":
        if entry.form.is_bound:
            without_faults(entry.rows)
            entry.form.errors.clear()
        return False
    if entry.rows.wants_another_row:
        with_another_row(entry.rows)
        entry.form.errors.clear()
        return False
    return entry.is_valid()


def _take_photos(request: HttpRequest, entry: Entry, finding: Finding) -> bool:
    """After what was typed, which is safe then; whether all of them could be taken."""
    try:
        for upload in entry.form.uploads:
            writing.add_photo(finding=finding, upload=upload, actor=acting(request))
    except Refusal as refusal:
        messages.warning(
            request, _("Gespeichert, aber nicht jedes Foto: %(why)s") % {"why": refusal.sentence}
        )
        return False
    return True


def _show(
    request: HttpRequest, visit: Visit, entry: Entry, template: str, context: dict[str, Any]
) -> HttpResponse:
    reader, finding, before = acting(request), entry.finding, typed_before(request)
    is_outdated = isinstance(entry.refusal, writing.SavedMeanwhile) and finding is not None
    stored_version = finding.version if finding else 0
    keeps_seen = request.method == "POST" and not is_outdated
    context |= {
        "visit": visit,
        "head": lay_out_head(visit),
        "form": entry.form,
        "rows": entry.rows,
        "finding": finding,
        "refusal": None if is_outdated else entry.refusal,
        "photos": photos_of(finding) if finding else [],
        "stored": lay_out_stored(finding, reader=reader) if finding and is_outdated else None,
        "version": seen_version(request) if keeps_seen else stored_version,
        "mark": mark_of(request),
        "typed_before": before is not None,
        "saved": saved_words(finding, reader=reader) if finding and not is_outdated else "",
    }
    if before:
        context["version"] = before.get("gesehen", "")
    return render(request, template, context, status=CONFLICT if entry.refusal else 200)


def _after_item(request: HttpRequest, reference: str, pk: int, next_pk: int | None) -> HttpResponse:
    """The next item, which says that the one before is saved; after the last one, the overview."""
    if request.POST.get("danach") == STAY or next_pk == pk:
        return redirect("appointments:visit_log_item", reference, pk)
    if next_pk is not None:
        return redirect(f"{reverse('appointments:visit_log_item', args=[reference, next_pk])}?nach={pk}")
    overview = reverse("appointments:visit_log", args=[reference])
    is_part = "HX-Request" in request.headers
    return HttpResponseClientRedirect(overview) if is_part else redirect(overview)


def _after_free(request: HttpRequest, reference: str, finding: Finding, *, is_whole: bool) -> HttpResponse:
    if not is_whole:
        return redirect("appointments:visit_log_free", reference, finding.pk)
    messages.success(request, _("Gespeichert: %(title)s") % {"title": finding.title})
    return redirect(f"{reverse('appointments:visit_log', args=[reference])}#weitere")


def _saved_before(request: HttpRequest, report: VisitReport) -> str:
    """Of the item one comes from, which the address names."""
    key = request.GET.get("nach", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 12):
        return ""
    finding = report.findings.filter(item=int(key)).select_related("item", "saved_by").first()
    if finding is None:
        return ""
    return f"{finding.item}: {saved_words(finding, reader=acting(request))}"


def _free(request: HttpRequest, reference: str, pk: int) -> tuple[Visit, VisitReport, Finding]:
    visit, report = drafted(request, reference)
    rows = report.findings.filter(item__isnull=True).select_related("saved_by")
    return visit, report, get_object_or_404(rows, pk=pk)
