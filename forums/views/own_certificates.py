"""Somebody's own certificate: behind the mail's link, behind the registration's, or signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forums.certificates.access import certificate_behind, certificate_of_registration_behind
from forums.certificates.page import page_of
from forums.certificates.pdf import pdf_of_certificate
from forums.certificates.queries import certificates_of
from forums.models import Certificate
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.views.administration.pages import acting
from partnership.views.secret_links import secret_page


@secret_page
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    certificate = certificate_behind(token)
    if certificate is None:
        return _link_ended(request)
    context = {"page": page_of(certificate), "token": token, "partnership": certificate.event.partnership}
    return render(request, "forums/certificates/own.html", context)


@secret_page
@require_safe
def own_pdf(request: HttpRequest, token: str) -> HttpResponse:
    certificate = certificate_behind(token)
    return pdf_response(certificate) if certificate else _link_ended(request)


@secret_page
@require_safe
def of_registration_pdf(request: HttpRequest, token: str) -> HttpResponse:
    certificate = certificate_of_registration_behind(token)
    return pdf_response(certificate) if certificate else _link_ended(request)


@login_required
@never_cache
@require_safe
def account_pdf(request: HttpRequest, number: str) -> HttpResponse:
    return pdf_response(get_object_or_404(certificates_of(acting(request)), number=number))


def pdf_response(certificate: Certificate) -> HttpResponse:
    response = HttpResponse(pdf_of_certificate(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="teilnahme-{certificate.number}.pdf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _link_ended(request: HttpRequest) -> HttpResponse:
    check_limit(request, "link")
    context = {"partnership": current_partnership(request)}
    return render(request, "forums/certificates/link_ended.html", context, status=404)
