"""Reports of on-site visits; `workplace_urls` takes them into its namespace."""

from django.urls import path

from consultations.views import visit_reports

ROOT = "besuche/berichte/"

urlpatterns = [
    path("besuche/protokoll/<str:reference>/freigeben/", visit_reports.release, name="visit_report_release"),
    path("besuche/protokoll/<str:reference>/verwerfen/", visit_reports.discard, name="visit_report_discard"),
    path(ROOT, visit_reports.report_list, name="visit_reports"),
    path(f"{ROOT}pruefsumme/", visit_reports.compare_digest, name="visit_report_digest"),
    path(f"{ROOT}<str:reference>/", visit_reports.report, name="visit_report"),
    path(f"{ROOT}<str:reference>/bericht.pdf", visit_reports.report_pdf, name="visit_report_pdf"),
    path(f"{ROOT}<str:reference>/berichtigen/", visit_reports.correct, name="visit_report_correct"),
    path(f"{ROOT}<str:reference>/lesen/neu/", visit_reports.reader_add, name="visit_report_reader"),
    path(
        f"{ROOT}<str:reference>/lesen/<int:pk>/beenden/",
        visit_reports.reader_end,
        name="visit_report_reader_end",
    ),
]
