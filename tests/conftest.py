from collections.abc import Iterator

import pytest
import redis
from django.conf import settings

from partnership.current import forget_partnerships

pytest_plugins = ["tests.personas"]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Neither the partnership kept by this process nor what limits have counted."""
    forget_partnerships()
    yield
    forget_partnerships()


@pytest.fixture(autouse=True)
def no_counts() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL)
    for pattern in ("limit:*", "portal:*"):
        if keys := client.keys(pattern):
            client.delete(*keys)
