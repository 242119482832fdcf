"""A start with settings that are missing or malformed stops with a sentence that names them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgres://portal:geheim@db:5432/portal",
    "REDIS_URL": "redis://broker:6379/0",
    "EMAIL_URL": "smtp+tls://portal:geheim@mail:587",
    "BASE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "ERASURE_LIST_DIR": "/srv/loeschliste",
}


def start(changes: dict[str, str | None], code: str = "") -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
        **PRODUCTION,
        **changes,
    }
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; settings.DEBUG; {code}"],
        cwd=ROOT,
        env={name: value for name, value in env.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_environment_starts() -> None:
    assert start({}).returncode == 0


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_a_missing_setting_is_named(name: str) -> None:
    done = start({name: None})
    assert done.returncode
    assert f"{name} fehlt" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "kurz"),
        ("DATABASE_URL", "mysql://portal@db/portal"),
        ("REDIS_URL", "broker:6379"),
        ("EMAIL_URL", "mail"),
        ("BASE_URL", "http://portal.example"),
        ("ALLOWED_HOSTS", "*"),
        ("TRUSTED_PROXIES", "viele"),
        ("WEB_WORKERS", "0"),
        ("RETENTION_MAILS_DAYS", "ewig"),
        ("RETENTION_MERGES_DAYS", "12"),
        ("DEMO", "vielleicht"),
        ("LOG_LEVEL", "LAUT"),
        ("RETURN_ADDRESS", "ohne-klammeraffe"),
        ("RETURN_ADDRESS", "mit+plus@portal.example"),
        ("RETURN_ADDRESS", f"{'r' * 26}@portal.example"),
        ("IMAP_URL", "imap://wer:geheim@mail.example/Eingang"),
        ("IMAP_URL", "imaps://mail.example/Eingang"),
        ("IMAP_URL", "imaps://wer:geheim@mail.example:viele/Eingang"),
        ("IMAP_URL", "imaps://wer:geheim@mail.example/Rückläufer"),
    ],
)
def test_a_malformed_setting_is_named_and_not_quoted(name: str, value: str) -> None:
    done = start({name: value})
    sentence = done.stderr.strip().splitlines()[-1]
    assert done.returncode
    assert f"{name} ist nicht lesbar" in sentence
    assert value not in sentence.replace("ohne *", "")


def test_production_sends_cookies_over_https_only_and_bound_to_the_host() -> None:
    code = "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_NAME)"
    assert start({}, code).stdout.split() == ["True", "True", "__Host-sitzung"]


def test_what_comes_back_is_fetched_where_a_mailbox_is_named() -> None:
    code = "print('partnership.fetch_mail' in settings.CELERY_BEAT_SCHEDULE)"
    named = {"IMAP_URL": "imaps://rueckmeldung%40portal.example:geheim@mail.example/Eingang"}
    assert start({}, code).stdout.split() == ["False"]
    assert start(named, code).stdout.split() == ["True"]
