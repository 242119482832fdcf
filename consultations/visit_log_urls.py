"""The log of a visit, written on site; `workplace_urls` takes it into its namespace."""

from django.urls import path

from consultations.views import visit_log_entries as entries
from consultations.views import visit_logs

ROOT = "besuche/protokoll/<str:reference>/"

urlpatterns = [
    path(ROOT, visit_logs.log, name="visit_log"),
    path(f"{ROOT}beginnen/", visit_logs.begin, name="visit_log_begin"),
    path(f"{ROOT}texte/", visit_logs.texts, name="visit_log_texts"),
    path(f"{ROOT}bereich/<int:pk>/rest/", visit_logs.rest, name="visit_log_rest"),
    path(f"{ROOT}punkt/<int:pk>/", entries.item, name="visit_log_item"),
    path(f"{ROOT}weitere/neu/", entries.free_new, name="visit_log_free_new"),
    path(f"{ROOT}weitere/<int:pk>/", entries.free, name="visit_log_free"),
    path(f"{ROOT}weitere/<int:pk>/entfernen/", entries.free_remove, name="visit_log_free_remove"),
    path(f"{ROOT}weitere/<int:pk>/verschieben/", entries.free_move, name="visit_log_free_move"),
]
