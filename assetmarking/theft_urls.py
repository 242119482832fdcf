"""Under /kennzeichnung/: thefts that a firm reports, and equipment passports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
