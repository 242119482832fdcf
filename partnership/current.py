"""Which partnership a request is for: by host name, else the first."""

import time

from django.conf import settings
from django.db.models import Case, Value, When
from django.http import HttpRequest

from partnership.models import Partnership

KEPT_SECONDS = 30
_kept: dict[str, tuple[float, Partnership | None]] = {}


def current_partnership(request: HttpRequest) -> Partnership | None:
    """None on a portal that nobody has set up yet. Kept for half a minute in each process."""
    host = request.get_host().partition(":")[0]
    until, partnership = _kept.get(host, (0.0, None))
    if time.monotonic() > until:
        named_first = Case(When(host=host, then=Value(0)), default=Value(1))
        partnership = Partnership.objects.order_by(named_first, "pk").first()
        if len(_kept) > 100:
            _kept.clear()
        _kept[host] = (time.monotonic() + KEPT_SECONDS, partnership)
    return partnership


def forget_partnerships() -> None:
    """After a change that this process must see at once."""
    _kept.clear()


def absolute_url(partnership: Partnership, path: str) -> str:
    """For mails: the partnership's own host if it has one."""
    base = f"https://{partnership.host}" if partnership.host else settings.BASE_URL
    return base.rstrip("/") + path
