"""Certificates, for those who issue them."""

from django.urls import path

from forums.views import certificates

urlpatterns = [
    path("<str:reference>/bescheinigungen/", certificates.certificates, name="certificates"),
    path("<str:reference>/bescheinigungen/ausstellen/", certificates.issue, name="certificates_issue"),
    path("<str:reference>/bescheinigungen.pdf", certificates.certificates_pdf, name="certificates_pdf"),
    path(
        "<str:reference>/bescheinigungen/<str:number>.pdf",
        certificates.certificate_pdf,
        name="certificate_pdf",
    ),
    path(
        "<str:reference>/bescheinigungen/<str:number>/widerrufen/",
        certificates.revoke,
        name="certificate_revoke",
    ),
    path("<str:reference>/bescheinigungen/<str:number>/neu/", certificates.anew, name="certificate_anew"),
]
