"""The PDF of a released report: PDF/UA-1 and PDF/A-3a at once, from what was sealed.

Takes about a second and is rendered while one waits; kept in the database from then on, until the report is
erased. With a third party's name on it, it is made for that reader and not kept.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from consultations.models import ReportFile, VisitReport
from consultations.visit_reports.content import all_points
from consultations.visit_reports.page import page_of
from partnership.documents import PHOTO_SCHEME, archive_pdf_of
from partnership.models import PhotoFile

TEMPLATE = "pdf/report.html"
MOST_PHOTOS = {False: 2, True: 1}
"""Of each recommendation, in a report that is short or long; the portal has all."""


def pdf_of_report(report: VisitReport, *, is_large: bool = False) -> bytes:
    kept = ReportFile.objects.filter(report=report, is_large=is_large).first()
    if kept:
        return bytes(kept.pdf)
    pdf = render_report(report, is_large=is_large)
    made = ReportFile(report=report, is_large=is_large, pdf=pdf)
    ReportFile.objects.bulk_create([made], ignore_conflicts=True)
    return pdf


def render_report(report: VisitReport, *, is_large: bool = False, for_whom: str = "") -> bytes:
    with translation.override("de"):
        page = page_of(report)
        html = render_to_string(
            TEMPLATE,
            {
                "report": page,
                "is_large": is_large,
                "for_whom": for_whom,
                "pictures": PHOTO_SCHEME,
                "most_photos": f":{MOST_PHOTOS[page.is_long]}",
                "demo": settings.DEMO,
            },
        )
    return archive_pdf_of(html, photos=_photos(report))


def _photos(report: VisitReport) -> dict[str, bytes]:
    """Small files are enough for print at this size: 480 pixels on four and a half centimetres."""
    keys = [photo["key"] for p in all_points(report.content or {}) if p["advice"] for photo in p["photos"]]
    files = PhotoFile.objects.filter(photo__in=keys, kind=PhotoFile.Size.SMALL)
    return {str(key): bytes(content) for key, content in files.values_list("photo", "content")}
