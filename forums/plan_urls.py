"""Series that are due, the education plan, and numbers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
