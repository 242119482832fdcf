"""Under /arbeitsplatz/diebstaehle/: thefts in a directorate's area."""

from django.urls import path

from assetmarking.views import theft_desk

app_name = "thefts"

urlpatterns = [
    path("", theft_desk.thefts, name="thefts"),
    path("<str:reference>/", theft_desk.theft, name="theft"),
    path("<str:reference>/firma/", theft_desk.opened, name="opened"),
    path("<str:reference>/bestaetigen/", theft_desk.confirm, name="confirm"),
    path("<str:reference>/nicht-gefunden/", theft_desk.decline, name="decline"),
    path("<str:reference>/geraet/<int:pk>/", theft_desk.secured, name="secured"),
]
