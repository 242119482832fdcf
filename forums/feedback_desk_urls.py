"""Questions and answers, for those who ask."""

from django.urls import path

from forums.views import feedback_results

urlpatterns = [
    path("<str:reference>/rueckmeldungen/", feedback_results.feedback, name="feedback"),
    path("<str:reference>/rueckmeldungen/fragen/", feedback_results.questions, name="feedback_questions"),
    path("<str:reference>/rueckmeldungen/bitten/", feedback_results.switch, name="feedback_switch"),
    path("<str:reference>/rueckmeldungen/antworten.csv", feedback_results.feedback_csv, name="feedback_csv"),
]
