"""Partner: who belongs to the partnership, where, and what is offered, for the coordination."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.partner_page import lay_out_partnership
from partnership.queries import partnerships_visible_to
from partnership.rules import posts_for
from partnership.times import long_date, today


@login_required
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not posts.coordinates:
        raise PermissionDenied
    day = today()
    pages = [lay_out_partnership(partnership, today=day) for partnership in partnerships_visible_to(posts)]
    context = {"pages": pages, "as_of": long_date(day)}
    return render(request, "partnership/workplace/partners.html", context)
