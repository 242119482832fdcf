"""Pages for what goes wrong before or below a view."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from partnership.views.unsent import back_to, keep


def server_error(_request: HttpRequest) -> HttpResponse:
    """503 while the database is away or overloaded, else 500. Both pages need no database."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "60"
        return response
    return HttpResponse(render_to_string("500.html"), status=500)


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view: a host that is not ours, too many fields, odd characters."""
    return HttpResponse(render_to_string("400.html"), status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose cookie is missing or from another session. What was typed may come back."""
    if keep(request):
        return back_to(request, request.path)
    return render(request, "403_csrf.html", status=403)
