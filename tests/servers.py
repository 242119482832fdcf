"""A pytest plugin: this run's own PostgreSQL and broker, up before Django reads its settings.

Under `-n` the workers share both servers, each with a database (by pytest-django), a number at the broker
and a VAR_DIR of its own. DATABASE_URL and REDIS_URL, when set, are used instead of own servers.
"""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from execnet.xspec import XSpec

from partnership.demo.embedded import start_postgres, start_valkey
from partnership.demo.processes import Family

family = Family()
home = Path(tempfile.gettempdir()) / f"portal-tests-{os.getpid()}"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Not asked in a worker, whose environment comes from the process that has the servers."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    home.mkdir()
    home.chmod(0o711)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("VAR_DIR", str(_make_var("var")))
    os.environ.setdefault("STATIC_MANIFEST", "0")
    os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")
    os.environ.setdefault("DB_POOL_SIZE", "8")
    try:
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = start_postgres(family, home, logs=home, durable=False)
        if "REDIS_URL" not in os.environ:
            os.environ["REDIS_URL"] = start_valkey(family, home, logs=home)
    except BaseException:
        _clean_up()
        raise
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[XSpec]) -> None:
    for number, spec in enumerate(specs):
        broker = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}")
        spec.env |= {"REDIS_URL": broker.geturl(), "VAR_DIR": str(_make_var(f"var{number}"))}


def pytest_unconfigure() -> None:
    _clean_up()


def _make_var(name: str) -> Path:
    (home / name / "static").mkdir(parents=True)
    return home / name


def _clean_up() -> None:
    family.stop()
    shutil.rmtree(home, ignore_errors=True)
