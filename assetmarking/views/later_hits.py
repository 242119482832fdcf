"""Nachträgliche Treffer: what suits a search that was made before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assetmarking.retroactive.page import finish_hit, hits_for, lay_out_hits
from assetmarking.views.searching import police_page
from partnership.rules import posts_for
from partnership.views.own_pages import person_of
from partnership.views.protected import after_second_factor


@police_page
@require_safe
@after_second_factor
def hits(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    rows = lay_out_hits(hits_for(person, posts_for(request)), person)
    context = {
        "waiting": [row for row in rows if not row.is_done],
        "done": [row for row in rows if row.is_done],
    }
    return render(request, "assetmarking/searching/hits.html", context)


@police_page
@require_POST
def hit_done(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(hits_for(person_of(request), posts_for(request)), pk=pk)
    finish_hit(hit_id=found.pk)
    messages.success(request, _("Erledigt."))
    return redirect("search:hits")
