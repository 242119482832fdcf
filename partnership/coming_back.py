"""Back to a page behind a secret link, after signing in or what else comes first.

Its address is kept in the session: in another address it would stand in logs.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

COMES_BACK = "comes_back_to"


def go_and_come_back(request: HttpRequest, name: str) -> HttpResponse:
    """To the page of that name first."""
    request.session[COMES_BACK] = request.path
    return redirect(name)


def page_to_come_back_to(request: HttpRequest) -> str:
    """Once; empty for whoever was sent nowhere."""
    return str(request.session.pop(COMES_BACK, ""))
