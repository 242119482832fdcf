"""Under /kennzeichnung/: lists of things that come in and go out."""

from django.urls import path

from assetmarking.views import exporting, importing

urlpatterns = [
    path("firma/<int:firm_pk>/einlesen/", importing.start, name="import"),
    path("firma/<int:firm_pk>/ausgeben/", exporting.choice, name="export_choice"),
    path("firma/<int:firm_pk>/geraete.<str:suffix>", exporting.download, name="export"),
    path("einlesen/<int:pk>/", importing.run, name="import_run"),
    path("einlesen/<int:pk>/spalten/", importing.columns, name="import_columns"),
    path("einlesen/<int:pk>/doppelte/", importing.duplicates, name="import_duplicates"),
    path("einlesen/<int:pk>/uebernehmen/", importing.confirm, name="import_confirm"),
    path("einlesen/<int:pk>/verwerfen/", importing.drop, name="import_drop"),
    path("einlesen/<int:pk>/fehler.xlsx", importing.faulty, name="import_faulty"),
]
