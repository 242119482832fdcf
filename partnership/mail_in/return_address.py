"""The envelope sender of a mail: `rueckmeldung+4711-…@portal.example` names the mail that comes back."""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from partnership.models import OutgoingMail

SALT = "partnership.mail_in.return_address"
DIGEST_LETTERS = 16
TOKEN = re.compile(rf"(?P<key>[1-9]\d{{0,18}})-(?P<digest>[a-z2-7]{{{DIGEST_LETTERS}}})")


def return_address_of(mail: OutgoingMail) -> str:
    """Empty where the portal has no such address: then bounces go to the sender."""
    if not settings.RETURN_ADDRESS:
        return ""
    local, _at, domain = settings.RETURN_ADDRESS.partition("@")
    return f"{local}+{mail.pk}-{_digest(mail.pk, settings.SECRET_KEY)}@{domain}"


def mail_key_in(address: str) -> int | None:
    """The key that a return address of ours names. Mail servers may have changed upper and lower case."""
    local, _at, _domain = address.strip().strip("<>").lower().rpartition("@")
    token = TOKEN.fullmatch(local.rpartition("+")[2])
    if not token:
        return None
    key = int(token["key"])
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    known = any(constant_time_compare(token["digest"], _digest(key, secret)) for secret in keys)
    return key if known else None


def is_return_address(address: str) -> bool:
    """With or without a token."""
    local, _at, domain = address.lower().rpartition("@")
    return bool(settings.RETURN_ADDRESS) and f"{local.partition('+')[0]}@{domain}" == settings.RETURN_ADDRESS


def _digest(key: int, secret: str) -> str:
    """80 bits, in letters that survive a change of case."""
    digest = salted_hmac(SALT, str(key), secret=secret, algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:DIGEST_LETTERS].lower()
