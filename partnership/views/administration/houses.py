"""Houses: where they are, their rooms, and when they are closed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.administration import houses as domain
from partnership.administration import rules
from partnership.administration.houses_page import closure_rows, facts_of, lay_out_houses, with_rows
from partnership.administration.queries import (
    closures_administered_by,
    offices_administered_by,
    organisations_administered_by,
)
from partnership.forms.administration.houses import ClosureForm, OfficeForm, RoomRows
from partnership.forms.rows import with_another_row
from partnership.models import Office, OfficeClosure
from partnership.open_tasks import Plans, planned
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import today
from partnership.views.administration.pages import (
    CONFLICT,
    FormPage,
    acting,
    allow,
    posted,
    seen_version,
    show_form,
)


@login_required
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_houses(posts):
        raise PermissionDenied
    context = {
        "groups": lay_out_houses(with_rows(offices_administered_by(posts))),
        "may_add": rules.may_coordinate(posts),
    }
    return render(request, "partnership/administration/offices.html", context)


@login_required
@never_cache
@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@login_required
@never_cache
@allow
def add(request: HttpRequest, organisation_pk: int) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    organisation = get_object_or_404(organisations_administered_by(posts), pk=organisation_pk)
    if not rules.may_change_organisation(posts, organisation):
        raise PermissionDenied
    form = OfficeForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            added = domain.add_office(organisation=organisation, values=form.values, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Das Haus ist angelegt. Tragen Sie als Nächstes die Räume ein."))
            return redirect("administration:office", added.pk)
    page = FormPage(
        title=_("Haus anlegen"),
        preline=organisation.name,
        back_url=reverse("administration:offices"),
        back_words=_("Zu den Häusern"),
        submit=_("Haus anlegen"),
    )
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _changeable(request, pk)
    form = OfficeForm(posted(request), instance=_visible(request, pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = domain.change_office(
                office_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("administration:office", pk)
    return show_form(request, form, _page(found, _("Haus ändern")), refusal=refusal, thing=found)


@login_required
@never_cache
@allow
def rooms(request: HttpRequest, pk: int) -> HttpResponse:
    found = _changeable(request, pk)
    initial = [{"pk": r.pk, "name": r.name, "step_free": r.step_free} for r in found.rooms.all()]
    rows: Any = RoomRows(posted(request), initial=initial)
    refusal = None
    if rows.wants_another_row:
        with_another_row(rows)
    elif request.method == "POST" and rows.is_valid():
        try:
            domain.set_rooms(office_id=pk, rows=_room_rows(rows), actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Räume sind gespeichert."))
            return redirect("administration:office", pk)
    page = _page(found, _("Räume"), template="partnership/administration/rooms.html")
    context = {"rows": rows, "page": page, "refusal": refusal, "office": found}
    return render(request, page.template, context, status=CONFLICT if refusal else 200)


@login_required
@never_cache
@allow
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a house out of service, after saying what is still planned in it, or put it back."""
    found = _changeable(request, pk)
    refusal = None
    if request.method == "POST":
        act = domain.take_out_of_service if found.is_active else domain.put_into_service
        try:
            changed = act(office_id=pk, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            words = _("Das Haus ist in Betrieb.") if changed.is_active else _("Das Haus ist außer Betrieb.")
            messages.success(request, words)
            return redirect("administration:office", pk)
    context = {
        "office": found,
        "refusal": refusal,
        "plans": planned(Plans(offices=frozenset({pk}), since=today())),
    }
    status = CONFLICT if refusal else 200
    return render(request, "partnership/administration/service.html", context, status=status)


@login_required
@never_cache
@allow
def closure(request: HttpRequest, pk: int, closure_pk: int) -> HttpResponse:
    found = _closure(request, pk, closure_pk)
    form = ClosureForm(
        posted(request), initial={"starts": found.starts, "ends": found.ends, "reason": found.reason}
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            domain.shorten_closure(
                closure_id=found.pk,
                seen=(found.starts, found.ends),
                actor=acting(request),
                **form.cleaned_data,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Schließzeit ist geändert."))
            return redirect("administration:office", pk)
    page = _page(
        found.office,
        _("Schließzeit ändern"),
        template="partnership/administration/closure.html",
        notes=[_("Kürzen Sie die Schließzeit oder ändern Sie den Grund.")],
    )
    return show_form(request, form, page, refusal=refusal, extra={"closure": found})


@login_required
@require_POST
def closure_remove(request: HttpRequest, pk: int, closure_pk: int) -> HttpResponse:
    found = _closure(request, pk, closure_pk)
    try:
        domain.remove_closure(closure_id=found.pk, actor=acting(request))
    except Refusal as refusal:
        return _show(request, found.office, refusal=refusal)
    messages.success(request, _("Die Schließzeit ist entfernt."))
    return redirect("administration:office", pk)


def _visible(request: HttpRequest, pk: int) -> Office:
    posts = posts_for(request)
    if not rules.may_open_houses(posts):
        raise PermissionDenied
    return get_object_or_404(offices_administered_by(posts), pk=pk)


def _changeable(request: HttpRequest, pk: int) -> Office:
    found = _visible(request, pk)
    if not rules.may_change_office(posts_for(request), found):
        raise PermissionDenied
    return found


def _closure(request: HttpRequest, pk: int, closure_pk: int) -> OfficeClosure:
    found = _visible(request, pk)
    if not rules.may_change_closures(posts_for(request), found):
        raise PermissionDenied
    closures = closures_administered_by(posts_for(request))
    return get_object_or_404(closures, pk=closure_pk, office=found)


def _room_rows(rows: Any) -> list[domain.RoomRow]:
    return [
        domain.RoomRow(
            pk=values["pk"],
            name=values.get("name", ""),
            step_free=bool(values.get("step_free")),
            is_removed=bool(values.get("DELETE")),
        )
        for form in rows
        if (values := getattr(form, "cleaned_data", {})) and (values.get("pk") or values.get("name"))
    ]


def _show(request: HttpRequest, office: Office, *, refusal: Refusal | None = None) -> HttpResponse:
    posts = posts_for(request)
    context = {
        "office": office,
        "facts": facts_of(office),
        "rooms": office.rooms.all(),
        "closures": closure_rows(office),
        "plans": planned(Plans(offices=frozenset({office.pk}), since=today())),
        "can_change": rules.may_change_office(posts, office),
        "can_close": rules.may_change_closures(posts, office),
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "partnership/administration/office.html", context, status=status)


def _page(office: Office, title: str, **fields: Any) -> FormPage:
    return FormPage(
        title=title,
        preline=office.name,
        back_url=reverse("administration:office", args=[office.pk]),
        back_words=_("Zum Haus"),
        submit=_("Speichern"),
        **fields,
    )
