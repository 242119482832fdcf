"""Limits per address and per network, counted in Redis. When Redis is away they fail open."""

import ipaddress
import logging
import threading
import time

import redis
from django.conf import settings
from django.http import HttpRequest

from partnership.client_address import client_address

PAUSE_SECONDS = 30
_silent_until = 0.0
_client: redis.Redis | None = None
_making = threading.Lock()
logger = logging.getLogger(__name__)


class TooManyRequests(Exception):
    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"again in {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


def check_limit(request: HttpRequest, name: str) -> None:
    """Count this request under `name` of settings.LIMITS; raises TooManyRequests past the limit.

    settings.LIMITS: name -> (per address, per network, window in seconds).
    """
    global _silent_until
    if not settings.LIMITS_ON or time.monotonic() < _silent_until:
        return
    per_address, per_network, window = settings.LIMITS[name]
    address, network = _address_and_network(client_address(request))
    slot = int(time.time()) // window
    keys = [f"limit:{name}:{address}:{slot}", f"limit:{name}:{network}:{slot}"]
    try:
        counts = _count(keys, window)
    except redis.RedisError as error:
        _silent_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("limits not counted for %s s: %s", PAUSE_SECONDS, type(error).__name__)
        return
    if counts[0] > per_address or counts[1] > per_network:
        raise TooManyRequests(retry_after_seconds=window - int(time.time()) % window)


def _redis() -> redis.Redis:
    """One for all threads: a second one, made at the same time and dropped, would close what is in use."""
    global _client
    with _making:
        if _client is None:
            _client = redis.Redis.from_url(
                settings.REDIS_URL, socket_timeout=0.25, socket_connect_timeout=0.25
            )
        return _client


def _count(keys: list[str], window: int) -> list[int]:
    pipeline = _redis().pipeline(transaction=False)
    for key in keys:
        pipeline.incr(key)
        pipeline.expire(key, window)
    return [int(value) for value in pipeline.execute()[::2]]


def _address_and_network(address: str) -> tuple[str, str]:
    """IPv4: the address and its /24. IPv6: the /64, which is one household, and its /48."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown", "unknown network"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.version == 4:
        return str(ip), str(ipaddress.ip_network(f"{ip}/24", strict=False))
    household = ipaddress.ip_network(f"{ip}/64", strict=False)
    return str(household), str(ipaddress.ip_network(f"{ip}/48", strict=False))
