"""Registration: an address, a mail, and behind its link the password."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partnership.current import current_partnership
from partnership.forms.registration import FirstPasswordForm, RegistrationForm
from partnership.limits import check_limit
from partnership.links import find_link
from partnership.models import PendingAddress, SecretLink
from partnership.refusals import Refusal
from partnership.registration import ask_to_register, register
from partnership.views.secret_links import secret_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("account_home")
    form = RegistrationForm(request.POST or None)
    if request.method == "POST":
        check_limit(request, "register")
        if form.is_valid():
            partnership = current_partnership(request)
            email = form.cleaned_data["email"]
            # past the limit of one address the page stays the same, and its mailbox is spared
            if partnership and ratelimit.consume(request, action="signup", key=email.lower()):
                ask_to_register(partnership=partnership, email=email, name=form.cleaned_data["name"])
            return redirect("account_signup_sent")
    return render(request, "account/signup.html", {"form": form})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_sent.html")


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@secret_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows the page: mail scanners follow links."""
    link = find_link(token, purpose=SecretLink.Purpose.REGISTER, model=PendingAddress)
    pending = PendingAddress.objects.filter(pk=link.object_id).first() if link else None
    if pending is None:
        return render(request, "account/link_ended.html", {"again": "account_signup"}, status=404)
    form = FirstPasswordForm(request.POST or None, email=pending.email, name=pending.name)
    if request.method == "POST":
        check_limit(request, "link")
        if form.is_valid():
            try:
                register(pending_id=pending.pk, password=form.cleaned_data["password1"])
            except Refusal as refused:
                context = {"again": "account_login", "sentence": refused.sentence}
                return render(request, "account/link_ended.html", context, status=409)
            messages.success(request, _("Ihr Konto ist eingerichtet. Melden Sie sich jetzt an."))
            return redirect("account_login")
    return render(request, "account/signup_confirm.html", {"form": form, "email": pending.email})
