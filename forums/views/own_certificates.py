"""Somebody's own certificate: behind the mail's link, behind the registration's, or signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums.certificates.access import certificate_behind
from forums.certificates.page import page_of
from forums.certificates.pdf import pdf_of_certificate
from forums.certificates.queries import certificate_of
from forums.models import Certificate
from forums.registering.access import RegistrationAccess
from forums.views.own_registration import by_link, by_person
from partnership.current import current_partnership
from partnership.limits import check_limit
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


@require_safe
def of_registration(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    """The own one, or that of a colleague who was registered along."""
    wanted = reference or access.registration.reference
    whose = next((one for one in access.registrations() if one.reference == wanted), None)
    certificate = certificate_of(whose) if whose else None
    if certificate is None:
        raise Http404
    return pdf_response(certificate)


def pdf_response(certificate: Certificate) -> HttpResponse:
    response = HttpResponse(pdf_of_certificate(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="teilnahme-{certificate.number}.pdf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _link_ended(request: HttpRequest) -> HttpResponse:
    check_limit(request, "link")
    context = {"partnership": current_partnership(request)}
    return render(request, "forums/certificates/link_ended.html", context, status=404)


link_pdf, account_pdf = by_link(of_registration), by_person(of_registration)
