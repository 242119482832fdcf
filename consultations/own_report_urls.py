"""Under /konto/berichte/: reports of visits at one's own firm."""

from django.urls import path

from consultations.views import own_reports

app_name = "own_reports"

urlpatterns = [
    path("", own_reports.report_list, name="reports"),
    path("pruefsumme/", own_reports.compare_digest, name="digest"),
    path("<str:reference>/", own_reports.report, name="report"),
    path("<str:reference>/bericht.pdf", own_reports.report_pdf, name="pdf"),
    path("<str:reference>/freigeben/", own_reports.share, name="share"),
    path("<str:reference>/freigeben/<int:pk>/beenden/", own_reports.share_end, name="share_end"),
]
