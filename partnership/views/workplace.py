from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from partnership.rules import posts_for
from partnership.workplace_nav import pages_for


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of a person's posts; whoever has none comes from a firm."""
    pages = pages_for(posts_for(request))
    return redirect(pages[0].url_name if pages else "account_home")
