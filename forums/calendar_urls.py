"""The public calendar, its feed, and an event's own page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
