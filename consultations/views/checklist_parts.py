"""The lead edits a draft: areas, items, recommendations, classes, each on a page of its own."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.checklists.parts import AnyPart, add_part, change_part, move_part, remove_part
from consultations.forms.checklists import AreaForm, ClassForm, ItemForm, WordingForm
from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from consultations.views.checklists import led_checklist
from partnership.refusals import Refusal
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form

TEMPLATE = "consultations/police/checklist_part.html"
WORDS = {"bereich": "area", "punkt": "item", "empfehlung": "wording", "klasse": "class"}
"""In addresses, and in the names of the pages."""


@dataclass(frozen=True)
class Kind:
    model: Any
    form: Any
    parent: Any
    field: str
    """by which a part names its parent"""
    new: Any


KINDS = {
    "area": Kind(ChecklistArea, AreaForm, Checklist, "checklist", gettext_lazy("Neuer Bereich")),
    "item": Kind(ChecklistItem, ItemForm, ChecklistArea, "area", gettext_lazy("Neuer Prüfpunkt")),
    "wording": Kind(Wording, WordingForm, ChecklistItem, "item", gettext_lazy("Neue Empfehlung")),
    "class": Kind(ProtectionClass, ClassForm, Checklist, "checklist", gettext_lazy("Neue Schutzklasse")),
}


@login_required
@never_cache
@allow
def add(request: HttpRequest, kind: str, parent_pk: int) -> HttpResponse:
    of = KINDS[kind]
    parent = get_object_or_404(of.parent, pk=parent_pk)
    whole = led_checklist(request, parent.pk if isinstance(parent, Checklist) else parent.whole)
    if request.method != "POST" and not whole.is_draft:
        return redirect("appointments:checklist", whole.pk)
    form = of.form(posted(request), instance=_fresh(of, parent, whole))
    refusal = None
    if request.method == "POST" and form.is_valid():
        part = _fresh(of, parent, whole)
        for name, value in form.values.items():
            setattr(part, name, value)
        try:
            added = add_part(part=part, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(_edited_on(added, whole))
    item = parent if isinstance(parent, ChecklistItem) else None
    return show_form(request, form, _page(whole, str(of.new), item=item), refusal=refusal)


@login_required
@never_cache
@allow
def change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    part, whole = _part(request, kind, pk)
    if request.method != "POST" and not whole.is_draft:
        return redirect("appointments:checklist", whole.pk)
    form = KINDS[kind].form(posted(request), instance=_part(request, kind, pk)[0])
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = change_part(
                part=part, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            part.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect(_edited_on(part, whole) if isinstance(part, Wording) else _place_of(part, whole))
    return _part_page(request, part, whole, form, refusal=refusal)


@login_required
@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    part, whole = _part(request, kind, pk)
    try:
        remove_part(part=part, seen=seen_version(request), actor=acting(request))
    except Refusal as refusal:
        return _part_page(request, part, whole, KINDS[kind].form(instance=part), refusal=refusal)
    messages.success(request, _("Entfernt: %(part)s") % {"part": part})
    return redirect(_edited_on(part, whole) if isinstance(part, Wording) else _url_of(whole))


@login_required
@require_POST
def move(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    part, whole = _part(request, kind, pk)
    try:
        move_part(part=part, up=request.POST.get("richtung") == "hoch", actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(_place_of(part, whole))


def _part(request: HttpRequest, kind: str, pk: int) -> tuple[AnyPart, Checklist]:
    part = get_object_or_404(KINDS[kind].model, pk=pk)
    return part, led_checklist(request, part.whole)


def _fresh(of: Kind, parent: Any, whole: Checklist) -> AnyPart:
    given = {of.field: parent} | ({"checklist": whole} if of.model is ChecklistItem else {})
    part: AnyPart = of.model(**given)
    return part


def _part_page(
    request: HttpRequest, part: AnyPart, whole: Checklist, form: Any, *, refusal: Refusal | None
) -> HttpResponse:
    kind = next(name for name, of in KINDS.items() if isinstance(part, of.model))
    item = part.item if isinstance(part, Wording) else None
    page = _page(whole, f"{part._meta.verbose_name} {part}", item=item, template=TEMPLATE)
    extra = {
        "part": part,
        "remove_url": reverse(f"appointments:checklist_{kind}_remove", args=[part.pk]),
        "is_item": isinstance(part, ChecklistItem),
    }
    return show_form(request, form, page, refusal=refusal, thing=part, extra=extra)


def _page(whole: Checklist, title: str, *, item: ChecklistItem | None, **fields: str) -> FormPage:
    """`item`: of which a recommendation is edited, and to which its page leads back."""
    words = _("Zum Entwurf") if whole.is_draft else _("Zur Fassung")
    return FormPage(
        title=title,
        preline=_("Checkliste, Fassung %(number)s") % {"number": whole.number},
        back_url=_url_of_item(item) if item else _url_of(whole),
        back_words=_("Zum Prüfpunkt %(code)s") % {"code": item.code} if item else words,
        submit=_("Speichern"),
        **fields,  # type: ignore[arg-type]
    )


def _edited_on(part: AnyPart, whole: Checklist) -> str:
    """Recommendations on their item's page, which a new item leads to as well."""
    match part:
        case Wording():
            return _url_of_item(part.item)
        case ChecklistItem():
            return _url_of_item(part)
    return _place_of(part, whole)


def _place_of(part: AnyPart, whole: Checklist) -> str:
    return f"{_url_of(whole)}#teil-{part.key}"


def _url_of(whole: Checklist) -> str:
    return reverse("appointments:checklist", args=[whole.pk])


def _url_of_item(item: ChecklistItem) -> str:
    return reverse("appointments:checklist_item", args=[item.pk])
