"""Whether a certificate is true: anybody may look, nobody finds one by trying."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from forums.certificates.page import page_of
from forums.certificates.verifying import Verdict, find_certificate, is_same_name, verdict_on
from forums.forms.certificates import NameForm, NumberForm
from forums.models import Certificate
from partnership.limits import check_limit
from partnership.sealed_content import grouped
from partnership.times import berlin_day, long_day
from partnership.views.administration.pages import allow, posted

LIMIT = "certificate"


@never_cache
@allow
def find(request: HttpRequest) -> HttpResponse:
    form = NumberForm(posted(request))
    if request.method == "POST":
        check_limit(request, LIMIT)
        if form.is_valid():
            return redirect("certificates:verify", form.cleaned_data["number"])
    return _unlisted(render(request, "forums/certificates/find.html", {"form": form}))


@never_cache
@allow
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """The post compares a name, so that the page need not tell it."""
    check_limit(request, LIMIT)
    found = find_certificate(number)
    if found is None:
        context = {"form": NumberForm(), "number": number[:40]}
        return _unlisted(render(request, "forums/certificates/unknown.html", context, status=404))
    if found.number != number:
        return redirect("certificates:verify", found.number)
    form = NameForm(posted(request))
    verdict = verdict_on(found)
    is_same = None
    if request.method == "POST" and verdict == Verdict.VALID and form.is_valid():
        is_same = is_same_name(form.cleaned_data["name"], page_of(found).name)
    return _unlisted(render(request, "forums/certificates/verify.html", _told(found, verdict, form, is_same)))


def _told(found: Certificate, verdict: Verdict, form: NameForm, is_same: bool | None) -> dict[str, object]:
    is_valid = verdict == Verdict.VALID
    return {
        "number": found.number,
        "verdict": verdict,
        "kind": {Verdict.VALID: "success", Verdict.ERASED: "info"}.get(verdict, "danger"),
        "page": page_of(found) if is_valid else None,
        "form": form,
        "is_same": is_same,
        "issued": long_day(berlin_day(found.issued_at)),
        "revoked": long_day(berlin_day(found.revoked_at)) if found.revoked_at else "",
        "digest": grouped(found.digest),
    }


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
