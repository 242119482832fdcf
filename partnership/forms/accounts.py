"""django-allauth's forms in the house's words, for ACCOUNT_FORMS."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as library
from allauth.account.fields import SetPasswordField
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Words = dict[str, "_StrOrPromise"]

EMAIL_WORDS: Words = {
    "required": _("Geben Sie Ihre E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
    "invalid": _("Prüfen Sie die Schreibweise, zum Beispiel name@beispiel.de."),
}
PASSWORD_WORDS: Words = {"required": _("Geben Sie Ihr Passwort ein.")}
NEW_PASSWORD_WORDS: Words = {
    "required": _("Denken Sie sich ein Passwort mit mindestens 12 Zeichen aus."),
    "password_too_short": _(
        "Nehmen Sie mindestens 12 Zeichen, zum Beispiel einen Satz aus mehreren Wörtern."
    ),
    "password_too_common": _("Dieses Passwort erraten andere zu leicht. Nehmen Sie ein eigenes."),
    "password_too_similar": _(
        "Nehmen Sie ein Passwort, das Ihrem Namen und Ihrer E-Mail-Adresse nicht ähnelt."
    ),
}
AGAIN_WORDS: Words = {"required": _("Geben Sie das neue Passwort zur Sicherheit ein zweites Mal ein.")}
FAULTS: Words = {
    "incorrect_password": _("Das Passwort stimmt nicht"),
    "enter_current_password": _("Das Passwort stimmt nicht"),
    "password_too_short": _("Es ist zu kurz"),
    "password_too_common": _("Es ist zu bekannt"),
    "password_too_similar": _("Es ähnelt Ihren Angaben"),
    "passwords_differ": _("Die Passwörter sind verschieden"),
    "incorrect_code": _("Der Code passt nicht"),
    "too_many_login_attempts": _("Das waren viele Versuche"),
}
CODE_LABEL = _("Code aus der E-Mail")
CODE_HINT = _("Acht Ziffern, mit oder ohne Strich")
CODE_WORDS: Words = {"required": _("Geben Sie den Code aus der E-Mail ein.")}
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class NewPasswordField(SetPasswordField):  # type: ignore[misc]
    """What is wrong with a new password is said in `error_messages`' words."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Neues Passwort"),
            help_text=_("Mindestens 12 Zeichen. Gut zu merken ist ein Satz aus mehreren Wörtern."),
            error_messages=NEW_PASSWORD_WORDS,
        )

    def clean(self, value: str) -> str:
        try:
            return str(super().clean(value))
        except ValidationError as refused:
            raise ValidationError([self._in_our_words(error) for error in refused.error_list]) from None

    def _in_our_words(self, error: ValidationError) -> ValidationError:
        words = self.error_messages.get(error.code or "", " ".join(error.messages))
        return ValidationError(words, code=error.code)


class HouseForm(forms.Form):
    """Labels and hints stand above the input, never in it."""

    faults: ClassVar[Words] = FAULTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def say(self, name: str, label: "_StrOrPromise", words: Words, help_text: "_StrOrPromise" = "") -> None:
        field = self.fields[name]
        field.label, field.help_text = label, help_text
        field.error_messages |= words


class NewPasswordForm(HouseForm):
    """The new password is typed twice; the library's own check is replaced by ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("password2", _("Neues Passwort noch einmal"), AGAIN_WORDS)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("password1") and values.get("password2") not in (None, values["password1"]):
            words = _("Geben Sie beide Male dasselbe Passwort ein.")
            self.add_error("password2", ValidationError(words, code="passwords_differ"))
        return values


class SignInForm(HouseForm, library.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.say("login", _("E-Mail-Adresse"), EMAIL_WORDS)
        self.say("password", _("Passwort"), PASSWORD_WORDS)


class AskForCodeForm(HouseForm, library.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        self.say("email", _("E-Mail-Adresse"), EMAIL_WORDS, _("Mit der Sie gebucht haben oder hier arbeiten"))


class TypeCodeForm(HouseForm, library.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE_ATTRS
        self.say("code", CODE_LABEL, CODE_WORDS, CODE_HINT)


class ConfirmByMailForm(HouseForm):
    """Whether the code is right is for `confirmation_code.check_code` to say."""

    code = forms.CharField(
        label=CODE_LABEL,
        help_text=CODE_HINT,
        max_length=20,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        error_messages=CODE_WORDS,
    )


class ConfirmPersonForm(HouseForm, library.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("password", _("Passwort"), PASSWORD_WORDS)


class AskForPasswordForm(HouseForm, library.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("email", _("E-Mail-Adresse"), EMAIL_WORDS, _("Mit der Sie gebucht haben oder hier arbeiten"))


class ResetPasswordForm(NewPasswordForm, library.ResetPasswordKeyForm):  # type: ignore[misc]
    password1 = NewPasswordField()


class SetPasswordForm(NewPasswordForm, library.SetPasswordForm):  # type: ignore[misc]
    password1 = NewPasswordField()


class ChangePasswordForm(NewPasswordForm, library.ChangePasswordForm):  # type: ignore[misc]
    password1 = NewPasswordField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say("oldpassword", _("Bisheriges Passwort"), PASSWORD_WORDS)
