"""Reading a report without an account: the mail's link, then a code to the same mailbox, then the report."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultations.models import ReportOpening, ReportReader, VisitReport
from consultations.views.visit_reports import pdf_response
from consultations.visit_reports import reading
from consultations.visit_reports.opening import note_report_opening
from consultations.visit_reports.page import page_of
from consultations.visit_reports.pdf import pdf_of_report, render_report
from consultations.visit_reports.queries import report_for
from partnership.current import current_partnership
from partnership.forms.accounts import ConfirmByMailForm
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import long_date
from partnership.views.secret_links import secret_page

Medium = ReportOpening.Medium
CONFLICT = 409
ReaderView = Callable[[HttpRequest, ReportReader, VisitReport, str], HttpResponse]


def by_reading_link(view: ReaderView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Turn a view of a right to read into one of a token. What has ended gets a page that helps."""

    @secret_page
    @wraps(view)
    def open_link(request: HttpRequest, token: str) -> HttpResponse:
        reader = reading.reader_behind(token)
        found = report_for(reader) if reader else None
        if reader is None or found is None:
            return link_ended(request)
        return view(request, reader, found, token)

    return open_link


def link_ended(request: HttpRequest) -> HttpResponse:
    check_limit(request, "link")
    context = {"partnership": current_partnership(request)}
    return render(request, "consultations/visits/report_link_ended.html", context, status=404)


@by_reading_link
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, reader: ReportReader, found: VisitReport, token: str) -> HttpResponse:
    if request.method != "POST" and reading.is_unlocked(request.session, reader):
        return _read(request, reader, found, token)
    return ask_for_code(request, reader, found)


def ask_for_code(request: HttpRequest, reader: ReportReader, found: VisitReport) -> HttpResponse:
    """Two steps on one page: have a code sent, type it. Mail scanners open links: only a post sends one."""
    if request.method != "POST":
        return _ask(request, reader, found, ConfirmByMailForm())
    check_limit(request, "code")
    if request.POST.get("action") == "send":
        return _send(request, reader, found)
    form = ConfirmByMailForm(request.POST)
    if not form.is_valid():
        return _ask(request, reader, found, form)
    try:
        reading.unlock(session=request.session, reader=reader, code=form.cleaned_data["code"])
    except Refusal as refused:
        form.add_error("code", ValidationError(refused.sentence, code="incorrect_code"))
        return _ask(request, reader, found, form, status=CONFLICT)
    return redirect(request.path)


@by_reading_link
@require_safe
def report_pdf(request: HttpRequest, reader: ReportReader, found: VisitReport, token: str) -> HttpResponse:
    if not reading.is_unlocked(request.session, reader):
        return redirect("consultations:report", token)
    note_report_opening(report=found, medium=Medium.PDF, reader=reader)
    is_large = "gross" in request.GET
    if reader.kind == ReportReader.Kind.THIRD:
        return pdf_response(render_report(found, is_large=is_large, for_whom=reader.name), found)
    return pdf_response(pdf_of_report(found, is_large=is_large), found)


def _send(request: HttpRequest, reader: ReportReader, found: VisitReport) -> HttpResponse:
    try:
        reading.send_reading_code(session=request.session, reader=reader)
    except Refusal as refusal:
        return _ask(request, reader, found, ConfirmByMailForm(), refusal=refusal)
    return redirect(request.path)


def _ask(
    request: HttpRequest,
    reader: ReportReader,
    found: VisitReport,
    form: ConfirmByMailForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Nothing of what the report says, and not the whole address."""
    name, _at, domain = reader.email.partition("@")
    context = {
        "form": form,
        "refusal": refusal,
        "is_waiting": reading.is_code_waiting(request.session, reader),
        "address": f"{name[:2]}…@{domain}",
        "police": found.police.name,
        "partnership": reader.visit.request.partnership,
    }
    return render(
        request,
        "consultations/visits/report_code.html",
        context,
        status=CONFLICT if refusal else status,
    )


def _read(request: HttpRequest, reader: ReportReader, found: VisitReport, token: str) -> HttpResponse:
    note_report_opening(report=found, medium=Medium.PAGE, reader=reader)
    context = {
        "found": found,
        "report": page_of(found),
        "for_whom": reader.name if reader.kind == ReportReader.Kind.THIRD else "",
        "until": long_date(reader.until) if reader.until else "",
        "pdf_url": reverse("consultations:report_pdf", args=[token]),
        "uptake_url": ""
        if reader.kind == ReportReader.Kind.THIRD
        else reverse("consultations:uptake", args=[token]),
        "partnership": reader.visit.request.partnership,
    }
    return render(request, "consultations/visits/report_by_code.html", context)
