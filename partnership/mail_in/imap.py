"""Fetching what came back from a mailbox (IMAP4rev1, TLS)."""

import contextlib
import imaplib
import logging
import ssl
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError

from partnership.mail_in.letters import LARGEST
from partnership.mail_in.receiving import receive

BATCH = 50
TIMEOUT_SECONDS = 20

logger = logging.getLogger(__name__)


def fetch_mail() -> int:
    """What nobody has read yet, the oldest first, at most `BATCH`; returns how many were taken in.

    A message is marked as read after its own commit. One that fails gets the mailbox's flag, for somebody
    to look at, and does not hold up the others; a database that is away leaves all of them unread.
    """
    if not settings.IMAP_URL:
        return 0
    try:
        with _mailbox(settings.IMAP_URL) as mailbox:
            return sum(_take(mailbox, uid) for uid in _unread(mailbox)[:BATCH])
    except (OSError, imaplib.IMAP4.error) as error:
        logger.warning("mailbox cannot be read: %s", type(error).__name__)
        return 0


@contextlib.contextmanager
def _mailbox(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    mailbox: imaplib.IMAP4
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        mailbox = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        mailbox = imaplib.IMAP4(host, parts.port or 143, timeout=TIMEOUT_SECONDS)
    try:
        mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        answer, _data = mailbox.select(f'"{folder}"')
        if answer != "OK":
            raise imaplib.IMAP4.error("no such folder")
        yield mailbox
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _unread(mailbox: imaplib.IMAP4) -> list[str]:
    _answer, data = mailbox.uid("SEARCH", "UNSEEN", "UNFLAGGED")
    return (data[0] or b"").decode().split()


def _take(mailbox: imaplib.IMAP4, uid: str) -> int:
    _answer, data = mailbox.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    content = next((part[1] for part in data if isinstance(part, tuple)), b"")
    try:
        receive(content)
    except (OperationalError, InterfaceError):
        raise OSError("database away") from None
    except Exception:
        logger.exception("message %s in the mailbox cannot be taken in", uid)
        mailbox.uid("STORE", uid, "+FLAGS.SILENT", r"(\Flagged)")
        return 0
    mailbox.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return 1
