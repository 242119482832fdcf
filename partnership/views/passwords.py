"""django-allauth's password pages; the change, its log entry and its mail are one transaction."""

from typing import Any

from allauth.account import views as library
from allauth.account.decorators import reauthentication_required
from django.db import transaction
from django.http import HttpResponse
from django.utils.decorators import method_decorator

from partnership.account_changes import note_change
from partnership.blocked_addresses import mailbox_is_proven


class ChangePassword(library.PasswordChangeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """Every session ends, this one included."""
        person = self.request.user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_change(person=person, change="password_changed")
        return response


@method_decorator(reauthentication_required(app="partnership"), name="dispatch")
class SetPassword(library.PasswordSetView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        person = self.request.user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_change(person=person, change="password_set")
        return response


class NewPasswordByLink(library.PasswordResetFromKeyView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            mailbox_is_proven(self.reset_user.email)
            note_change(person=self.reset_user, change="password_changed")
        return response
