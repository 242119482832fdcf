"""Profil und Anmeldung: name, address, ways to sign in, open sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import sessions
from partnership.account_changes import organisation_of, rename
from partnership.address_change import ask_for_address, change_address
from partnership.current import current_partnership
from partnership.forms.profile import AddressForm, NameForm
from partnership.journal import log_act
from partnership.limits import check_limit
from partnership.links import find_link
from partnership.models import PendingAddress, Person, SecretLink
from partnership.refusals import Refusal
from partnership.second_factor import FEW_CODES, factors_of, must_keep_a_factor, unused_codes
from partnership.times import long_date, long_moment
from partnership.views.protected import after_confirming
from partnership.views.secret_links import secret_page


@never_cache
@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    context = sign_in_ways(request.user) | {
        "sessions": sessions.open_sessions(request.user, session_key=request.session.session_key),
        "pending": PendingAddress.objects.filter(person=request.user).first(),
    }
    return render(request, "account/profile.html", context)


def sign_in_ways(person: Person) -> dict[str, Any]:
    """How the person signs in, as ready strings."""
    factors = list(factors_of(person))
    left = unused_codes(person)
    return {
        "app": next((_row(factor) for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [_row(factor) for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": left,
        "few_codes": left is not None and left <= FEW_CODES,
        "must_have_one": must_keep_a_factor(person),
        "has_factor": bool(factors),
    }


def _row(factor: Authenticator) -> dict[str, Any]:
    is_passkey = factor.type == Authenticator.Type.WEBAUTHN
    return {
        "key": factor.pk,
        "name": factor.wrap().name if is_passkey else "",
        "added": long_date(factor.created_at.date()),
        "used": long_moment(factor.last_used_at) if factor.last_used_at else "",
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(person=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Ihr Name ist gespeichert."))
        return redirect("account_profile")
    return render(request, "account/name.html", {"form": form})


@after_confirming
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest) -> HttpResponse:
    """Asks for the password or a code first."""
    assert isinstance(request.user, Person)
    form = AddressForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        check_limit(request, "register")
        partnership = current_partnership(request)
        try:
            if partnership:
                email = form.cleaned_data["email"]
                ask_for_address(partnership=partnership, person=request.user, email=email)
            messages.success(request, _("Öffnen Sie jetzt den Link in der E-Mail an Ihre neue Adresse."))
            return redirect("account_profile")
        except Refusal as refused:
            form.add_error("email", ValidationError(refused.sentence, code="same_address"))
            status = 409
    return render(request, "account/address.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@secret_page
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows the page: mail scanners follow links."""
    link = find_link(token, purpose=SecretLink.Purpose.NEW_ADDRESS, model=PendingAddress)
    if link is None:
        return render(request, "account/link_ended.html", {"again": "account_profile"}, status=404)
    if request.method != "POST":
        return render(request, "account/address_confirm.html")
    check_limit(request, "link")
    try:
        change_address(pending_id=link.object_id)
    except Refusal as refused:
        context = {"again": "account_profile", "sentence": refused.sentence}
        return render(request, "account/link_ended.html", context, status=409)
    messages.success(request, _("Ihre neue Adresse gilt. Melden Sie sich von jetzt an mit ihr an."))
    return redirect("account_profile" if request.user.is_authenticated else "account_login")


@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """One session, all others, or all."""
    assert isinstance(request.user, Person)
    person, which = request.user, request.POST.get("which", "")
    here = request.session.session_key
    if which == "all":
        sessions.end_sessions(person=person)
        _log_ended(person)
        logout(request)
        messages.success(request, _("Sie sind überall abgemeldet."))
        return redirect("account_login")
    only = int(which) if which.isdecimal() else None
    count = sessions.end_sessions(person=person, but=here, only=only)
    if count:
        _log_ended(person)
        messages.success(request, _("Beendet. Dort muss man sich neu anmelden."))
    return redirect("account_profile")


def _log_ended(person: Person) -> None:
    log_act(act="account.sessions_ended", thing=person, actor=person, organisation=organisation_of(person))
