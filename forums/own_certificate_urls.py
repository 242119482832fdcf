"""The certificate, behind the registration's link."""

from django.urls import path

from forums.views import own_certificates

urlpatterns = [
    path(
        "anmeldung/<str:token>/<str:reference>/bescheinigung.pdf",
        own_certificates.link_pdf,
        name="certificate",
    ),
]
