"""Organisations, and from when to when they are members."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership.administration import organisations as domain
from partnership.administration import rules
from partnership.administration.organisations_page import lay_out_organisation, lay_out_organisations
from partnership.administration.queries import organisations_administered_by
from partnership.forms.administration.organisations import (
    EndMembershipForm,
    MembershipForm,
    NewOrganisationForm,
    OrganisationForm,
)
from partnership.models import Membership, Organisation
from partnership.open_tasks import Plans, planned
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import numeric_date, today
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@login_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    context = {"rows": lay_out_organisations(organisations_administered_by(posts), posts, today=today())}
    return render(request, "partnership/administration/organisations.html", context)


@login_required
@never_cache
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    posts = posts_for(request)
    context = {
        "organisation": found,
        "page": lay_out_organisation(found, posts, today=today()),
        "can_change": rules.may_change_organisation(posts, found),
    }
    return render(request, "partnership/administration/organisation.html", context)


@login_required
@never_cache
@allow
def add(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    form = NewOrganisationForm(
        posted(request),
        parents=list(organisations_administered_by(posts)),
        partnerships=list(partnerships_visible_to(posts)),
        initial={"starts": today()},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            added = domain.add_organisation(
                partnership=form.partnership_chosen,
                starts=form.cleaned_data["starts"],
                values=form.values,
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("„%(name)s“ ist angelegt.") % {"name": added})
            return redirect("administration:organisation", added.pk)
    page = FormPage(
        title=_("Organisation anlegen"),
        back_url=reverse("administration:organisations"),
        back_words=_("Zu den Organisationen"),
        submit=_("Organisation anlegen"),
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _changeable(request, pk)
    parents = list(organisations_administered_by(posts_for(request)))
    form = OrganisationForm(posted(request), instance=_visible(request, pk), parents=parents)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = domain.change_organisation(
                organisation_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:organisation", pk)
    return show_form(
        request, form, _page(found, _("Organisation ändern"), _("Speichern")), refusal=refusal, thing=found
    )


@login_required
@never_cache
@allow
def membership_add(request: HttpRequest, pk: int) -> HttpResponse:
    """For a member that comes back, or joins another partnership of the same coordinator."""
    found = _visible(request, pk)
    partnerships = list(partnerships_visible_to(posts_for(request)))
    form = MembershipForm(posted(request), partnerships=partnerships, initial={"starts": today()})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_membership(
                partnership=form.partnership_chosen,
                organisation=found,
                starts=form.cleaned_data["starts"],
                ends=form.cleaned_data["ends"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Mitgliedschaft ist eingetragen."))
            return redirect("administration:organisation", pk)
    page = _page(found, _("Mitgliedschaft eintragen"), _("Mitgliedschaft eintragen"))
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def membership_end(request: HttpRequest, pk: int, membership_pk: int) -> HttpResponse:
    """Says what is planned after the last day before anything is saved."""
    found = _changeable(request, pk)
    own = Membership.objects.filter(partnership__in=posts_for(request).coordinates, organisation=found)
    membership = get_object_or_404(own, pk=membership_pk)
    form = EndMembershipForm(posted(request), initial={"last_day": membership.ends or today()})
    refusal = None
    last_day = membership.ends or today()
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        warnings = _what_it_means(found, membership, last_day)
        if not warnings or request.POST.get("gelesen") == f"{last_day}":
            try:
                domain.end_membership(
                    membership_id=membership.pk,
                    seen_end=membership.ends,
                    last_day=last_day,
                    actor=acting(request),
                )
            except Refusal as error:
                refusal = error
            else:
                day = numeric_date(last_day)
                messages.success(request, _("Die Mitgliedschaft endet am %(day)s.") % {"day": day})
                return redirect("administration:organisation", pk)
    is_read = request.method == "POST" and not form.errors
    page = FormPage(
        title=_("Mitgliedschaft beenden"),
        preline=found.name,
        back_url=reverse("administration:organisation", args=[pk]),
        back_words=_("Zur Organisation"),
        submit=_("Trotzdem beenden") if is_read else _("Mitgliedschaft beenden"),
        warnings=_what_it_means(found, membership, last_day) if is_read else [],
        notes=[
            _(
                "Nach dem letzten Tag nennt das Portal die Organisation nicht mehr als Mitglied. Ihre Häuser "
                "werden Firmen nicht mehr angeboten, und Sie verwalten ihre Personen nicht mehr. "
                "Was gebucht ist, bleibt."
            )
        ],
    )
    read = f"{last_day}" if is_read else ""
    return show_form(request, form, page, refusal=refusal, extra={"read": read})


def _what_it_means(organisation: Organisation, membership: Membership, last_day: datetime.date) -> list[str]:
    plans = Plans(
        offices=frozenset(organisation.offices.values_list("pk", flat=True)),
        police=organisation.pk,
        partnership=membership.partnership_id,
        since=last_day + datetime.timedelta(days=1),
    )
    day = numeric_date(last_day)
    return [
        _("Nach dem %(day)s noch geplant: %(plans)s. Das findet statt, wenn die Kammer es nicht absagt.")
        % {"day": day, "plans": line}
        for line in planned(plans)
    ]


def _visible(request: HttpRequest, pk: int) -> Organisation:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    return get_object_or_404(organisations_administered_by(posts), pk=pk)


def _changeable(request: HttpRequest, pk: int) -> Organisation:
    found = _visible(request, pk)
    if not rules.may_change_organisation(posts_for(request), found):
        raise PermissionDenied
    return found


def _page(organisation: Organisation, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        preline=organisation.name,
        back_url=reverse("administration:organisation", args=[organisation.pk]),
        back_words=_("Zur Organisation"),
        submit=submit,
    )
