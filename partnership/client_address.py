from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """What the outermost trusted proxy saw; what a client writes into the header counts nothing."""
    remote: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.TRUSTED_PROXIES or len(forwarded) < settings.TRUSTED_PROXIES:
        return remote
    return forwarded[-settings.TRUSTED_PROXIES] or remote
