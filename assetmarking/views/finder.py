"""Behind a label's QR code: that it is registered, and a way to write to its owner. Nothing else is told."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assetmarking.finding import writing
from assetmarking.finding.page import lay_out_messages
from assetmarking.finding.queries import find_label
from assetmarking.forms.finding import CodeForm, FindForm, MessageForm
from partnership.coming_back import go_and_come_back
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import Person
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.views.own_pages import CONFLICT, allow, typed
from partnership.views.secret_links import secret_page

LIMIT = "label"
SIGN_IN = "anmelden"
"""The name of a button."""


@never_cache
@allow
def find(request: HttpRequest) -> HttpResponse:
    form = CodeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return redirect("finder:label", form.cleaned_data["code"].replace("/", " ").strip() or "-")
    return _unlisted(render(request, "assetmarking/finding/code.html", {"form": form}))


@secret_page
@allow
def label(request: HttpRequest, code: str) -> HttpResponse:
    """The same for every label, whether it sticks on something or not."""
    check_limit(request, LIMIT)
    found = find_label(code)
    if found is None:
        again = {"form": CodeForm(initial={"code": code[:40]})}
        return render(request, "assetmarking/finding/unknown.html", again, status=404)
    if SIGN_IN in request.POST:
        return go_and_come_back(request, "account_login")
    form, refusal = FindForm(typed(request)), None
    partnership = current_partnership(request)
    if request.method == "POST" and form.is_valid() and partnership:
        check_limit(request, "find")
        try:
            writing.begin_thread(
                label_id=found.pk,
                text=form.cleaned_data["text"],
                finder_email=form.cleaned_data["email"],
                partnership=partnership,
                page_language=get_language() or "de",
            )
        except Refusal as error:
            refusal = error
        else:
            return redirect("finder:sent")
    context: dict[str, Any] = {"form": form, "refusal": refusal, "refused": _("Noch nicht gesendet")}
    if isinstance(request.user, Person) and firms_of(request.user).filter(pk=found.firm_id).exists():
        name, key = ("thing", found.asset.reference) if found.asset else ("adopt", found.code)
        context |= {"own_url": reverse(f"assetmarking:{name}", args=[key]), "own": found.asset}
    status = CONFLICT if refusal else 200
    return render(request, "assetmarking/finding/label.html", context, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _unlisted(render(request, "assetmarking/finding/sent.html"))


@secret_page
@allow
def thread(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner has answered, for the finder."""
    found = writing.thread_behind(token)
    if found is None:
        check_limit(request, "link")
        return render(request, "assetmarking/finding/link_ended.html", status=404)
    form, refusal = MessageForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            writing.write_again(thread_id=found.pk, text=form.cleaned_data["text"])
        except Refusal as error:
            refusal = error
        else:
            return redirect("finder:thread", token)
    context = {
        "form": form,
        "refusal": refusal,
        "refused": _("Nicht gesendet"),
        "code": found.label.code,
        "token": token,
        "is_over": found.closed_at is not None,
        "messages_shown": lay_out_messages(found, for_owner=False),
    }
    status = CONFLICT if refusal else 200
    return render(request, "assetmarking/finding/thread_of_finder.html", context, status=status)


@secret_page
@require_POST
def end(request: HttpRequest, token: str) -> HttpResponse:
    found = writing.thread_behind(token)
    if found is None:
        return render(request, "assetmarking/finding/link_ended.html", status=404)
    if found.closed_at is None:
        writing.end_by_finder(thread_id=found.pk)
    return redirect("finder:thread", token)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
