"""The list of stolen things for the insurer: PDF/UA, rendered while one waits, in German."""

from decimal import Decimal

from django.conf import settings
from django.utils import translation

from assetmarking.models import TheftReport
from assetmarking.thefts.page import lay_out_report
from assetmarking.thefts.words import euros
from partnership.documents import render_pdf
from partnership.times import long_day, today


def pdf_of_report(report: TheftReport) -> bytes:
    with translation.override("de"):
        page = lay_out_report(report)
        values = [row.value for row in page.things if row.value is not None]
        context = {
            "page": page,
            "firm": report.firm,
            "rows": [(row, euros(row.value) if row.value is not None else "") for row in page.things],
            "total": euros(sum(values, Decimal())) if values else "",
            "lacks_values": len(values) < len(page.things),
            "printed": long_day(today()),
            "partnership": report.partnership,
            "demo": settings.DEMO,
        }
    return render_pdf("pdf/theft.html", context)
