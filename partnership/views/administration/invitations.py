"""Inviting staff, sending an invitation again, withdrawing it; and the page behind its link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from partnership.administration import invitations as domain
from partnership.administration import rules
from partnership.administration.people_page import body_of
from partnership.administration.queries import (
    invitations_administered_by,
    organisations_to_staff,
    posts_administered_by,
)
from partnership.forms.accounts import SetPasswordForm
from partnership.forms.administration.people import InviteForm
from partnership.limits import check_limit
from partnership.models import Invitation
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import long_date, today
from partnership.views.administration.pages import CONFLICT, FormPage, acting, allow, posted, show_form
from partnership.views.administration.people import show_person
from partnership.views.administration.posts import meeting_places
from partnership.views.secret_links import secret_page


@login_required
@never_cache
@allow
def invite(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    organisations = organisations_to_staff(posts)
    form = InviteForm(
        posted(request),
        organisations=organisations,
        partnerships=list(partnerships_visible_to(posts)),
        initial={"starts": today(), "what": request.GET.get("funktion", "")},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            post, was_sent = domain.invite(
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                partnership=form.partnership_of_post(meeting_places(posts)),
                actor=acting(request),
                **form.post,
            )
        except Refusal as error:
            refusal = error
        else:
            words = _("Die Einladung ist unterwegs. Ihr Link gilt sieben Tage.")
            if not was_sent:
                words = _("Zu dieser Adresse gibt es schon ein Konto. Die Funktion ist eingetragen.")
            messages.success(request, words)
            return redirect("administration:person", post.person_id)
    page = FormPage(
        title=_("Person einladen"),
        back_url=reverse("administration:people"),
        back_words=_("Zu den Personen"),
        submit=_("Einladung senden"),
        notes=[
            _(
                "Die Person erhält eine E-Mail mit einem Link und legt dort ihr Passwort fest. "
                "Wer schon ein Konto hat, erfährt per E-Mail von der neuen Funktion."
            )
        ],
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _changeable(request, pk)
    try:
        domain.send_again(invitation_id=pk, actor=acting(request))
    except Refusal as refusal:
        return show_person(request, invitation.post.person, refusal=refusal)
    messages.success(request, _("Die Einladung ist erneut unterwegs. Der frühere Link gilt nicht mehr."))
    return redirect("administration:person", invitation.post.person_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _changeable(request, pk)
    person = invitation.post.person
    try:
        domain.withdraw(invitation_id=pk, actor=acting(request))
    except Refusal as refusal:
        return show_person(request, person, refusal=refusal)
    messages.success(request, _("Die Einladung ist zurückgezogen. Ihr Link gilt nicht mehr."))
    if posts_administered_by(posts_for(request)).filter(person=person).exists():
        return redirect("administration:person", person.pk)
    return redirect("administration:people")


@secret_page
@allow
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page, the button accepts."""
    check_limit(request, "link")
    invitation = domain.invitation_behind(token)
    if invitation is None:
        return render(request, "account/invitation_ended.html", status=404)
    form = SetPasswordForm(invitation.post.person, posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            domain.accept(token=token, password=form.cleaned_data["password1"])
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Ihr Passwort ist gespeichert. Melden Sie sich jetzt damit an."))
            return redirect("account_login")
    context = _about(invitation) | {"form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "account/invitation.html", context, status=status)


def _about(invitation: Invitation) -> dict[str, Any]:
    post = invitation.post
    return {
        "name": post.person.name,
        "email": post.person.email,
        "role": post.get_role_display(),
        "body": body_of(post),
        "since": long_date(post.starts),
        "until": long_date(post.ends) if post.ends else "",
        "invited_by": str(invitation.invited_by or ""),
    }


def _changeable(request: HttpRequest, pk: int) -> Invitation:
    posts = posts_for(request)
    if not rules.may_open_people(posts):
        raise PermissionDenied
    found = get_object_or_404(invitations_administered_by(posts), pk=pk)
    if not rules.may_change_post(posts, found.post):
        raise PermissionDenied
    return found
