"""Signing in with django-allauth: in the house's words, mails through the outbox."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership import account_mails
from partnership.blocked_addresses import mailbox_is_proven
from partnership.client_address import client_address
from partnership.coming_back import page_to_come_back_to
from partnership.current import current_partnership
from partnership.models import Person
from partnership.second_factor import WANTS_FACTOR

PASSWORD_RESET = "account/email/password_reset_key"  # noqa: S105 a template's name
SIGN_IN_CODE = "account/email/login_code"
CONFIRMED_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides, auch Groß- und "
            "Kleinschreibung, oder fordern Sie ein neues Passwort an."
        ),
        "enter_current_password": _("Geben Sie das Passwort ein, mit dem Sie sich bisher anmelden."),
        "incorrect_code": _("Dieser Code passt nicht. Geben Sie den aus der neuesten E-Mail ein."),
        "incorrect_password": _(
            "Prüfen Sie Groß- und Kleinschreibung und geben Sie Ihr Passwort noch einmal ein."
        ),
        "rate_limited": _("Es gab mehrere Versuche. Versuchen Sie es in fünf Minuten noch einmal."),
        "too_many_login_attempts": _(
            "Es gab mehrere Versuche, die nicht gelungen sind. Versuchen Sie es in fünf Minuten noch einmal."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The library's own registration stays closed: ours is `partnership.registration`."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return page_to_come_back_to(request) or str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def login(self, request: HttpRequest, user: Person) -> None:
        """The cookie goes with the browser; the library sees to that for passwords only."""
        super().login(request, user)
        request.session.set_expiry(0)
        if any(record["method"] == "code" for record in get_authentication_records(request, user)):
            with transaction.atomic():
                mailbox_is_proven(user.email)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The new password's link and the code; what else the library would send, we send with the act."""
        partnership = current_partnership(self.request)
        if partnership is None:
            return
        with transaction.atomic():
            if template_prefix == PASSWORD_RESET:
                path = _path_of(context["password_reset_url"])
                account_mails.send_new_password(partnership=partnership, person=context["user"], path=path)
            elif template_prefix == SIGN_IN_CODE:
                person = Person.objects.get(email=email.lower())
                account_mails.send_sign_in_code(partnership=partnership, person=person, code=context["code"])

    def reauthenticate(self, user: Person, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in or confirming; of whoever has neither password nor second
        factor the library would ask nothing, we ask for a code by mail.
        """
        user = self.request.user
        records = get_authentication_records(self.request, user)
        if records and time.time() - records[-1]["at"] < CONFIRMED_SECONDS:
            return False
        if user.is_authenticated and not get_reauthentication_flows(user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password, app or recovery code, passkey; by mail only where there is nothing else.

        No password while a page waits for the second factor.
        """
        words = {
            "reauthenticate": _("Mit dem Passwort"),
            "mfa_reauthenticate": _("Mit einem Code der App oder einem Wiederherstellungscode"),
            "mfa_reauthenticate:webauthn": _("Mit einem Passkey"),
        }
        found = super().get_reauthentication_methods(user)
        for method in found:
            method["description"] = words[method["id"]]
        if self.request.session.get(WANTS_FACTOR):
            found = [method for method in found if method["id"] != "reauthenticate"] or found
        if found or not user.is_authenticated:
            return list(found)
        by_mail = {"id": "code", "description": _("Mit einem Code per E-Mail")}
        return [by_mail | {"url": reverse("account_reauthenticate_by_code")}]


def _path_of(url: str) -> str:
    """The link on our own host, whatever Host header the request came with."""
    return "/" + url.split("://", 1)[-1].split("/", 1)[-1]
