"""Editions: begin, propose, release, send back, and read as everybody will."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.forms.publications import (
    EditionForm,
    NewBrochureForm,
    NotedReleaseForm,
    SendBackForm,
    WithdrawForm,
)
from partnership.models import BrochureEdition, BrochurePartner
from partnership.publications import editing, releasing, rules, template
from partnership.publications.overview import lay_out_brochures, lay_out_edition
from partnership.publications.page import lay_out_reading
from partnership.publications.queries import (
    brochures_visible_to,
    editions_visible_to,
    partners_of,
    partners_visible_to,
)
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@login_required
@never_cache
@require_safe
def brochure_list(request: HttpRequest) -> HttpResponse:
    posts = _posts(request)
    context = {
        "rows": lay_out_brochures(posts),
        "may_add": bool(posts.coordinates),
        "partnerships": partnerships_visible_to(posts).exclude(
            brochures__slug=editing.slug_of(template.TITLE)
        ),
    }
    return render(request, "partnership/administration/brochures/list.html", context)


@login_required
@never_cache
@allow
def add(request: HttpRequest) -> HttpResponse:
    partnerships = list(partnerships_visible_to(_posts(request)))
    if not partnerships:
        raise PermissionDenied
    form = NewBrochureForm(posted(request), partnerships=partnerships)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            added = editing.add_brochure(
                partnership=form.partnership_chosen,
                title=form.cleaned_data["title"],
                subtitle=form.cleaned_data["subtitle"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Entwurf ist angelegt. Es fehlen noch Kapitel und Partner."))
            return redirect("administration:brochure_edition", added.pk)
    page = FormPage(
        title=_("Broschüre anlegen"),
        back_url=reverse("administration:brochures"),
        back_words=_("Zu den Broschüren"),
        submit=_("Broschüre anlegen"),
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@require_POST
def take_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The text on burglary protection as a draft of this partnership's own, with its members of today."""
    partnership = get_object_or_404(partnerships_visible_to(_posts(request)), pk=pk)
    try:
        added = editing.add_brochure(
            partnership=partnership,
            title=template.TITLE,
            subtitle=template.SUBTITLE,
            chapters=template.chapters_to_begin_with(),
            contacts=template.contacts_to_begin_with(partnership),
            actor=acting(request),
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("administration:brochures")
    messages.success(request, _("Die Vorlage ist übernommen. Prüfen Sie sie, bevor Sie sie vorlegen."))
    return redirect("administration:brochure_edition", added.pk)


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts(request)
    brochure = get_object_or_404(brochures_visible_to(posts), pk=pk)
    if brochure.partnership_id not in posts.coordinates:
        raise PermissionDenied
    try:
        edition = editing.begin_edition(brochure_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("administration:brochures")
    messages.success(request, _("Die neue Fassung ist ein Entwurf. Öffentlich bleibt die bisherige."))
    return redirect("administration:brochure_edition", edition.pk)


@login_required
@never_cache
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts(request)
    found = _visible(posts, pk)
    context = {"edition": found, "page": lay_out_edition(found, posts)}
    return render(request, "partnership/administration/brochures/edition.html", context)


@login_required
@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(_posts(request), pk)
    context = {"edition": found, "reading": lay_out_reading(found)}
    return render(request, "partnership/administration/brochures/preview.html", context)


@login_required
@never_cache
@allow
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = EditionForm(posted(request), instance=_visible(_posts(request), pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = editing.change_edition(
                edition_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:brochure_edition", pk)
    page = page_of(found, _("Titel ändern"), _("Speichern"))
    return show_form(request, form, page, refusal=refusal, thing=found)


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk)
    try:
        releasing.propose(edition_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Vorgelegt. Wer freigeben soll, hat eine E-Mail bekommen."))
    return redirect("administration:brochure_edition", pk)


@login_required
@never_cache
@allow
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts(request)
    found = _visible(posts, pk)
    if not rules.may_send_back(posts, found, partners_of(found)):
        raise PermissionDenied
    form = SendBackForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            releasing.send_back(edition_id=pk, reason=form.cleaned_data["reason"], actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Zurückgegeben. Die Koordination überarbeitet die Fassung."))
            return redirect("administration:brochures")
    page = page_of(found, _("Zur Bearbeitung zurückgeben"), _("Zurückgeben"))
    page.notes.append(_("Alle bisherigen Freigaben dieser Fassung verfallen."))
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = WithdrawForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            releasing.withdraw(edition_id=pk, reason=form.cleaned_data["reason"], actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Zurückgezogen. Die Partner haben eine E-Mail bekommen."))
            return redirect("administration:brochure_edition", pk)
    page = page_of(found, _("Broschüre zurückziehen"), _("Zurückziehen"))
    page.notes.append(
        _("Text und PDF sind sofort nicht mehr öffentlich. Eine neue Fassung können Sie danach beginnen.")
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """For the own organisation, by whoever speaks for it."""
    posts = _posts(request)
    partner = _partner(posts, pk)
    if not rules.may_speak_for(posts, partner):
        raise PermissionDenied
    try:
        releasing.release(partner_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Freigegeben für: %(name)s.") % {"name": partner.organisation})
    return redirect("administration:brochure_edition", partner.edition_id)


@login_required
@never_cache
@allow
def note_release(request: HttpRequest, pk: int) -> HttpResponse:
    """By the coordination, for an organisation that has nobody here who could release."""
    posts = _posts(request)
    partner = _partner(posts, pk)
    if not rules.may_edit(posts, partner.edition):
        raise PermissionDenied
    form = NotedReleaseForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            releasing.release(partner_id=pk, actor=acting(request), note=form.cleaned_data["note"])
        except Refusal as error:
            refusal = error
        else:
            messages.success(
                request, _("Freigabe eingetragen für: %(name)s.") % {"name": partner.organisation}
            )
            return redirect("administration:brochure_edition", partner.edition_id)
    title = _("Freigabe eintragen: %(name)s") % {"name": partner.organisation}
    return show_form(request, form, page_of(partner.edition, title, _("Freigabe eintragen")), refusal=refusal)


def editable(request: HttpRequest, pk: int) -> BrochureEdition:
    """For the coordination, in any state: what is no draft any more is refused with a sentence."""
    posts = _posts(request)
    found = _visible(posts, pk)
    if not rules.may_edit(posts, found):
        raise PermissionDenied
    return found


def page_of(edition: BrochureEdition, title: str, submit: str, **fields: str) -> FormPage:
    return FormPage(
        title=title,
        preline=f"{edition.title}, {_('Fassung')} {edition.number}",
        back_url=reverse("administration:brochure_edition", args=[edition.pk]),
        back_words=_("Zur Fassung"),
        submit=submit,
        **fields,  # type: ignore[arg-type]
    )


def _posts(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_open_brochures(posts):
        raise PermissionDenied
    return posts


def _visible(posts: Posts, pk: int) -> BrochureEdition:
    return get_object_or_404(editions_visible_to(posts), pk=pk)


def _partner(posts: Posts, pk: int) -> BrochurePartner:
    return get_object_or_404(partners_visible_to(posts), pk=pk)
