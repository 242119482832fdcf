"""django-allauth's forms for second factors in the house's words, for MFA_FORMS."""

from typing import Any, ClassVar

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnership.forms.accounts import CODE_ATTRS, HouseForm, Words

NAME_WORDS: Words = {"required": _("Geben Sie einen Namen an, zum Beispiel „Diensthandy“.")}
FAULTS: Words = {
    "incorrect_code": _("Der Code passt nicht"),
    "too_many_login_attempts": _("Das waren viele Versuche"),
    "rate_limited": _("Das waren viele Versuche"),
}
USED_FOR_SECONDS = 120
"""Longer than a code of the app is taken, one step early and one late included."""


class CodeForm(HouseForm):
    faults: ClassVar[Words] = FAULTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE_ATTRS
        self.say(
            "code",
            _("Code"),
            {"required": _("Geben Sie den Code ein, den Ihre App gerade anzeigt.")},
            _("Sechs Ziffern aus Ihrer App, oder einer Ihrer Wiederherstellungscodes"),
        )


class OnceOnly:
    """A code that somebody has read over the shoulder is worth nothing: the library forgets it after 30 s."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"factor-used:{self.user.pk}:{normalize_user_code(code)}", 1, USED_FOR_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OnceOnly, CodeForm, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmByFactorForm(OnceOnly, CodeForm, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class AddAppForm(CodeForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Sechs Ziffern, die Ihre App jetzt anzeigt")


class NewCodesForm(HouseForm, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(HouseForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """All our passkeys can do without a password, so there is nothing to choose."""

    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "60"
        hint = _("Damit Sie ihn wiedererkennen, zum Beispiel „Diensthandy“")
        self.say("name", _("Name des Passkeys"), NAME_WORDS, hint)
        self.fields["name"].required = True
        self.fields["credential"].error_messages["required"] = _(
            "Der Browser hat keinen Passkey angelegt. Versuchen Sie es noch einmal."
        )

    def clean_name(self) -> str:
        return str(super().clean_name())[:60]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        super().clean()
        if "credential" in self.errors:
            for sentence in self.errors["credential"]:
                self.add_error(None, ValidationError(sentence))
        return self.cleaned_data


class NamePasskeyForm(HouseForm, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(
        label=_("Name des Passkeys"),
        max_length=60,
        error_messages=NAME_WORDS,
    )
