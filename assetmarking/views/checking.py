"""The public check. The number is posted, so that it stands in no address and no log of addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from assetmarking.checking.asking import is_reported_stolen
from assetmarking.forms.checking import CheckForm
from partnership.limits import check_limit
from partnership.views.own_pages import allow, typed

LIMIT = "check"


@never_cache
@allow
def check(request: HttpRequest) -> HttpResponse:
    form, is_reported = CheckForm(typed(request)), None
    if request.method == "POST":
        check_limit(request, LIMIT)
        if form.is_valid():
            is_reported = is_reported_stolen(
                number=form.cleaned_data["number"], make=form.cleaned_data["make"]
            )
    context = {"form": form, "is_reported": is_reported, "number": form.data.get("number", "")}
    return render(request, "assetmarking/checking/check.html", context)
