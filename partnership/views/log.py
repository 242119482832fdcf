"""Protokoll: what happened in the data protection officer's own organisation."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.forms.log import LogFilter
from partnership.log_page import filter_entries, lay_out_log
from partnership.paging import sheet_of
from partnership.queries import log_entries_visible_to
from partnership.rules import posts_for

PAGE_SIZE = 100


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not posts.auditor_of:
        raise PermissionDenied
    form = LogFilter(request.GET)
    entries = filter_entries(log_entries_visible_to(posts), form.wanted)
    sheet = sheet_of(entries, request.GET, per_page=PAGE_SIZE)
    context = {
        "form": form,
        "sheet": sheet,
        "rows": lay_out_log(sheet.rows),
        "is_filtered": bool(form.wanted),
        "several": len(posts.auditor_of) > 1,
    }
    return render(request, "partnership/workplace/log.html", context)
