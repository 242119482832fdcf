"""The settings' variables: every one there is, and sentences for those that are missing or malformed."""

import os
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

KNOWN_VARIABLES = {
    "SECRET_KEY": "signs sessions and forms; at least 50 random characters",
    "SECRET_KEY_FALLBACKS": "earlier ones, separated by commas: second factors stay readable",
    "DATABASE_URL": "postgres://user:password@host:port/name",
    "REDIS_URL": "redis://host:port/0, broker and limits; valkey speaks the same",
    "EMAIL_URL": "smtp://, smtp+tls:// (STARTTLS) or smtp+ssl://user:password@host:port",
    "ALARM_ADDRESSES": "who is mailed about disturbances, separated by commas; default: every technician",
    "RETURN_ADDRESS": "bounces come to it with a token behind a plus: rueckmeldung@portal.example; optional",
    "IMAP_URL": "imaps://user:password@host/folder, where what comes back is fetched; optional",
    "BASE_URL": "https://…, the address under which people reach the portal",
    "ALLOWED_HOSTS": "host names, separated by commas",
    "TRUSTED_PROXIES": "number of proxies in front whose X-Forwarded headers are believed; default 1",
    "WEB_WORKERS": "web processes on one machine; default 2",
    "WEB_THREADS": "threads in each of them; default 1, more without a buffering proxy in front",
    "DB_POOL_SIZE": "connections of one process; all together should stay at about 16",
    "ERASURE_LIST_DIR": "folder outside the database for the list of erasures; must exist",
    "RETENTION_UNCONFIRMED_DAYS": "unconfirmed bookings after their end; default 7",
    "RETENTION_CONTACTS_DAYS": "contacts and what was confided after the appointment; default 365",
    "RETENTION_MAILS_DAYS": "contents of mails after sending; default 30",
    "RETENTION_ADDRESSES_DAYS": "addresses that nobody has confirmed; default 7",
    "RETENTION_LINKS_DAYS": "secret links after their end; default 1",
    "RETENTION_MERGES_DAYS": "what undoing a merge of firms takes; default and least 30",
    "RETENTION_ABSENCES_DAYS": "absences of officers after their end; default 365",
    "RETENTION_REPORT_DRAFTS_DAYS": "logs of visits that nobody released, after their beginning; default 365",
    "RETENTION_REPORTS_DAYS": "reports of visits after their release; default 1825",
    "RETENTION_WAITING_DAYS": "entries of waiting lists after their end; default 30",
    "RETENTION_SEARCHES_DAYS": "police searches, unless a lead has them kept; default 1",
    "RETENTION_FINDS_DAYS": "what finders wrote, and read-in lists, after their end; default 90",
    "RETENTION_THINGS_DAYS": "things sold or scrapped, and thefts, after their end; default 1095",
    "RETENTION_PHOTOS_DAYS": "that a photo was refused; default 7",
    "RETENTION_LOG_DAYS": "log entries after the end of their year; default 366",
    "RETENTION_EVIDENCE_DAYS": "requests for erasure and what has been erased; default 1095",
    "LIMITS": "0 switches the limits per address off, for load tests",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR; default INFO",
    "STATIC_MANIFEST": "0 serves static files unhashed, without `collectstatic`",
    "VAR_DIR": "folder for collected static files and the demo's data; default var/",
    "DEMO": "1 for a demo: http, invented data, a note on every page",
    "DEBUG": "1 for developers",
}
RETURN_ADDRESS = re.compile(r"[a-z0-9._-]{1,25}@[a-z0-9-]+(\.[a-z0-9-]+)+")
"""A local part has 64 characters at most (RFC 5321), and the token needs its share."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_env = environ.Env()


def text(name: str, *, default: str | None = None) -> str:
    """A variable's text; without a default it must be there."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(
            f"{name} fehlt. Setzen Sie diese Umgebungsvariable: {KNOWN_VARIABLES[name]}."
        )
    return value


def texts(name: str) -> list[str]:
    """Separated by commas; none if it is not set."""
    return [part.strip() for part in text(name, default="").split(",") if part.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, default="1" if default else "0")
    if value not in ("0", "1"):
        raise _malformed(name, "0 oder 1")
    return value == "1"


def number(name: str, *, default: int, at_least: int = 0, at_most: int = 1000) -> int:
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit() or not at_least <= int(value) <= at_most:
        raise _malformed(name, f"eine Zahl von {at_least} bis {at_most}")
    return int(value)


def names(name: str, *, default: str | None = None) -> list[str]:
    found = [part.strip() for part in text(name, default=default).split(",") if part.strip()]
    if not found or "*" in found:
        raise _malformed(name, "einen oder mehrere Hostnamen, durch Kommas getrennt, ohne *")
    return found


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    value = text(name, default=default)
    if value not in choices:
        raise _malformed(name, " oder ".join(choices))
    return value


def secret(name: str) -> str:
    value = text(name)
    if len(value) < 50 or len(set(value)) < 10:
        raise _malformed(name, "mindestens 50 zufällige Zeichen")
    return value


def address(name: str, *, schemes: tuple[str, ...], default: str | None = None) -> str:
    """A URL with a host and one of the schemes, without a path."""
    value = text(name, default=default)
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname:
        raise _malformed(name, f"eine Adresse, die mit {' oder '.join(s + '://' for s in schemes)} beginnt")
    return value.rstrip("/")


def database(name: str) -> dict[str, object]:
    address(name, schemes=("postgres", "postgresql"))
    return dict(_read(name, _env.db))


def smtp(name: str, *, default: str | None = None) -> dict[str, object]:
    value = address(name, schemes=("smtp", "smtp+tls", "smtp+ssl"), default=default)
    return dict(_read(name, lambda _name: _env.email_url_config(value)))


def return_address(name: str) -> str:
    """An address whose mailbox takes whatever stands behind a plus; empty without one."""
    value = text(name, default="").lower()
    if value and not RETURN_ADDRESS.fullmatch(value):
        raise _malformed(name, "eine E-Mail-Adresse mit höchstens 25 Zeichen vor dem @, ohne +")
    return value


def imap(name: str, *, schemes: tuple[str, ...]) -> str:
    """Empty without one. Folders with other letters than ASCII would have to be spelt in UTF-7."""
    if not text(name, default=""):
        return ""
    value = address(name, schemes=schemes)
    parts = urlsplit(value)
    if (
        not parts.username
        or not unquote(parts.path).isascii()
        or not _read(name, lambda _name: parts.port or 1)
    ):
        raise _malformed(name, KNOWN_VARIABLES[name])
    return value


def _read(name: str, read: Callable[[str], T]) -> T:
    try:
        return read(name)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise _malformed(name, KNOWN_VARIABLES[name]) from error


def _malformed(name: str, wanted: str) -> ImproperlyConfigured:
    """Never quotes the value: it may be a secret."""
    return ImproperlyConfigured(f"{name} ist nicht lesbar. Erwartet wird: {wanted}.")
