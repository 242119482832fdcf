"""Somebody's own certificate, on the registration's page and in the account."""

from dataclasses import dataclass

from django.urls import reverse

from forums.certificates.page import CertificatePage, page_of
from forums.certificates.queries import valid_ones
from forums.models import Certificate, Registration


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    page: CertificatePage
    pdf_url: str


def own_certificate(registration: Registration, *, token: str = "") -> OwnCertificate | None:
    """For `forums/certificates/_own.html`. `token` is the registration's link; without one, its person is
    signed in."""
    certificate = valid_ones(Certificate.objects.filter(registration=registration)).first()
    if certificate is None:
        return None
    if token:
        url = reverse("certificates:of_registration_pdf", args=[token])
    else:
        url = reverse("certificates:account_pdf", args=[certificate.number])
    return OwnCertificate(page_of(certificate), url)
