"""Writing a visit's log on site: beginning it, how far it is, the words at its beginning and end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations import rules
from consultations.forms.visit_logs import ItemSearch, TextsForm
from consultations.models import Appointment, Checklist, ChecklistArea, Visit, VisitReport
from consultations.outcomes import as_seen, noted
from consultations.queries import visits_visible_to
from consultations.visit_reports import texts as domain_of_texts
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.overview import find_items, lay_out_head, lay_out_overview
from consultations.visit_reports.text_blocks import BLOCKS, block
from consultations.visit_reports.writing import WITHOUT_LOOKING, set_rest
from partnership.administration.changes import ChangedMeanwhile
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import (
    CONFLICT,
    acting,
    allow,
    differences,
    posted,
    seen_version,
)
from partnership.views.unsent import keeps_unsent, mark_of, typed_before

State = VisitReport.State


@login_required
@never_cache
@require_safe
def log(request: HttpRequest, reference: str) -> HttpResponse:
    visit = visit_for_log(request, reference)
    report = draft_of(visit)
    context: dict[str, Any] = {"visit": visit, "head": lay_out_head(visit)}
    if report is None:
        return render(request, "consultations/visits/log_begin.html", context | _beginning(request, visit))
    search = ItemSearch(request.GET)
    context |= {"report": report, "log": lay_out_overview(report), "search": search}
    if text := search.given("suche"):
        context["hits"] = find_items(report, text)
    return render(request, "consultations/visits/log.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    visit = visit_for_log(request, reference)
    try:
        begin_log(visit_id=visit.pk, seen=request.POST.get("gesehen", ""), actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("appointments:visit_log", reference)


@login_required
@require_POST
def rest(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What in an area has no finding yet, at one click."""
    report = drafted(request, reference)[1]
    area = get_object_or_404(ChecklistArea, pk=pk, checklist=report.checklist_id)
    state = request.POST.get("zustand", "")
    if state not in WITHOUT_LOOKING:
        raise Http404
    try:
        number = set_rest(report_id=report.pk, area_id=area.pk, state=state, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        words = ngettext("%(area)s: %(n)s Punkt eingetragen.", "%(area)s: %(n)s Punkte eingetragen.", number)
        messages.success(request, words % {"area": area, "n": number})
    return redirect("appointments:visit_log", reference)


@keeps_unsent
@login_required
@never_cache
@allow
def texts(request: HttpRequest, reference: str) -> HttpResponse:
    visit, report = drafted(request, reference)
    before = typed_before(request)
    form = TextsForm(before or posted(request), instance=_fresh(report))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _save_texts(request, report, form)
        except Refusal as error:
            refusal = error
            report = VisitReport.objects.get(pk=report.pk)
        else:
            messages.success(request, _("Gespeichert."))
            is_ready = "baustein" not in request.POST
            return redirect(
                "appointments:visit_log" if is_ready else "appointments:visit_log_texts", reference
            )
    is_outdated = isinstance(refusal, ChangedMeanwhile)
    keeps_seen = request.method == "POST" and not is_outdated
    context = {
        "visit": visit,
        "head": lay_out_head(visit),
        "form": form,
        "refusal": refusal,
        "differences": differences(form, report) if is_outdated else [],
        "version": seen_version(request) if keeps_seen else report.version,
        "blocks": BLOCKS,
        "mark": mark_of(request),
        "typed_before": before is not None,
    }
    if before:
        context["version"] = before.get("gesehen", "")
    status = CONFLICT if refusal else 200
    return render(request, "consultations/visits/log_texts.html", context, status=status)


def visit_for_log(request: HttpRequest, reference: str) -> Visit:
    posts = posts_for(request)
    if not rules.may_write_visit_logs(posts):
        raise PermissionDenied
    return get_object_or_404(visits_visible_to(posts), appointment__reference=reference)


def draft_of(visit: Visit) -> VisitReport | None:
    return visit.reports.filter(state=State.DRAFT).first()


def drafted(request: HttpRequest, reference: str) -> tuple[Visit, VisitReport]:
    """A log that is written in; one that nobody has begun, or that is released, has no such page."""
    visit = visit_for_log(request, reference)
    report = draft_of(visit)
    if report is None:
        raise Http404
    return visit, report


def _beginning(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Whether it can begin, and if not, why."""
    police, now = visit.appointment.police_id, timezone.now()
    has_checklist = Checklist.objects.filter(police=police, state=Checklist.State.IN_FORCE).exists()
    return {
        "released": visit.reports.filter(state=State.RELEASED).last(),
        "is_early": not rules.outcome_may_begin(visit.appointment, now=now),
        "is_due": rules.outcome_is_due(visit.appointment, now=now),
        "has_checklist": has_checklist,
        "is_lead": police in posts_for(request).lead_of,
        "seen": as_seen(noted(visit.appointment, None)),
        "nobody_was_there": visit.appointment.state == Appointment.State.MISSED,
    }


def _fresh(report: VisitReport) -> VisitReport:
    """A row of its own for the form, which writes into it what was typed."""
    fresh = VisitReport.objects.get(pk=report.pk)
    for name, words in domain_of_texts.first_words(report).items():
        setattr(fresh, name, words)
    return fresh


def _save_texts(request: HttpRequest, report: VisitReport, form: TextsForm) -> None:
    given: dict[str, Any] = {
        "report_id": report.pk,
        "seen": seen_version(request),
        "actor": acting(request),
    }
    chosen = block(request.POST.get("baustein", ""))
    if chosen:
        domain_of_texts.append_block(texts=form.values, block=chosen, **given)
    else:
        domain_of_texts.save_texts(**form.values, **given)
