"""An officer plans a visit: offers times, fixes one, moves, cancels, hands over."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.forms.visit_planning import (
    CancelVisitForm,
    HandOverVisitForm,
    OwnTimeForm,
    ProposedTimesForm,
)
from consultations.models import Appointment, VisitRequest
from consultations.queries import officer_posts
from consultations.visits import changing, offering
from consultations.visits.planning_page import PlanningPage, lay_out_planning, standing_visit
from consultations.visits.queries import requests_visible_to
from consultations.visits.rules import PLANNED, may_handle
from consultations.visits.travel_plans import plan_of
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import CONFLICT, acting, allow, posted

POLICE = Appointment.CancelledBy.POLICE
Form = ProposedTimesForm | OwnTimeForm


@login_required
@never_cache
@allow
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Proposals and a time of one's own, each in a form; `vorgang` says what becomes of what was chosen."""
    asked = _asked(request, reference)
    standing = standing_visit(asked)
    now = timezone.now()
    page = lay_out_planning(asked, standing=standing, now=now, heeds_wishes="alle" not in request.GET)
    own = request.POST.get("formular") == "eigene"
    forms: dict[str, Form] = {
        "form": ProposedTimesForm(None if own else posted(request), days=page.days),
        "own_form": OwnTimeForm(
            posted(request) if own else None,
            minutes=plan_of(asked.police_id).visit_minutes,
            is_move=standing is not None,
        ),
    }
    form = forms["own_form" if own else "form"]
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _carry_out(request, asked, standing, form))
        except Refusal as error:
            refusal = error
        else:
            return redirect("appointments:visit_plan", reference)
    return _show(request, asked, page, standing=standing, refusal=refusal, **forms)


@login_required
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    asked = _asked(request, reference)
    offering.withdraw_times(request_id=asked.pk, actor=acting(request))
    messages.success(request, _("Die Zeiten sind zurückgenommen. Die Firma kann sie nicht mehr wählen."))
    return redirect("appointments:visit_plan", reference)


@login_required
@never_cache
@allow
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    asked = _asked(request, reference)
    standing = standing_visit(asked)
    if standing is None:
        return redirect("appointments:visit_plan", reference)
    form, refusal = CancelVisitForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            changing.cancel_visit(
                appointment_id=standing.pk,
                by=POLICE,
                actor=acting(request),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _told(asked, _("Der Besuch ist abgesagt.")))
            return redirect("appointments:visit_plan", reference)
    return _show_act(request, asked, form, "cancel", refusal=refusal)


@login_required
@never_cache
@allow
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    asked = _asked(request, reference)
    standing = standing_visit(asked)
    if standing is None:
        return redirect("appointments:visit_plan", reference)
    form = HandOverVisitForm(posted(request), officers=_colleagues(asked))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            changing.hand_over_visit(
                appointment_id=standing.pk,
                officer=form.chosen,
                actor=acting(request),
                reason=form.cleaned_data["reason"],
                insists=form.cleaned_data["insists"],
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(who)s übernimmt den Besuch.") % {"who": form.chosen})
            return redirect("appointments:today")
    return _show_act(request, asked, form, "hand_over", refusal=refusal)


def _carry_out(request: HttpRequest, asked: VisitRequest, standing: Appointment | None, form: Form) -> str:
    """Says what was done."""
    values, actor = form.cleaned_data, acting(request)
    insists = bool(values.get("insists"))
    if standing:
        changing.move_visit(
            appointment_id=standing.pk, starts_at=form.chosen[0], actor=actor, by=POLICE, insists=insists
        )
        return _told(asked, _("Der Besuch ist verschoben."))
    if request.POST.get("vorgang") == "anbieten":
        offered = offering.offer_times(
            request_id=asked.pk,
            starts=form.chosen,
            actor=actor,
            minutes=values.get("minutes"),
            insists=insists,
        )
        return ngettext(
            "Eine Zeit ist angeboten. Die Firma hat eine E-Mail.",
            "%(count)d Zeiten sind angeboten. Die Firma hat eine E-Mail.",
            len(offered),
        ) % {"count": len(offered)}
    offering.fix_by_phone(
        request_id=asked.pk,
        starts_at=form.chosen[0],
        actor=actor,
        minutes=values.get("minutes"),
        insists=insists,
    )
    return _told(asked, _("Der Termin steht."))


def _told(asked: VisitRequest, what: str) -> str:
    if asked.contact_email:
        return what + " " + _("Die Firma bekommt eine E-Mail.")
    phone = asked.contact_phone or _("keine Telefonnummer")
    return (
        what
        + " "
        + _("Die Firma hat keine E-Mail-Adresse, sagen Sie Bescheid: %(phone)s.") % {"phone": phone}
    )


def _asked(request: HttpRequest, reference: str) -> VisitRequest:
    posts = posts_for(request)
    if not posts.police:
        raise PermissionDenied
    asked = get_object_or_404(requests_visible_to(posts), reference=reference)
    if not may_handle(posts, asked, acting(request)):
        raise PermissionDenied
    return asked


def _colleagues(asked: VisitRequest) -> list[Person]:
    posts = officer_posts(asked.partnership).filter(organisation=asked.police)
    return [post.person for post in posts if post.person and post.person_id != asked.officer_id]


def _show(
    request: HttpRequest,
    asked: VisitRequest,
    page: PlanningPage,
    *,
    standing: Appointment | None,
    refusal: Refusal | None,
    **forms: Form,
) -> HttpResponse:
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "standing": standing,
        "refusal": refusal,
        "can_plan": asked.state in PLANNED,
        "can_offer": asked.contact_email and standing is None,
        "ignores_wishes": "alle" in request.GET,
        "is_ahead": standing is None or standing.starts_at > timezone.now() - datetime.timedelta(hours=1),
        **forms,
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/visits/plan.html", context, status=status)


def _show_act(
    request: HttpRequest, asked: VisitRequest, form: Any, act: str, *, refusal: Refusal | None
) -> HttpResponse:
    context = {"asked": asked, "form": form, "act": act, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/visits/plan_act.html", context, status=status)
