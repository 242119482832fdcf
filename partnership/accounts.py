"""Signing in with django-allauth: no open registration, mails through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.client_address import client_address
from partnership.current import absolute_url, current_partnership
from partnership.outbox import queue_mail
from partnership.times import current_language

PASSWORD_RESET = "account/email/password_reset_key"  # noqa: S105 a template's name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides, auch Groß- und "
            "Kleinschreibung, oder fordern Sie ein neues Passwort an."
        ),
        "enter_current_password": _("Geben Sie das Passwort ein, mit dem Sie sich bisher anmelden."),
        "incorrect_password": _(
            "Prüfen Sie Groß- und Kleinschreibung und geben Sie Ihr Passwort noch einmal ein."
        ),
        "too_many_login_attempts": _(
            "Es gab mehrere Versuche mit einem falschen Passwort. "
            "Versuchen Sie es in fünf Minuten noch einmal."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from confirmed bookings and from coordinators."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only the link for a new password; other mails of the library stay unsent."""
        partnership = current_partnership(self.request)
        if template_prefix != PASSWORD_RESET or partnership is None:
            return
        with transaction.atomic():
            queue_mail(
                partnership=partnership,
                kind="password_reset",
                to_name=context["user"].name,
                to_email=email,
                language=current_language(),
                content={"reset_url": _path_on(partnership, context["password_reset_url"])},
            )


def _path_on(partnership: Any, url: str) -> str:
    """The link on our own host, whatever Host header the request came with."""
    path = "/" + url.split("://", 1)[-1].split("/", 1)[-1]
    return absolute_url(partnership, path)
