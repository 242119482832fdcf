"""What every page behind a secret link does with its address."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

R = TypeVar("R", bound=HttpResponseBase)


def secret_page(view: Callable[..., R]) -> Callable[..., R]:
    """Of a request, the secret in its address, and what else is in it. The address goes to no other site, no
    search engine and no cache.

    Under `no-referrer` browsers post with "Origin: null", which Django's check refuses. It is not needed:
    whoever can forge a post to this address knows the secret in it and may do what it allows.
    """

    @csrf_exempt
    @wraps(view)
    def keep_secret(request: HttpRequest, *args: Any, **named: Any) -> R:
        response = view(request, *args, **named)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        add_never_cache_headers(response)
        return response

    return keep_secret
