"""Two pages that repeat under /konto/: a form, and a question before something goes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partnership.models import Firm, Person
from partnership.queries import firms_of
from partnership.refusals import Refusal

CONFLICT = 409
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
allow = require_http_methods(["GET", "HEAD", "POST"])


def own_page(view: View) -> View:
    """For whoever is signed in; shown from no cache."""
    return never_cache(login_required(allow(view)))


def own_act(view: View) -> View:
    return login_required(require_POST(view))


def person_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def typed(request: HttpRequest) -> QueryDict | None:
    """A form's data; None while the page is only looked at. A form of empty fields is data, too."""
    return request.POST if request.method == "POST" else None


def own_firm(request: HttpRequest, pk: int) -> Firm:
    """A firm for which this person speaks; others do not exist for them."""
    return get_object_or_404(firms_of(person_of(request)).select_related("chamber"), pk=pk)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    refusal: Refusal | None = None,
    **more: Any,
) -> HttpResponse:
    """`more`: `above` (preline), `intro`, `back_url`, `back_words`, `refused` (the alert's title)."""
    context = {"form": form, "title": title, "button": button, "refusal": refusal, **more}
    return render(request, "partnership/own/form.html", context, status=CONFLICT if refusal else 200)


def question_page(
    request: HttpRequest, *, title: str, button: str, refusal: Refusal | None = None, **more: Any
) -> HttpResponse:
    """`more`: `above`, `what`, `sentences`, `back_url`, `back_words`, `refused`."""
    context = {"title": title, "button": button, "refusal": refusal, **more}
    return render(request, "partnership/own/question.html", context, status=CONFLICT if refusal else 200)
