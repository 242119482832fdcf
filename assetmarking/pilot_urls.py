"""Under /arbeitsplatz/machbarkeit/: feasibility studies."""

from django.urls import path

from assetmarking.views import pilots

app_name = "pilots"

urlpatterns = [
    path("", pilots.pilots, name="pilots"),
    path("neu/", pilots.pilot_new, name="pilot_new"),
    path("<int:pk>/", pilots.pilot, name="pilot"),
    path("<int:pk>/angaben/", pilots.pilot_edit, name="pilot_edit"),
    path("<int:pk>/loeschen/", pilots.pilot_remove, name="pilot_remove"),
    path("<int:pk>/entscheidung/", pilots.decide, name="decide"),
    path("<int:pk>/entscheidung/berichtigen/", pilots.correct, name="correct"),
    path("<int:pk>/bericht.pdf", pilots.report, name="report"),
    path("<int:pk>/aktion/", pilots.campaign_new, name="campaign_new"),
    path("aktion/<int:pk>/", pilots.campaign_edit, name="campaign_edit"),
    path("aktion/<int:pk>/streichen/", pilots.campaign_remove, name="campaign_remove"),
]
