"""Under /kennzeichnung/: lists of things that come in and go out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
