"""Material, for those who publish it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
