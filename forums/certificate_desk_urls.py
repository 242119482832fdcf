"""Certificates, for those who issue them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
