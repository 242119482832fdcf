"""Abrufprotokoll: who looked up or opened what, for the data protection officer of the own organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.chained_log.exporting import export_lookups
from partnership.chained_log.page import (
    filter_lookups,
    lay_out_lookups,
    lay_out_segments,
    lookups_visible_to,
)
from partnership.forms.lookups import LookupFilter
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.spreadsheets import CSV, XLSX
from partnership.views.own_pages import person_of

PAGE_SIZE = 100
CONTENT_TYPES = {"csv": CSV, "xlsx": XLSX}


@login_required
@never_cache
@require_safe
def lookups(request: HttpRequest) -> HttpResponse:
    posts = _auditor(request)
    form = LookupFilter(request.GET)
    sheet = sheet_of(filter_lookups(lookups_visible_to(posts), form.wanted), request.GET, per_page=PAGE_SIZE)
    context = {
        "form": form,
        "sheet": sheet,
        "rows": lay_out_lookups(sheet.rows),
        "segments": lay_out_segments(posts),
        "is_filtered": bool(form.wanted),
        "query": form.address,
        "several": len(posts.auditor_of) > 1,
    }
    return render(request, "partnership/workplace/lookups.html", context)


@login_required
@never_cache
@require_POST
def lookups_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """What the filter in the address shows; taking it away is itself a row of the log."""
    posts = _auditor(request)
    form = LookupFilter(request.GET)
    try:
        data = export_lookups(
            posts=posts, wanted=form.wanted, words=form.words, suffix=suffix, actor=person_of(request)
        )
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect(f"{reverse('workplace:lookups')}?{form.address}")
    response = HttpResponse(data, content_type=CONTENT_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="abrufprotokoll.{suffix}"'
    return response


def _auditor(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not posts.auditor_of:
        raise PermissionDenied
    return posts
