"""The paper: one page, PDF/UA-1 and PDF/A-3a at once, from what was sealed; and those of an event in one
file, to print.

It is rendered when it is opened for the first time, in less than a second, and kept until the certificate is
revoked or erased.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from forums.certificates.page import CertificatePage, page_of
from forums.models import Certificate, CertificateFile
from partnership.current import absolute_url
from partnership.documents import archive_pdf_of, pdf_of
from partnership.qr_codes import draw_qr_code

TEMPLATE = "pdf/certificate.html"
LINE = 60
"""Characters of a part's title, roughly."""
SIZES = {7: "roomy", 14: "close"}
"""How it is set with up to so many lines of parts."""


def pdf_of_certificate(certificate: Certificate) -> bytes:
    kept = CertificateFile.objects.filter(certificate=certificate).first()
    if kept:
        return bytes(kept.pdf)
    pdf = render_certificate(certificate)
    CertificateFile.objects.bulk_create(
        [CertificateFile(certificate=certificate, pdf=pdf)], ignore_conflicts=True
    )
    return pdf


def render_certificate(certificate: Certificate) -> bytes:
    with translation.override("de"):
        return archive_pdf_of(_html_of([certificate]))


def render_certificates(certificates: Sequence[Certificate]) -> bytes:
    """A page for each. Not for keeping: each holder has an own file."""
    with translation.override("de"):
        return pdf_of(_html_of(certificates))


def _html_of(certificates: Sequence[Certificate]) -> str:
    sheets = [_sheet(certificate) for certificate in certificates]
    return render_to_string(TEMPLATE, {"sheets": sheets, "first": sheets[0]["page"], "demo": settings.DEMO})


def _sheet(certificate: Certificate) -> dict[str, Any]:
    page = page_of(certificate)
    url = verify_url(certificate)
    return {
        "page": page,
        "size": _size_of(page),
        "url": url,
        "shown_url": url.partition("//")[2],
        "qr": draw_qr_code(url, label=f"QR-Code: {url}"),
    }


def _size_of(page: CertificatePage) -> str:
    """So that one page is enough for whatever a day or two can hold."""
    lines = sum(1 + len(line.title + line.remark) // LINE for line in page.lines)
    return next((size for most, size in SIZES.items() if lines <= most), "tight")


def verify_url(certificate: Certificate) -> str:
    """In German, whoever asks: it is printed."""
    with translation.override("de"):
        path = reverse("certificates:verify", args=[certificate.number])
    return absolute_url(certificate.event.partnership, path)
