"""Under /konto/foren/: the own registrations of whoever is signed in."""

from django.urls import URLPattern

app_name = "own_registrations"

urlpatterns: list[URLPattern] = []
