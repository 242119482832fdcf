"""Reports as police work with them: which are missing, release, correction, who may read and who has read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations.forms.visit_reports import (
    CorrectionForm,
    DigestForm,
    RecipientForm,
    ReleaseForm,
    ReportSearch,
)
from consultations.models import ReportOpening, VisitReport
from consultations.visit_reports import mails, releasing
from consultations.visit_reports.content import snapshot
from consultations.visit_reports.list_page import SHOWN, lay_out_visits, only_shown
from consultations.visit_reports.opening import note_report_opening, openings_for_police
from consultations.visit_reports.page import lay_out_report, page_of
from consultations.visit_reports.pdf import pdf_of_report
from consultations.visit_reports.queries import newest, reports_visible_to, visits_to_report
from consultations.visit_reports.rules import may_open_reports, may_release_report
from consultations.visit_reports.sealing import find_by_digest
from consultations.visit_reports.sharing import end_reading
from consultations.visit_reports.uptake_page import lay_out_uptake
from consultations.visit_reports.words import digest_words, readers_for_police
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.sealed_content import fingerprint
from partnership.views.administration.pages import CONFLICT, FormPage, acting, allow, posted, show_form

Medium = ReportOpening.Medium
State = VisitReport.State


@login_required
@never_cache
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """`?stand=fehlt`, `entwurf` or `freigegeben`; `?eigene` only the own visits; `?suche` firm or number."""
    visits = visits_to_report(_posts_of_police(request))
    sheet = sheet_of(only_shown(visits, request.GET, person=acting(request)), request.GET)
    context = {
        "rows": lay_out_visits(sheet.rows),
        "sheet": sheet,
        "shown": [(key, label, key == request.GET.get("stand", "")) for key, label in SHOWN.items()],
        "search": ReportSearch(request.GET),
        "state": request.GET.get("stand", ""),
        "only_own": "eigene" in request.GET,
    }
    return render(request, "consultations/visits/reports.html", context)


@login_required
@never_cache
@allow
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as it will be read, what it lacks, and the post that seals what was shown."""
    posts = _posts_of_police(request)
    draft = _reports(posts, reference).filter(state=State.DRAFT).first()
    if draft is None:
        get_object_or_404(newest(_reports(posts, reference)))
        return redirect("appointments:visit_report", reference)
    if not may_release_report(posts, draft):
        raise PermissionDenied
    content = snapshot(draft)
    lacks = releasing.what_is_missing(draft, content)
    form = ReleaseForm(
        posted(request),
        is_correction=draft.number > 1,
        has_lacks=bool(lacks),
        initial={"corrects_what": draft.corrects_what},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            releasing.release_report(
                report_id=draft.pk,
                seen=request.POST.get("gesehen", ""),
                recipients=form.recipients,
                corrects_what=form.cleaned_data.get("corrects_what", ""),
                despite_lacks=form.cleaned_data.get("despite_lacks", False),
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Bericht ist freigegeben und versiegelt."))
            return redirect("appointments:visit_report", reference)
    context = {
        "draft": draft,
        "reference": reference,
        "report": lay_out_report(content),
        "photos_open": True,
        "lacks": lacks,
        "form": form,
        "refusal": refusal,
        "seen": fingerprint(content),
        "readers": readers_for_police(draft.visit),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/visits/report_release.html", context, status=status)


@login_required
@never_cache
@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest version, or the one that `?fassung` names. That it is opened is noted first."""
    posts = _posts_of_police(request)
    found = _released(request, posts, reference)
    draft = _reports(posts, reference).filter(state=State.DRAFT).first()
    if found.erased_at is None:
        note_report_opening(report=found, medium=Medium.PAGE, person=acting(request))
    versions = _reports(posts, reference).filter(state=State.RELEASED).order_by("-number")
    context = {
        "found": found,
        "reference": reference,
        "report": page_of(found) if found.erased_at is None else None,
        "versions": [(version, version.pk == found.pk) for version in versions],
        "is_newest": found.pk == versions[0].pk,
        "draft": draft,
        "openings": openings_for_police(found),
        "readers": readers_for_police(found.visit),
        "uptake": lay_out_uptake(found),
    }
    return render(request, "consultations/visits/report.html", context)


@login_required
@never_cache
@require_safe
def report_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    found = _released(request, _posts_of_police(request), reference)
    get_object_or_404(VisitReport, pk=found.pk, erased_at__isnull=True)
    note_report_opening(report=found, medium=Medium.PDF, person=acting(request))
    return pdf_response(pdf_of_report(found, is_large="gross" in request.GET), found)


@login_required
@never_cache
@allow
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    found = _changeable(request, reference)
    form = CorrectionForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            releasing.begin_correction(
                report_id=found.pk, corrects_what=form.cleaned_data["corrects_what"], actor=acting(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Entwurf der nächsten Fassung ist angelegt."))
            return redirect("appointments:visit_report_release", reference)
    page = _form_page(found, reference, title=_("Bericht berichtigen"), submit=_("Entwurf anlegen"))
    page.notes.append(
        _("Der freigegebene Bericht bleibt, wie er ist, bis Sie die nächste Fassung freigeben.")
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    posts = _posts_of_police(request)
    draft = get_object_or_404(_reports(posts, reference), state=State.DRAFT)
    if not may_release_report(posts, draft):
        raise PermissionDenied
    try:
        releasing.discard_correction(report_id=draft.pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("appointments:visit_report_release", reference)
    messages.success(request, _("Der Entwurf ist verworfen. Es gilt die freigegebene Fassung."))
    return redirect("appointments:visit_report", reference)


@login_required
@never_cache
@allow
def reader_add(request: HttpRequest, reference: str) -> HttpResponse:
    found = _changeable(request, reference)
    form = RecipientForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            reader = releasing.confirm_recipient(
                visit=found.visit, recipient=form.recipient, actor=acting(request)
            )
            mails.tell_recipient(found, reader)
        messages.success(request, _("Der Link ist unterwegs an %(email)s.") % {"email": reader.email})
        return redirect("appointments:visit_report", reference)
    page = _form_page(found, reference, title=_("Noch jemand liest den Bericht"), submit=_("Link senden"))
    page.notes.append(_("Die Person liest mit einem Code, der vor jedem Lesen an diese Adresse geht."))
    return show_form(request, form, page)


@login_required
@require_POST
def reader_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = _changeable(request, reference)
    reader = get_object_or_404(found.visit.readers, pk=pk)
    try:
        end_reading(reader_id=reader.pk, report=found, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("%(name)s liest den Bericht nicht mehr.") % {"name": reader.name})
    return redirect("appointments:visit_report", reference)


@login_required
@never_cache
@allow
def compare_digest(request: HttpRequest) -> HttpResponse:
    posts = _posts_of_police(request)
    form = DigestForm(posted(request))
    page = FormPage(
        title=_("Prüfsumme vergleichen"),
        back_url=reverse("appointments:visit_reports"),
        back_words=_("Zu den Berichten"),
        submit=_("Vergleichen"),
        notes=[
            _("Ob ein Ausdruck zu einem Bericht Ihrer Dienststelle gehört und der Bericht unverändert ist.")
        ],
    )
    if request.method == "POST" and form.is_valid():
        found = find_by_digest(reports_visible_to(posts), form.cleaned_data["digest"])
        page.warnings.append(digest_words(found))
    return show_form(request, form, page)


def pdf_response(pdf: bytes, found: VisitReport) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"bericht-{found.reference}-fassung-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _posts_of_police(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not may_open_reports(posts):
        raise PermissionDenied
    return posts


def _reports(posts: Posts, reference: str) -> QuerySet[VisitReport]:
    return reports_visible_to(posts).filter(visit__appointment__reference=reference)


def _released(request: HttpRequest, posts: Posts, reference: str) -> VisitReport:
    rows = _reports(posts, reference).filter(state=State.RELEASED)
    wanted = request.GET.get("fassung", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4:
        rows = rows.filter(number=int(wanted))
    return get_object_or_404(rows.order_by("-number")[:1])


def _changeable(request: HttpRequest, reference: str) -> VisitReport:
    """The newest version, not erased, for whoever may change something about it."""
    posts = _posts_of_police(request)
    found = get_object_or_404(
        newest(_reports(posts, reference).filter(state=State.RELEASED)), erased_at__isnull=True
    )
    if not may_release_report(posts, found):
        raise PermissionDenied
    return found


def _form_page(found: VisitReport, reference: str, *, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        preline=_("Bericht %(number)s") % {"number": found.reference},
        back_url=reverse("appointments:visit_report", args=[reference]),
        back_words=_("Zum Bericht"),
        submit=submit,
    )
