"""Second factors as django-allauth keeps them: whose they are called, and encrypted at rest."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.current import current_partnership
from partnership.times import numeric_date, today


class AuthenticatorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Dieser Code passt nicht. Geben Sie den ein, der gerade angezeigt wird."),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        partnership = current_partnership(context.request)
        return partnership.short_name if partnership else gettext("Sicherheitspartnerschaft")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Passkey vom {day}").format(day=numeric_date(today()))

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """By SECRET_KEY, and what SECRET_KEY_FALLBACKS say it was before."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"partnership.authenticators" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
