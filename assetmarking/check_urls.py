"""Under /kennzeichnung/: the public check, and what finders write."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
