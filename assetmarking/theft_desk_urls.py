"""Under /arbeitsplatz/diebstaehle/: thefts in a directorate's area."""

from django.urls import URLPattern

app_name = "thefts"

urlpatterns: list[URLPattern] = []
