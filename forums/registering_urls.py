"""Registering, confirming, and the registration's own page behind its link."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
