"""Registration: who, and behind the mail's link the password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.accounts import EMAIL_WORDS, HouseForm, NewPasswordField, NewPasswordForm
from partnership.models import Person


class RegistrationForm(HouseForm):
    name = forms.CharField(
        label=_("Vor- und Nachname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Geben Sie Ihren Vor- und Nachnamen an.")},
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Wenn Sie schon gebucht haben, nehmen Sie dieselbe Adresse."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=EMAIL_WORDS,
    )


class FirstPasswordForm(NewPasswordForm):
    password1 = NewPasswordField()
    password2 = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        """The password must not resemble address and name."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["password1"]
        field.user = Person(email=email, name=name)
