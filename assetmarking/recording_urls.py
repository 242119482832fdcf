"""Under /kennzeichnung/: things of a firm, recorded, changed, lent, handed over."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
