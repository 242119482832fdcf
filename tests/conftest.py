import gc
import os
from collections.abc import Iterator
from itertools import chain, islice

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from partnership.current import forget_partnerships
from tests.broker import forget_counts
from tests.tables import empty_tables

pytest_plugins = ["tests.personas", "tests.english.missing"]
SLOW = (("browser",), ("demo", "races"))
"""Folders in which one test takes a minute; each group takes about as long as the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones come first, shared out: each process begins with an equal part of the list and takes from
    the end of another's when its own is done.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [[item for item in items if item.path.parent.name in folders] for folders in SLOW]
    others = iter([item for item in items if item.path.parent.name not in {*chain(*SLOW)}])
    shares = [list(chain(*slow[number::processes])) for number in range(processes)]
    left = len(items)
    for number, share in enumerate(shares):
        size = left // (processes - number)
        share.extend(islice(others, max(0, size - len(share))))
        left -= len(share)
    items[:] = [item for share in shares for item in share]


def pytest_collection_finish() -> None:
    """What is there by now stays until the end; nobody needs to look through it for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A busy machine takes longer to connect than a portal lets people wait.

    Django then warns while it makes the tests' database, and a RuntimeWarning ends the run.
    """
    options = connection.settings_dict["OPTIONS"]
    options["connect_timeout"] = options["pool"]["timeout"] = 30


@pytest.fixture(scope="session", autouse=True)
def emptied_cheaply() -> None:
    """Django truncates all tables after a test with real transactions, which takes longer than the test."""
    TransactionTestCase._fixture_teardown = lambda _case: empty_tables()  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """The same hash at the least cost: what keeps guessers off is a third of a second for each password."""
    Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
    Argon2PasswordHasher.memory_cost = 8


@pytest.fixture(scope="session", autouse=True)
def static_files_when_asked_for(django_test_environment: None) -> None:
    """Else each client of a test begins by going through all of them."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Neither the partnership kept by this process nor the language of the last page."""
    forget_partnerships()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    forget_partnerships()


@pytest.fixture(autouse=True)
def no_counts() -> None:
    forget_counts()
