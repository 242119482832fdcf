"""Under /k/: the page behind a label's QR code."""

from django.urls import path

from assetmarking.views import finder

app_name = "finder"

urlpatterns = [
    path("", finder.find, name="find"),
    path("gesendet/", finder.sent, name="sent"),
    path("nachricht/<str:token>/", finder.thread, name="thread"),
    path("nachricht/<str:token>/beenden/", finder.end, name="end"),
    path("<str:code>", finder.label, name="label"),
]
