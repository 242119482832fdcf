"""Under /k/: the page behind a label's QR code."""

from django.urls import URLPattern

app_name = "finder"

urlpatterns: list[URLPattern] = []
