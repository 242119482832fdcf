"""What somebody has typed and not saved: shown again on the same page to the same person, also after signing
in anew (docs/decisions/0055).

It lies with the session, in the database, and never in the browser. A form takes part with a hidden field
`wer`, which the server has signed: whoever sends one has been shown that page.
"""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
KEY, MARK = "unsent", "wer"
KEEP, DROP = "zwischenspeichern", "verwerfen"
BY_ITSELF = "still"
"""What the button sends in its place when a script presses it: nothing is shown then."""
NO_TEXT = (MARK, KEEP, DROP, "csrfmiddlewaretoken")
MOST_CHARACTERS, MOST_PAGES = 20_000, 8
MARK_LASTS = datetime.timedelta(days=1)


def mark_of(request: HttpRequest) -> str:
    """For the hidden field: whose form it is, and of which page."""
    return signing.dumps([request.user.pk, request.path], salt=KEY)


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person has typed on this page and not saved."""
    whose, text = request.session.get(KEY, {}).get(request.path, (None, ""))
    return QueryDict(text) if request.method != "POST" and whose == request.user.pk else None


def keeps_unsent(view: View[P]) -> View[P]:
    """Outside of what asks for signing in."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            is_kept = keep(request)
            return _to_sign_in(request) if is_kept else view(request, *args, **kwargs)
        _forget(request)
        if KEEP in request.POST:
            return _keep_for_later(request)
        return redirect(request.path) if DROP in request.POST else view(request, *args, **kwargs)

    return cast(View[P], checked)


def keep(request: HttpRequest) -> bool:
    """Whether what was posted is kept: with a mark of this page and person, and as short as a form is."""
    try:
        whose, path = signing.loads(request.POST.get(MARK, ""), salt=KEY, max_age=MARK_LASTS)
    except signing.BadSignature:
        return False
    text = request.POST.copy()
    for name in NO_TEXT:
        text.pop(name, None)
    encoded = text.urlencode()
    is_theirs = not request.user.is_authenticated or whose == request.user.pk
    if path != request.path or not is_theirs or len(encoded) > MOST_CHARACTERS:
        return False
    others = [(page, row) for page, row in request.session.get(KEY, {}).items() if page != path]
    request.session[KEY] = dict([*others[1 - MOST_PAGES :], (path, [whose, encoded])])
    return True


def back_to(request: HttpRequest, address: str) -> HttpResponse:
    """Also where only a part of the page was asked for."""
    is_part = "HX-Request" in request.headers
    return HttpResponseClientRedirect(address) if is_part else redirect(address)


def _keep_for_later(request: HttpRequest) -> HttpResponse:
    is_kept = keep(request)
    if request.POST[KEEP] == BY_ITSELF:
        return HttpResponse(status=204 if is_kept else 409)
    if is_kept:
        messages.info(request, _("Zwischengespeichert. Im Protokoll steht es erst, wenn Sie speichern."))
    else:
        messages.warning(request, _("Das ließ sich nicht zwischenspeichern. Speichern Sie es."))
    return redirect(request.path)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return back_to(request, f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def _forget(request: HttpRequest) -> None:
    pages: dict[str, Any] = request.session.get(KEY, {})
    if pages.pop(request.path, None):
        request.session[KEY] = pages
