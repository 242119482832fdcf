"""Who takes part: the desk's list, its entries, invitations and the waiting list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
