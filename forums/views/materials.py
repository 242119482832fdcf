"""Material, for those who publish it: what there is, adding, changing, removing, and telling participants."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.event_tabs import frame_of
from forums.forms.materials import BrochureForm, ChangeFileForm, ChangeForm, FileForm, PageForm
from forums.materials import publishing
from forums.materials.judging import MOST_MEGABYTES
from forums.materials.overview import desk_materials
from forums.materials.reading import registrations_with_place
from forums.models import Event, Material
from forums.views.events import editable
from partnership.middleware import takes_files
from partnership.publications.queries import released_editions
from partnership.refusals import Refusal
from partnership.times import berlin_day, long_day
from partnership.views.administration.pages import CONFLICT, acting, allow, posted, seen_version


@login_required
@never_cache
@require_safe
def materials(request: HttpRequest, reference: str) -> HttpResponse:
    return _show(request, editable(request, reference))


@login_required
@never_cache
@takes_files(most_megabytes=MOST_MEGABYTES)
@allow
def add_file(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    form = FileForm(posted(request), request.FILES or None)

    def save() -> object:
        values = form.cleaned_data
        return publishing.add_file(
            event_id=event.pk,
            title=values["title"],
            audience=values["audience"],
            upload=values["file"],
            rights_are_clear=values["rights_are_clear"],
            actor=acting(request),
        )

    return _add(request, event, form, save, _("Datei hinzufügen"))


@login_required
@never_cache
@allow
def add_brochure(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    form = BrochureForm(posted(request), editions=list(released_editions(event.partnership)))

    def save() -> object:
        return publishing.add_brochure(
            event_id=event.pk,
            title=form.title_chosen,
            audience=form.cleaned_data["audience"],
            brochure=form.brochure_chosen,
            actor=acting(request),
        )

    return _add(request, event, form, save, _("Broschüre hinzufügen"))


@login_required
@never_cache
@allow
def add_page(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    form = PageForm(posted(request))

    def save() -> object:
        return publishing.add_page(event_id=event.pk, actor=acting(request), **form.cleaned_data)

    return _add(request, event, form, save, _("Seite hinzufügen"))


@login_required
@never_cache
@allow
def change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    event = editable(request, reference)
    material = _material(event, pk)
    form = _change_form(request, material)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            publishing.change_material(
                material_id=pk,
                seen=seen_version(request),
                title=form.cleaned_data["title"],
                audience=form.cleaned_data["audience"],
                rights_are_clear=form.cleaned_data.get("rights_are_clear", False),
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("events:materials", event.reference)
    return _show_form(request, event, form, _("Unterlage ändern"), refusal, version=material.version)


@login_required
@require_POST
def remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    event = editable(request, reference)
    material = _material(event, pk)
    try:
        publishing.remove_material(material_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("„%(title)s“ ist entfernt.") % {"title": material.title})
    return redirect("events:materials", event.reference)


@login_required
@require_POST
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    event = editable(request, reference)
    try:
        told = publishing.tell_participants(event_id=event.pk, actor=acting(request))
    except Refusal as refusal:
        return _show(request, event, refusal=refusal)
    sentence = ngettext(
        "Eine E-Mail mit dem Link zu den Unterlagen geht hinaus.",
        "%(number)s E-Mails mit dem Link zu den Unterlagen gehen hinaus.",
        told,
    )
    messages.success(request, sentence % {"number": told})
    return redirect("events:materials", event.reference)


def _show(request: HttpRequest, event: Event, *, refusal: Refusal | None = None) -> HttpResponse:
    told_at = event.materials_told_at
    context = {
        **frame_of(request, event),
        "rows": desk_materials(event),
        "has_brochures": released_editions(event.partnership).exists(),
        "told": long_day(berlin_day(told_at)) if told_at else "",
        "participants": registrations_with_place(event).count(),
        "refusal": refusal,
    }
    return render(request, "forums/materials/desk.html", context, status=CONFLICT if refusal else 200)


def _add(
    request: HttpRequest, event: Event, form: forms.Form, save: Callable[[], object], title: str
) -> HttpResponse:
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Unterlage ist hinzugefügt."))
            return redirect("events:materials", event.reference)
    return _show_form(request, event, form, title, refusal)


def _show_form(
    request: HttpRequest,
    event: Event,
    form: forms.Form,
    title: str,
    refusal: Refusal | None,
    *,
    version: int | None = None,
) -> HttpResponse:
    context = {
        **frame_of(request, event),
        "form": form,
        "title": title,
        "refusal": refusal,
        "version": version,
    }
    return render(request, "forums/materials/form.html", context, status=CONFLICT if refusal else 200)


def _change_form(request: HttpRequest, material: Material) -> Any:
    initial = {
        "title": material.title,
        "audience": material.audience,
        "rights_are_clear": material.rights_clear_at is not None,
    }
    is_file = not material.url and material.brochure_id is None
    return (ChangeFileForm if is_file else ChangeForm)(posted(request), initial=initial)


def _material(event: Event, pk: int) -> Material:
    return get_object_or_404(event.materials, pk=pk)
