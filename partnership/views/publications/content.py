"""Chapters and partners of a draft."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from partnership.forms.publications import ChapterForm, NewPartnerForm, OwnPictureForm, PartnerForm
from partnership.middleware import takes_photos
from partnership.models import BrochureChapter, BrochureEdition, BrochurePartner
from partnership.photos.queries import photos_of
from partnership.publications import editing
from partnership.publications.page import lay_out_chapter
from partnership.publications.queries import chapters_visible_to, members_to_name, partners_visible_to
from partnership.publications.rules import may_edit
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import acting, allow, posted, seen_version, show_form
from partnership.views.publications.editions import editable, page_of

CHAPTER = "partnership/administration/brochures/chapter.html"
PICTURE = "partnership/administration/brochures/picture.html"


@login_required
@never_cache
@allow
def chapter_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = ChapterForm(posted(request))
    page = page_of(found, _("Kapitel anlegen"), _("Kapitel anlegen"), template=CHAPTER)
    refusal = None
    if request.method == "POST" and form.is_valid():
        if _wants_preview(request):
            return show_form(request, form, page, extra=_preview(form))
        try:
            editing.add_chapter(edition_id=pk, values=form.values, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Das Kapitel steht am Ende."))
            return redirect("administration:brochure_edition", pk)
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def chapter_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _chapter(request, pk)
    form = ChapterForm(posted(request), instance=_chapter(request, pk))
    page = page_of(found.edition, _("Kapitel ändern"), _("Speichern"), template=CHAPTER)
    refusal = None
    if request.method == "POST" and form.is_valid():
        if _wants_preview(request):
            return show_form(request, form, page, thing=found, extra=_preview(form))
        try:
            fields = editing.change_chapter(
                chapter_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:brochure_edition", found.edition_id)
    return show_form(request, form, page, refusal=refusal, thing=found)


@login_required
@never_cache
@takes_photos(most=1)
@allow
def chapter_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The chapter's own picture, in place of a drawn one."""
    found = _chapter(request, pk)
    photos = photos_of(found)
    form = OwnPictureForm(
        posted(request),
        request.FILES or None,
        has_picture=bool(photos),
        initial={"alternative": photos[0].caption if photos else ""},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            editing.put_own_picture(
                chapter_id=pk,
                upload=form.upload,
                alternative=form.cleaned_data["alternative"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("administration:brochure_picture", pk)
    page = page_of(
        found.edition, _("Eigenes Bild: %(title)s") % {"title": found.title}, _("Speichern"), template=PICTURE
    )
    return show_form(request, form, page, refusal=refusal, extra={"photos": photos, "chapter": found})


@login_required
@require_POST
def chapter_picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _chapter(request, pk)
    try:
        editing.remove_own_picture(chapter_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Das Bild ist entfernt."))
    return redirect("administration:brochure_edition", found.edition_id)


@login_required
@require_POST
def chapter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _chapter(request, pk)
    try:
        editing.remove_chapter(chapter_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("„%(title)s“ ist entfernt.") % {"title": found.title})
    return redirect("administration:brochure_edition", found.edition_id)


@login_required
@require_POST
def chapter_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _chapter(request, pk)
    try:
        editing.move_chapter_up(chapter_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("administration:brochure_edition", found.edition_id)


@login_required
@never_cache
@allow
def partner_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = NewPartnerForm(posted(request), members=members_to_name(found))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            editing.add_partner(
                edition_id=pk,
                organisation=form.organisation_chosen,
                contact=form.cleaned_data["contact"],
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Partner ist genannt und wird um Freigabe gebeten."))
            return redirect("administration:brochure_edition", pk)
    return show_form(request, form, page_of(found, _("Partner nennen"), _("Partner nennen")), refusal=refusal)


@login_required
@never_cache
@allow
def partner_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _partner(request, pk)
    form = PartnerForm(posted(request), instance=_partner(request, pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = editing.change_partner(
                partner_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:brochure_edition", found.edition_id)
    title = _("Kontakt: %(name)s") % {"name": found.organisation}
    return show_form(
        request, form, page_of(found.edition, title, _("Speichern")), refusal=refusal, thing=found
    )


@login_required
@require_POST
def partner_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _partner(request, pk)
    try:
        editing.remove_partner(partner_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("%(name)s ist nicht mehr genannt.") % {"name": found.organisation})
    return redirect("administration:brochure_edition", found.edition_id)


def _wants_preview(request: HttpRequest) -> bool:
    return request.POST.get("vorgang") == "vorschau"


def _preview(form: ChapterForm) -> dict[str, Any]:
    """As it will be read, from what was typed; nothing is saved."""
    return {"preview": lay_out_chapter(1, BrochureChapter(**form.values))}


def _chapter(request: HttpRequest, pk: int) -> BrochureChapter:
    posts = posts_for(request)
    found = get_object_or_404(chapters_visible_to(posts), pk=pk)
    return _checked(request, found, found.edition)  # type: ignore[no-any-return]


def _partner(request: HttpRequest, pk: int) -> BrochurePartner:
    posts = posts_for(request)
    found = get_object_or_404(partners_visible_to(posts), pk=pk)
    return _checked(request, found, found.edition)  # type: ignore[no-any-return]


def _checked(request: HttpRequest, thing: Any, edition: BrochureEdition) -> Any:
    if not may_edit(posts_for(request), edition):
        raise PermissionDenied
    return thing
