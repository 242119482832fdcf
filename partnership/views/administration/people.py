"""People and their accounts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.administration import rules
from partnership.administration.accounts import deactivate_person, reactivate_person
from partnership.administration.people_page import (
    filter_people,
    lay_out_people,
    lay_out_person,
    mark_of,
    people_rows,
)
from partnership.administration.queries import (
    organisations_administered_by,
    people_administered_by,
    posts_administered_by,
)
from partnership.forms.administration.people import PeopleFilter
from partnership.models import Organisation, Person
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import CONFLICT, acting


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_people(posts):
        raise PermissionDenied
    own = Organisation.objects.filter(pk__in=posts.lead_of)
    organisations = list(organisations_administered_by(posts) if posts.coordinates else own)
    search = PeopleFilter(request.GET, organisations=organisations)
    wanted = {name: search.given(name) for name in search.fields if search.given(name)}
    rows = filter_people(people_administered_by(posts), posts, wanted)
    sheet = sheet_of(people_rows(rows, posts), request.GET)
    context = {
        "search": search,
        "sheet": sheet,
        "rows": lay_out_people(sheet.rows),
        "may_invite": rules.may_coordinate(posts),
    }
    return render(request, "partnership/administration/people.html", context)


@login_required
@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return show_person(request, visible_person(request, pk))


@login_required
@never_cache
@require_safe
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks before an account is closed."""
    found = visible_person(request, pk)
    _check_may_close(request)
    return render(request, "partnership/administration/person_close.html", {"person": found})


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_open(request, pk, is_open=False)


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_open(request, pk, is_open=True)


def visible_person(request: HttpRequest, pk: int) -> Person:
    posts = posts_for(request)
    if not rules.may_open_people(posts):
        raise PermissionDenied
    return get_object_or_404(people_administered_by(posts), pk=pk)


def show_person(request: HttpRequest, person: Person, *, refusal: Refusal | None = None) -> HttpResponse:
    posts = posts_for(request)
    page = lay_out_person(person, posts)
    own = list(posts_administered_by(posts).filter(person=person))
    is_coordinator = rules.may_coordinate(posts)
    is_other = person != request.user
    context = {
        "person": person,
        "page": page,
        "mark": mark_of(person, own, today=timezone.localdate(), is_invited=bool(page.invitations)),
        "can_add_post": is_coordinator and is_other and person.is_active,
        "can_close": is_coordinator and is_other,
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "partnership/administration/person.html", context, status=status)


def _set_open(request: HttpRequest, pk: int, *, is_open: bool) -> HttpResponse:
    found = visible_person(request, pk)
    _check_may_close(request)
    own = list(posts_administered_by(posts_for(request)).filter(person=found))
    act = reactivate_person if is_open else deactivate_person
    try:
        act(person_id=pk, own_posts=own, actor=acting(request))
    except Refusal as refusal:
        return show_person(request, found, refusal=refusal)
    words = _("Das Konto ist wieder offen.") if is_open else _("Das Konto ist gesperrt.")
    messages.success(request, words)
    return redirect("administration:person", pk)


def _check_may_close(request: HttpRequest) -> None:
    if not rules.may_coordinate(posts_for(request)):
        raise PermissionDenied
