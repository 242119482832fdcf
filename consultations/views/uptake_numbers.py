"""How much of the advice is carried out: a page, and the same as files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.numbers.uptake import RULES, Unit, make_uptake_report, units_read_by
from consultations.numbers.uptake_chart import draw_shares
from consultations.numbers.uptake_files import uptake_sheet, uptake_workbook
from consultations.rules import may_read_uptake_numbers
from partnership.rules import posts_for
from partnership.spreadsheets import CSV, XLSX, csv_of
from partnership.times import date_span, today


@login_required
@never_cache
@require_safe
def uptake_numbers(request: HttpRequest) -> HttpResponse:
    """`?stelle` names the directorate where there are several."""
    units = _units(request)
    unit = _chosen(request, units)
    report = make_uptake_report(unit, today=today()) if unit else None
    context = {
        "report": report,
        "unit": unit,
        "units": [(other, other == unit) for other in units],
        "period": date_span(report.first, report.last) if report else "",
        "finding": _(
            "Von %(advice)s Empfehlungen bei %(visits)s Besuchen: %(done)s umgesetzt, %(planned)s geplant."
        )
        % {
            "advice": report.whole.advice,
            "visits": report.visits,
            "done": report.whole.shares[0],
            "planned": report.whole.shares[1],
        }
        if report
        else "",
        "tables": [(table, draw_shares(table)) for table in report.tables] if report else [],
        "rules": RULES,
    }
    return render(request, "consultations/police/uptake_numbers.html", context)


@login_required
@never_cache
@require_safe
def uptake_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """What there is too little of for a file is explained by the page."""
    unit = _chosen(request, _units(request))
    report = make_uptake_report(unit, today=today()) if unit else None
    if report is None:
        return redirect("appointments:uptake_numbers")
    if suffix == "csv":
        response = HttpResponse(csv_of(uptake_sheet(report)), content_type=CSV)
    else:
        response = HttpResponse(uptake_workbook(report, made_on=today()), content_type=XLSX)
    name = f"umsetzung-{report.first:%Y-%m}-bis-{report.last:%Y-%m}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _units(request: HttpRequest) -> list[Unit]:
    posts = posts_for(request)
    if not may_read_uptake_numbers(posts):
        raise PermissionDenied
    return units_read_by(posts)


def _chosen(request: HttpRequest, units: list[Unit]) -> Unit | None:
    """The first unless another is named; None where nobody has asked for a visit yet."""
    if "stelle" not in request.GET:
        return units[0] if units else None
    named = [unit for unit in units if unit.key == request.GET["stelle"]]
    if not named:
        raise Http404
    return named[0]
