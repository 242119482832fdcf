"""Löschbegehren: what a chamber's desk or the coordination decides on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import erasing
from partnership.erasure_pages import lay_out_parts
from partnership.forms.erasures import RefuseErasureForm
from partnership.models import ErasurePart, ErasureState
from partnership.paging import sheet_of
from partnership.queries import erasure_parts_visible_to, firms_of
from partnership.refusals import Refusal
from partnership.rules import may_decide_erasures, posts_for
from partnership.times import today
from partnership.views.own_pages import CONFLICT, person_of

State = ErasureState


@login_required
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """The open ones by the day they are due, then those decided, latest first."""
    visible = _visible(request)
    decided = sheet_of(
        visible.exclude(state=State.OPEN).order_by("-decided_at", "-request__closed_at", "-pk"), request.GET
    )
    context = {
        "rows": lay_out_parts(visible.filter(state=State.OPEN), today=today()),
        "sheet": decided,
        "decided": lay_out_parts(decided.rows, today=today()),
    }
    return render(request, "partnership/workplace/erasures.html", context)


@login_required
@require_safe
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(_visible(request), pk=pk), RefuseErasureForm())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks on a page of its own before anything goes."""
    part = get_object_or_404(_visible(request), pk=pk, request__person__isnull=False)
    context = _about(part)
    if request.method == "POST":
        try:
            erasing.carry_out_part(part_id=part.pk, actor=person_of(request))
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, _("Gelöscht. Die Person erfährt es per E-Mail."))
            return redirect("workplace:erasure", pk)
    status = CONFLICT if "refusal" in context else 200
    return render(request, "partnership/workplace/erasure_carry_out.html", context, status=status)


@login_required
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(_visible(request), pk=pk)
    form = RefuseErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, part, form)
    try:
        erasing.refuse_part(part_id=part.pk, answer=form.cleaned_data["answer"], actor=person_of(request))
    except Refusal as refusal:
        return _page(request, part, form, refusal=refusal)
    messages.success(request, _("Abgelehnt. Die Begründung geht per E-Mail an die Person."))
    return redirect("workplace:erasure", pk)


def _visible(request: HttpRequest) -> Any:
    posts = posts_for(request)
    if not may_decide_erasures(posts):
        raise PermissionDenied
    return erasure_parts_visible_to(posts)


def _page(
    request: HttpRequest, part: ErasurePart, form: RefuseErasureForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    context = _about(part) | {"form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "partnership/workplace/erasure.html", context, status=status)


def _about(part: ErasurePart) -> dict[str, Any]:
    """For the account: firms, and which other parts are still open. For a chamber: its own records only."""
    person = part.request.person
    is_open = part.state == State.OPEN and person is not None
    holdings = erasing.holdings_about(person, part.organisation) if is_open and person else []
    return {
        "part": part,
        "row": lay_out_parts([part], today=today())[0],
        "person": person,
        "reason": part.request.reason,
        "is_open": is_open,
        "holdings": holdings if part.organisation else [],
        "holds": any(holding.holds for holding in holdings),
        "is_kept": bool(part.organisation) and any(holding.is_kept for holding in holdings),
        "firms": list(firms_of(person)) if person and is_open and part.partnership else [],
        "waiting_for": [
            other.organisation.short_name if other.organisation else _("Koordination")
            for other in erasing.parts_undecided(part.request, besides=part)
        ]
        if part.partnership
        else [],
    }
