"""Under /kennzeichnung/: labels, and help with codes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
