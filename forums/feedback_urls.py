"""What participants say afterwards."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
