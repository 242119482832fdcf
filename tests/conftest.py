from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from partnership.current import forget_partnerships

pytest_plugins = ["tests.personas"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A busy machine takes longer to connect than a portal lets people wait.

    Django then warns while it makes the tests' database, and a RuntimeWarning ends the run.
    """
    options = connection.settings_dict["OPTIONS"]
    options["connect_timeout"] = options["pool"]["timeout"] = 30


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """The same hash at the least cost: what keeps guessers off is a third of a second for each password."""
    Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
    Argon2PasswordHasher.memory_cost = 8


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
