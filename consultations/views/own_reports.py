"""Reports in a firm's account: read, who has read, opened to third parties, the printed digest compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.forms.visit_reports import DigestForm, ShareForm
from consultations.models import ReportOpening, ReportReader, VisitReport
from consultations.views.visit_reports import pdf_response
from consultations.visit_reports import sharing
from consultations.visit_reports.opening import note_report_opening, openings_for_firm
from consultations.visit_reports.page import page_of
from consultations.visit_reports.pdf import pdf_of_report
from consultations.visit_reports.queries import all_versions_of, reports_of
from consultations.visit_reports.sealing import find_by_digest
from consultations.visit_reports.uptake_page import lay_out_uptake
from consultations.visit_reports.words import digest_words, third_parties
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import berlin_day, long_date
from partnership.views.own_pages import form_page, own_act, own_page, person_of, typed

Medium = ReportOpening.Medium


@own_page
def report_list(request: HttpRequest) -> HttpResponse:
    """Which there are, and nothing of what they say."""
    rows = [
        {
            "reference": found.visit.appointment.reference,
            "number": found.reference,
            "visited": long_date(berlin_day(found.visit.appointment.starts_at)),
            "released": long_date(berlin_day(found.released_at)) if found.released_at else "",
            "is_corrected": found.number > 1,
        }
        for found in reports_of(person_of(request))
    ]
    return render(request, "consultations/visits/own_reports.html", {"rows": rows})


@own_page
def report(request: HttpRequest, reference: str) -> HttpResponse:
    found = own_report(request, reference)
    note_opening_by_firm(request, found, Medium.PAGE)
    context = {
        "found": found,
        "reference": reference,
        "report": page_of(found),
        "openings": openings_for_firm(found),
        "uptake": lay_out_uptake(found),
        "third_parties": third_parties(found.visit),
        "pdf_url": reverse("own_reports:pdf", args=[reference]),
    }
    return render(request, "consultations/visits/own_report.html", context)


@own_page
def report_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    found = own_report(request, reference)
    note_opening_by_firm(request, found, Medium.PDF)
    return pdf_response(pdf_of_report(found, is_large="gross" in request.GET), found)


@own_page
def share(request: HttpRequest, reference: str) -> HttpResponse:
    found = own_report(request, reference)
    form = ShareForm(typed(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        check_limit(request, "invite")
        try:
            reader = sharing.open_to_third_party(
                report_id=found.pk, person=person_of(request), **form.cleaned_data
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(name)s kann den Bericht jetzt lesen.") % {"name": reader.name})
            return redirect("own_reports:report", reference)
    return form_page(
        request,
        form,
        title=_("Bericht für jemanden freigeben"),
        button=_("Freigeben"),
        refusal=refusal,
        refused=_("Nicht freigegeben"),
        intro=_(
            "Zum Beispiel für Ihre Versicherung oder die Eigentümerin des Gebäudes. Der Bericht sagt, wo Ihr "
            "Betrieb schlecht gesichert ist: Geben Sie ihn nur frei, wenn Sie die Person kennen."
        ),
        **_back(reference),
    )


@own_act
def share_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = own_report(request, reference)
    reader = get_object_or_404(found.visit.readers, pk=pk, kind=ReportReader.Kind.THIRD)
    sharing.end_reading(reader_id=reader.pk, report=found, actor=person_of(request))
    messages.success(request, _("%(name)s kann den Bericht nicht mehr lesen.") % {"name": reader.name})
    return redirect("own_reports:report", reference)


@own_page
def compare_digest(request: HttpRequest) -> HttpResponse:
    form = DigestForm(typed(request))
    result = ""
    if request.method == "POST" and form.is_valid():
        result = digest_words(
            find_by_digest(all_versions_of(person_of(request)), form.cleaned_data["digest"])
        )
    return render(request, "consultations/visits/own_digest.html", {"form": form, "result": result})


def own_report(request: HttpRequest, reference: str) -> VisitReport:
    """The newest version; others' reports do not exist for this person."""
    return get_object_or_404(reports_of(person_of(request)), visit__appointment__reference=reference)


def note_opening_by_firm(request: HttpRequest, found: VisitReport, medium: Medium) -> None:
    firm = found.visit.readers.get(kind=ReportReader.Kind.FIRM)
    note_report_opening(report=found, medium=medium, person=person_of(request), reader=firm)


def _back(reference: str) -> dict[str, Any]:
    return {
        "above": _("Ihr Bericht"),
        "back_url": reverse("own_reports:report", args=[reference]),
        "back_words": _("Zurück"),
    }
