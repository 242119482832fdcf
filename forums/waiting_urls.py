"""Answering an offered place."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
