"""Under /arbeitsplatz/besuche/, for desks: what somebody asks for on the telephone."""

from django.urls import path

from consultations.views import visit_entering

urlpatterns = [
    path("besuche/aufnehmen/", visit_entering.enter, name="visit_enter"),
    path("besuche/aufgenommen/", visit_entering.entered, name="visits_entered"),
]
