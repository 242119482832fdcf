"""Under /konto/berichte/: reports of visits at one's own firm."""

from django.urls import path

from consultations.views import own_reports, visit_uptake

app_name = "own_reports"

urlpatterns = [
    path("", own_reports.report_list, name="reports"),
    path("pruefsumme/", own_reports.compare_digest, name="digest"),
    path("<str:reference>/", own_reports.report, name="report"),
    path("<str:reference>/bericht.pdf", own_reports.report_pdf, name="pdf"),
    path("<str:reference>/umsetzung/", visit_uptake.own_uptake, name="uptake"),
    path("<str:reference>/umsetzung/keine-fragen/", visit_uptake.own_quiet, name="uptake_quiet"),
    path("<str:reference>/freigeben/", own_reports.share, name="share"),
    path("<str:reference>/freigeben/<int:pk>/beenden/", own_reports.share_end, name="share_end"),
]
