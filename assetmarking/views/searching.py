"""Fahndung: police look numbers up, open what they find and take the result along."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assetmarking.forms.searching import SearchForm
from assetmarking.models import Asset, Search, SearchOpening
from assetmarking.rules import may_search, may_set_search
from assetmarking.searching.exporting import export_search
from assetmarking.searching.found import assets_in
from assetmarking.searching.limits import limit_warning
from assetmarking.searching.making import make_search
from assetmarking.searching.opening import is_opened, open_thing
from assetmarking.searching.owner_page import lay_out_owner
from assetmarking.searching.page import lay_out_search
from assetmarking.searching.queries import searches_of
from partnership.models import Organisation
from partnership.photos.queries import photos_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.spreadsheets import CSV, XLSX
from partnership.views.own_pages import CONFLICT, allow, person_of, typed
from partnership.views.protected import after_second_factor

CONTENT_TYPES = {"csv": CSV, "xlsx": XLSX}
BEFORE = "search_before"
"""In the session: purpose and Vorgangsnummer of the last search, for the next one."""
Kind = SearchOpening.Kind
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def police_page(view: View[P]) -> View[P]:
    @never_cache
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_search(posts_for(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View[P], checked)


@police_page
@allow
def search(request: HttpRequest) -> HttpResponse:
    form = _form(request, typed(request))
    if request.method == "POST" and form.is_valid():
        return _make(request, form)
    return _search_page(request, form)


@after_second_factor
def _make(request: HttpRequest, form: SearchForm) -> HttpResponse:
    values = form.cleaned_data
    reason = {name: values[name] for name in ("purpose", "case_number")}
    try:
        made = make_search(
            person=person_of(request),
            organisation=form.directorate,
            numbers=values["numbers"],
            make=values["make"],
            **reason,
        )
    except Refusal as refusal:
        return _search_page(request, form, refusal)
    request.session[BEFORE] = reason | {"organisation": str(form.directorate.pk)}
    if form.left_out:
        messages.warning(
            request,
            _("Nicht gesucht, weil es keine Nummer ist: %(texts)s") % {"texts": "; ".join(form.left_out)},
        )
    return redirect("search:results", made.pk)


@police_page
@require_safe
@after_second_factor
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found and logged then, also when it is loaded again."""
    found = own_search(request, pk)
    initial = {
        "numbers": "\n".join(found.texts),
        "purpose": found.purpose,
        "case_number": found.case_number,
        "make": found.make,
        "organisation": str(found.organisation_id),
    }
    context = {
        "search": found,
        "result": lay_out_search(found),
        "form": _form(request, None, initial),
        "warning": limit_warning(found.person, found.organisation),
    }
    return render(request, "assetmarking/searching/results.html", context)


@police_page
@require_POST
@after_second_factor
def results_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    found = own_search(request, pk)
    response = HttpResponse(export_search(search=found, suffix=suffix), content_type=CONTENT_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="abfrage-{found.pk}.{suffix}"'
    return response


@police_page
@allow
@after_second_factor
def owner(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """POST opens and is logged; what is opened can be read again while the search is there."""
    found, asset = _found_thing(request, pk, reference)
    if request.method == "POST":
        open_thing(search=found, asset=asset, kind=Kind.OWNER)
        return redirect("search:owner", pk, reference)
    if not is_opened(found, asset, Kind.OWNER):
        return redirect("search:results", pk)
    context = {
        "search": found,
        "asset": asset,
        "owner": lay_out_owner(asset, posts_for(request)),
        "photos": _shown_photos(asset),
    }
    return render(request, "assetmarking/searching/owner.html", context)


@police_page
@allow
@after_second_factor
def photos(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    found, asset = _found_thing(request, pk, reference)
    if request.method == "POST":
        open_thing(search=found, asset=asset, kind=Kind.PHOTOS)
        return redirect("search:photos", pk, reference)
    if not is_opened(found, asset, Kind.PHOTOS, Kind.OWNER):
        return redirect("search:results", pk)
    context = {"search": found, "asset": asset, "photos": _shown_photos(asset)}
    return render(request, "assetmarking/searching/photos.html", context)


def own_search(request: HttpRequest, pk: int) -> Search:
    """Others' searches do not exist for this person."""
    rows = searches_of(person_of(request), posts_for(request)).select_related("person")
    return get_object_or_404(rows, pk=pk)


def _found_thing(request: HttpRequest, pk: int, reference: str) -> tuple[Search, Asset]:
    """Only what the search has found can be opened in it."""
    found = own_search(request, pk)
    rows = Asset.objects.filter(pk__in=assets_in(found)).select_related("firm", "site")
    return found, get_object_or_404(rows, reference=reference)


def _shown_photos(asset: Asset) -> list[Any]:
    return [photo for photo in photos_of(asset) if photo.state == photo.State.READY]


def _form(request: HttpRequest, data: Any, initial: dict[str, Any] | None = None) -> SearchForm:
    rows = Organisation.objects.filter(pk__in=posts_for(request).police).order_by("name", "pk")
    return SearchForm(data, directorates=list(rows), initial=initial or request.session.get(BEFORE, {}))


def _search_page(request: HttpRequest, form: SearchForm, refusal: Refusal | None = None) -> HttpResponse:
    directorate = next(iter(form.directorates.values()))
    context = {
        "form": form,
        "refusal": refusal,
        "warning": "" if refusal else limit_warning(person_of(request), directorate),
        "may_set": may_set_search(posts_for(request)),
    }
    return render(request, "assetmarking/searching/search.html", context, status=CONFLICT if refusal else 200)
