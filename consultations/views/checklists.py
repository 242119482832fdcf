"""Versions of the checklist: reading, printing, signing off, putting in force."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations import rules
from consultations.checklists import versions as domain
from consultations.checklists.page import groups_to_sign, lay_out_checklist, since
from consultations.checklists.printing import print_checklist
from consultations.forms.checklists import SignOffForm
from consultations.models import Checklist
from consultations.queries import checklists_visible_to
from partnership.models import Organisation
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.views.administration.pages import CONFLICT, FormPage, acting, allow, posted, seen_version

State = Checklist.State


@login_required
@never_cache
@require_safe
def checklist_list(request: HttpRequest) -> HttpResponse:
    posts = _posts_of_police(request)
    versions = list(checklists_visible_to(posts))
    police = Organisation.objects.filter(pk__in=posts.police)
    bodies = [_body(organisation, versions, posts) for organisation in police]
    return render(request, "consultations/police/checklists.html", {"bodies": bodies})


@login_required
@never_cache
@require_safe
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_checklist(request, pk)
    context = lay_out_checklist(found, compared_with=_in_force_beside(found))
    context["is_lead"] = rules.may_change_checklist(posts_for(request), found)
    context["can_edit"] = context["is_lead"] and found.is_draft
    return render(request, "consultations/police/checklist.html", context)


@login_required
@never_cache
@require_safe
def checklist_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_checklist(request, pk)
    response = HttpResponse(print_checklist(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="checkliste-fassung-{found.number}.pdf"'
    return response


@login_required
@require_POST
def adopt(request: HttpRequest, police_pk: int) -> HttpResponse:
    return _make_draft(request, police_pk, domain.adopt_first_contents)


@login_required
@require_POST
def begin(request: HttpRequest, police_pk: int) -> HttpResponse:
    return _make_draft(request, police_pk, domain.begin_draft)


@login_required
@never_cache
@allow
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    draft = led_checklist(request, pk)
    page = FormPage(
        title=_("Fassung %(number)s in Kraft setzen") % {"number": draft.number},
        back_url=_url(draft),
        back_words=_words(draft),
        submit=_("In Kraft setzen"),
        notes=[_("Ab dann lesen alle Beamtinnen und Beamten diese Fassung. Sie bleibt, wie sie ist.")],
    )
    return _confirm(request, draft, page, domain.put_in_force, done=_("Die neue Fassung gilt."))


@login_required
@never_cache
@allow
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = led_checklist(request, pk)
    page = FormPage(
        title=_("Entwurf der Fassung %(number)s verwerfen") % {"number": draft.number},
        back_url=_url(draft),
        back_words=_words(draft),
        submit=_("Entwurf verwerfen"),
        notes=[_("Alle Änderungen im Entwurf gehen verloren. Was gilt, bleibt.")],
    )
    return _confirm(request, draft, page, domain.discard_draft, done=_("Der Entwurf ist verworfen."))


@login_required
@never_cache
@allow
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    found = led_checklist(request, pk)
    form = SignOffForm(posted(request), groups=groups_to_sign(found))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            number = domain.sign_off(checklist_id=found.pk, **_read(form.chosen), actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(
                request,
                ngettext("%(n)s Punkt abgezeichnet.", "%(n)s Punkte abgezeichnet.", number) % {"n": number},
            )
            return redirect("appointments:checklist", found.pk)
    page = FormPage(
        title=_("Fachlich geprüft abzeichnen"),
        back_url=_url(found),
        back_words=_words(found),
        submit=_("Abzeichnen"),
    )
    context = {"form": form, "page": page, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/checklist_sign_off.html", context, status=status)


def visible_checklist(request: HttpRequest, pk: int) -> Checklist:
    return get_object_or_404(checklists_visible_to(_posts_of_police(request)), pk=pk)


def led_checklist(request: HttpRequest, pk: int) -> Checklist:
    found = visible_checklist(request, pk)
    if not rules.may_change_checklist(posts_for(request), found):
        raise PermissionDenied
    return found


def _posts_of_police(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_open_checklists(posts):
        raise PermissionDenied
    return posts


def _in_force_beside(found: Checklist) -> Checklist | None:
    if not found.is_draft:
        return None
    return Checklist.objects.filter(police=found.police, state=State.IN_FORCE).first()


def _body(organisation: Organisation, versions: list[Checklist], posts: Posts) -> dict[str, Any]:
    own = [version for version in versions if version.police_id == organisation.pk]
    by_state = {state: [_version(version) for version in own if version.state == state] for state in State}
    return {
        "police": organisation,
        "is_lead": organisation.pk in posts.lead_of,
        "in_force": by_state[State.IN_FORCE],
        "drafts": by_state[State.DRAFT],
        "replaced": by_state[State.REPLACED],
    }


def _version(version: Checklist) -> dict[str, Any]:
    return {"pk": version.pk, "number": version.number, "since": since(version)}


def _make_draft(request: HttpRequest, police_pk: int, make: Any) -> HttpResponse:
    posts = _posts_of_police(request)
    police = get_object_or_404(Organisation, pk=police_pk, pk__in=posts.police)
    if police.pk not in posts.lead_of:
        raise PermissionDenied
    try:
        draft = make(police_id=police.pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("appointments:checklists")
    return redirect("appointments:checklist", draft.pk)


def _url(found: Checklist) -> str:
    return reverse("appointments:checklist", args=[found.pk])


def _words(found: Checklist) -> str:
    return _("Zur Fassung %(number)s") % {"number": found.number}


def _confirm(request: HttpRequest, draft: Checklist, page: FormPage, act: Any, *, done: str) -> HttpResponse:
    """Shows what it is about, then does it to what was shown."""
    refusal = None
    if request.method != "POST" and not draft.is_draft:
        return redirect("appointments:checklist", draft.pk)
    if request.method == "POST":
        try:
            act(checklist_id=draft.pk, seen=seen_version(request), actor=acting(request))
        except Refusal as error:
            refusal = error
            draft.refresh_from_db()
        else:
            messages.success(request, done)
            return redirect("appointments:checklists")
    context = lay_out_checklist(draft, compared_with=_in_force_beside(draft))
    context |= {"page": page, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/checklist_confirm.html", context, status=status)


def _read(chosen: list[str]) -> dict[str, dict[int, int]]:
    """Checked by the form: 'p12-3' is an item, 'k4-1' a class, each with its version."""
    read: dict[str, dict[int, int]] = {"items": {}, "classes": {}}
    for value in chosen:
        key, _dash, version = value[1:].partition("-")
        read["items" if value[0] == "p" else "classes"][int(key)] = int(version)
    return read
