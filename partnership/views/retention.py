"""Löschungen: an auditor's evidence. And what an organisation keeps although its time is over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.forms.holds import HoldForm
from partnership.models import RetentionHold
from partnership.refusals import Refusal
from partnership.retention.holds import (
    Holdable,
    end_hold,
    holdable_called,
    holdable_of,
    holds_on,
    place_hold,
)
from partnership.retention.page import erasures_sheet, gather_evidence
from partnership.rules import Posts, posts_for
from partnership.spreadsheets import CSV, csv_of
from partnership.times import numeric_date
from partnership.views.own_pages import CONFLICT, person_of, typed


@login_required
@never_cache
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    posts = _auditor(request)
    context = {"evidence": gather_evidence(posts), "several": len(posts.auditor_of) > 1}
    return render(request, "partnership/workplace/retention.html", context)


@login_required
@never_cache
@require_safe
def retention_csv(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(csv_of(erasures_sheet(_auditor(request))), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="loeschungen.csv"'
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Which holds stand on a thing, and a new one."""
    posts = posts_for(request)
    holdable = holdable_called(slug)
    if holdable is None:
        raise Http404
    thing = get_object_or_404(holdable.visible_to(posts), pk=pk)
    organisation = holdable.holders(posts, thing).first()
    if organisation is None:
        raise PermissionDenied
    form = HoldForm(typed(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            placed = place_hold(
                holdable=holdable,
                key=thing.pk,
                organisation=organisation,
                **form.cleaned_data,
                actor=person_of(request),
            )
        except Refusal as error:
            refusal = error
        else:
            until = numeric_date(placed.until)
            messages.success(request, _("Wird aufbewahrt bis %(until)s.") % {"until": until})
            return redirect(holdable.url(thing))
    context = _about(holdable, thing, posts) | {"form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "partnership/workplace/hold.html", context, status=status)


@login_required
@require_POST
def hold_end(request: HttpRequest, pk: int) -> HttpResponse:
    """By the organisation that placed it; others' holds do not exist for who cannot see the thing."""
    posts = posts_for(request)
    found = get_object_or_404(RetentionHold.objects.select_related("organisation"), pk=pk)
    holdable = holdable_of(found)
    thing = holdable.visible_to(posts).filter(pk=found.object_id).first() if holdable else None
    if holdable is None or thing is None:
        raise Http404
    if not holdable.holders(posts, thing).filter(pk=found.organisation_id).exists():
        raise PermissionDenied
    end_hold(hold_id=found.pk, actor=person_of(request))
    messages.success(
        request, _("Die Aufbewahrung ist aufgehoben. Was fällig ist, geht in der nächsten Nacht.")
    )
    return redirect(holdable.url(thing))


def _auditor(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not posts.auditor_of:
        raise PermissionDenied
    return posts


def _about(holdable: Holdable, thing: Any, posts: Posts) -> dict[str, Any]:
    """Somebody else's reason is theirs."""
    own = set(holdable.holders(posts, thing).values_list("pk", flat=True))
    return {
        "thing": thing,
        "words": holdable.words(thing),
        "back_url": holdable.url(thing),
        "holds": [
            {
                "key": hold.pk,
                "organisation": hold.organisation.short_name,
                "until": numeric_date(hold.until),
                "reason": hold.reason if hold.organisation_id in own else "",
                "is_own": hold.organisation_id in own and hold.object_id == thing.pk,
            }
            for hold in holds_on(thing)
        ],
    }
