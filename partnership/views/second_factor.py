"""Setting up, using and removing second factors: django-allauth's views, logged and told by mail."""

import ipaddress
from textwrap import wrap
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnership.account_changes import note_change
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.second_factor import factors_of, must_keep_a_factor, note_added, remove_factor
from partnership.views.protected import after_confirming


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where to begin, for whoever has no second factor; the profile shows the rest."""
    assert isinstance(request.user, Person)
    if factors_of(request.user).exists():
        return redirect("account_profile")
    context = {"must_have_one": must_keep_a_factor(request.user), "needs_a_name": has_only_a_number(request)}
    return render(request, "mfa/index.html", context)


def has_only_a_number(request: HttpRequest) -> bool:
    """Browsers refuse passkeys to hosts without a name, as 127.0.0.1."""
    try:
        ipaddress.ip_address(request.get_host().rpartition(":")[0] or request.get_host())
    except ValueError:
        return False
    return True


class AddApp(totp.ActivateTOTPView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret_in_groups"] = " ".join(wrap(secret, 4))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_added(
                person=self.request.user, change="app_added", session_key=self.request.session.session_key
            )
        return response


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Each can do without a password: it lies in the device and asks for finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        context["needs_a_name"] = has_only_a_number(self.request)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_added(
                person=self.request.user, change="passkey_added", session_key=self.request.session.session_key
            )
        return response


class NamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("account_profile")


class ConfirmByPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Das hat nicht geklappt. Versuchen Sie es noch einmal."))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_change(person=self.request.user, change="codes_renewed")
        return response


@after_confirming
@require_http_methods(["GET", "HEAD", "POST"])
def remove_app(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    found = factors_of(request.user).filter(type=Authenticator.Type.TOTP).first()
    return _remove(request, found)


@after_confirming
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, Person)
    found = factors_of(request.user).filter(type=Authenticator.Type.WEBAUTHN, pk=pk).first()
    return _remove(request, found)


def _remove(request: HttpRequest, factor: Authenticator | None) -> HttpResponse:
    if factor is None:
        raise Http404
    assert isinstance(request.user, Person)
    is_app = factor.type == Authenticator.Type.TOTP
    context: dict[str, Any] = {
        "is_app": is_app,
        "name": "" if is_app else factor.wrap().name,
        "is_last": factors_of(request.user).count() == 1,
    }
    if request.method != "POST":
        return render(request, "mfa/remove.html", context)
    try:
        remove_factor(person=request.user, authenticator_id=factor.pk)
    except Refusal as refused:
        return render(request, "mfa/remove.html", context | {"refused": refused.sentence}, status=409)
    messages.success(request, _("Entfernt. Sie melden sich damit nicht mehr an."))
    return redirect("account_profile")
