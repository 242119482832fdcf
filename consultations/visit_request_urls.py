"""Requests for visits, for police; `workplace_urls` takes it into its namespace, after what else lies below
`besuche/`."""

from django.urls import path

from consultations.views import visit_noting, visit_requests, visit_taking

ROOT = "besuche/"
ONE = f"{ROOT}<str:reference>/"

urlpatterns = [
    path(ROOT, visit_requests.visit_requests, name="visit_requests"),
    path(f"{ROOT}neu/", visit_noting.for_caller, name="visit_request_new"),
    path("termine/<str:reference>/besuch/", visit_noting.after_talk, name="visit_after_talk"),
    path(ONE, visit_requests.visit_request, name="visit_request"),
    path(f"{ONE}uebernehmen/", visit_taking.take, name="visit_request_take"),
    path(f"{ONE}uebergeben/", visit_taking.hand_over, name="visit_request_hand_over"),
    path(f"{ONE}zuruecklegen/", visit_taking.put_back, name="visit_request_put_back"),
    path(f"{ONE}beenden/", visit_taking.end, name="visit_request_end"),
    path(f"{ONE}andere-dienststelle/", visit_taking.give_away, name="visit_request_give_away"),
]
