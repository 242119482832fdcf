"""Around every page: how much it may be sent, what caches may keep, polite refusals."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from partnership.limits import TooManyRequests

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


class OnlySmallBodies:
    """Refuses by its length, before it is read, what is larger than any form of ours.

    Views that say so by `takes_files` get more; only they are looked up, and only for large requests.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
