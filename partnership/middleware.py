"""Around every page: how much it may be sent, what caches may keep, polite refusals."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from partnership.limits import TooManyRequests

GetResponse = Callable[[HttpRequest], HttpResponse]


class OnlySmallBodies:
    """Refuses by its length, before it is read, what is larger than any form of ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)


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
