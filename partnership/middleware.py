"""Around every page: how much it may be sent, who may come in, what caches may keep, polite refusals."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from partnership.limits import TooManyRequests
from partnership.photos.judging import MOST_MEGABYTES
from partnership.rules import lacks_second_factor
from partnership.sessions import note_seen

GetResponse = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])
MEGABYTE = 1024 * 1024
FORM_AROUND_FILES = 256 * 1024
"""Bytes for what a form sends beside its files."""


def takes_files(*, most_megabytes: int) -> Callable[[View], View]:
    """Marks a view whose form has files: all of them together may be this large."""

    def mark(view: View) -> View:
        view.most_megabytes = most_megabytes  # type: ignore[attr-defined]
        return view

    return mark


def takes_photos(*, most: int = 5) -> Callable[[View], View]:
    """Marks a view whose form has so many photos at once, each as large as a photo may be."""
    return takes_files(most_megabytes=most * MOST_MEGABYTES)


class OnlySmallBodies:
    """Refuses by its length, before it is read, what is larger than any form of ours, and what does not say
    its length: no browser sends a form so, and nothing would bound it.

    Views that say so by `takes_files` get more; only they are looked up, and only for large requests.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
            return HttpResponse(render_to_string("411.html"), status=411)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        most = _megabytes_taken_at(request.path_info)
        if most and int(length) <= most * MEGABYTE + FORM_AROUND_FILES:
            return self.get_response(request)
        return HttpResponse(render_to_string("413.html", {"most_megabytes": most}), status=413)


def _megabytes_taken_at(path: str) -> int:
    """0 where no files are taken, and where there is no page."""
    try:
        return getattr(resolve(path).func, "most_megabytes", 0)
    except Resolver404:
        return 0


class CarefulResponses:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
            response["Cache-Control"] = "private, no-store" if has_session else "private, no-cache"
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, TooManyRequests):
            return None
        minutes = -(-error.retry_after_seconds // 60)
        response = render(request, "429.html", {"retry_after_minutes": minutes}, status=429)
        response["Retry-After"] = str(error.retry_after_seconds)
        return response


class SecondFactorGate:
    """Whoever needs a second factor and has none reaches the page to set it up, and none behind it."""

    BEHIND_IT = ("/arbeitsplatz/", "/technik/", "/konto/", "/en/konto/")
    OPEN = {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
        *("account_reauthenticate_by_code", "account_logout", "account_login"),
    }
    """What it takes to set one up, and to leave."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.path.startswith(self.BEHIND_IT) or (match and match.view_name in self.OPEN):
            return None
        return redirect("mfa_index") if lacks_second_factor(request) else None


class SessionsSeen:
    """Notes now and then that a session that began with a sign-in is in use; never in the session itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and AUTHENTICATION_METHODS_SESSION_KEY in request.session:
            note_seen(request.session.session_key)
        return response
