"""Under /konto/besuche/: own requests for a visit of whoever is signed in."""

from django.urls import path

from consultations.views import visit_own, visit_times

app_name = "own_visits"

urlpatterns = [
    path("<str:reference>/", visit_own.own_page, name="visit_request"),
    path("<str:reference>/fotos/", visit_own.own_photos, name="visit_photos"),
    path("<str:reference>/wuensche/", visit_own.own_wishes, name="visit_wishes"),
    path("<str:reference>/zurueckziehen/", visit_own.own_withdraw, name="visit_withdraw"),
    path("<str:reference>/zeiten/", visit_times.own_times, name="visit_times"),
    path("<str:reference>/uebernehmen/", visit_own.own_claim, name="visit_claim"),
]
