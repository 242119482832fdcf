"""What the pages of the administration share: a form with its frame, and what two editors are told."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.administration.changes import ChangedMeanwhile
from partnership.models import Person
from partnership.refusals import Refusal

CONFLICT = 409
allow = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """`notes` are sentences above the form, `warnings` stand in a frame before them."""

    title: str
    back_url: str
    back_words: str
    submit: str
    preline: str = ""
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    template: str = "partnership/administration/form.html"


def acting(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def posted(request: HttpRequest) -> Any:
    """The data for a form: None makes it a fresh one."""
    return request.POST if request.method == "POST" else None


def seen_version(request: HttpRequest) -> int:
    """With which version the form was opened; zero, which no row has, for anything else."""
    value = request.POST.get("gesehen", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def show_form(
    request: HttpRequest,
    form: forms.BaseForm,
    page: FormPage,
    *,
    refusal: Refusal | None = None,
    thing: Any = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """`thing` is the row that is edited, as it is stored now."""
    is_outdated = isinstance(refusal, ChangedMeanwhile)
    version = getattr(thing, "version", "")
    if request.method == "POST" and not is_outdated and "gesehen" in request.POST:
        version = seen_version(request)
    context = {
        "form": form,
        "page": page,
        "refusal": refusal,
        "version": version,
        "differences": differences(form, thing) if is_outdated and thing is not None else [],
        **(extra or {}),
    }
    return render(request, page.template, context, status=CONFLICT if refusal else 200)


def differences(form: Any, thing: Model) -> list[tuple[str, str]]:
    """Field and what is stored, where the form says something else."""
    found = []
    for name, bound in form.fields.items():
        if not hasattr(thing, name) or name not in form.cleaned_data:
            continue
        stored = getattr(thing, name)
        if stored != form.values.get(name):
            found.append((str(bound.label), _words(thing, name, stored)))
    return found


def _words(thing: Any, name: str, stored: Any) -> str:
    if isinstance(stored, bool):
        return _("ja") if stored else _("nein")
    named = getattr(thing, f"get_{name}_display", None)
    text = str(named() if named else "" if stored is None else stored)
    return text if len(text) <= 200 else text[:199] + "…"
