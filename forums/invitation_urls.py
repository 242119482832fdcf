"""Behind an invitation's personal link."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
