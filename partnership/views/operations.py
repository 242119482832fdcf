"""Betrieb: whether everything runs, for technicians."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from partnership.models import Person
from partnership.outbox import try_postponed_now
from partnership.rules import posts_for
from partnership.watch.page import lay_out_operations


@login_required
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    if not posts_for(request).is_technician:
        raise PermissionDenied
    page = lay_out_operations(timezone.now())
    return render(request, "partnership/workplace/operations.html", {"page": page})


@login_required
@require_POST
def try_mails(request: HttpRequest) -> HttpResponse:
    if not posts_for(request).is_technician:
        raise PermissionDenied
    assert isinstance(request.user, Person)
    number = try_postponed_now(actor=request.user)
    words = ngettext(
        "%(number)s E-Mail wird jetzt noch einmal versucht.",
        "%(number)s E-Mails werden jetzt noch einmal versucht.",
        number,
    )
    messages.success(request, words % {"number": number})
    return redirect("workplace:operations")
