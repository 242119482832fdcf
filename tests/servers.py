"""A pytest plugin: this run's own PostgreSQL and broker, up before Django reads its settings.

DATABASE_URL and REDIS_URL, when set, are used instead.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.demo.embedded import start_postgres, start_valkey
from partnership.demo.processes import Family

family = Family()
home = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    (home / "var" / "static").mkdir(parents=True)
    home.chmod(0o711)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("VAR_DIR", str(home / "var"))
    os.environ.setdefault("STATIC_MANIFEST", "0")
    os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")
    os.environ.setdefault("DB_POOL_SIZE", "8")
    try:
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = start_postgres(family, home, logs=home, durable=False)
        if "REDIS_URL" not in os.environ:
            os.environ["REDIS_URL"] = start_valkey(family, home, logs=home)
    except Exception:
        _clean_up()
        raise
    return (yield)


def pytest_unconfigure() -> None:
    _clean_up()


def _clean_up() -> None:
    family.stop()
    shutil.rmtree(home, ignore_errors=True)
