"""Asking for a visit: place and reason, who asks, check, sent. Then the yes by the mail's link."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.forms.visit_asking import PlaceForm, RequestForm, as_initial, typed_in
from consultations.models import VisitRequest
from consultations.queries import member_chambers
from consultations.views.times import CONFLICT
from consultations.views.visit_photos import add_photos_page
from consultations.visits.asking import ask
from consultations.visits.page import photos_in_words
from consultations.visits.photos import MOST_PHOTOS
from consultations.wizard import (
    VisitDraft,
    VisitSent,
    finish_visit,
    keep_visit_draft,
    read_visit_draft,
    read_visit_sent,
)
from partnership.current import current_partnership
from partnership.directorates import directorate_for, lies_outside
from partnership.firms import area_of
from partnership.limits import check_limit
from partnership.middleware import takes_photos
from partnership.models import FirmContact, Partnership, Person, Site
from partnership.queries import firms_of, has_confirmed_address
from partnership.refusals import Refusal
from partnership.times import current_language, long_moment

allow = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@allow
def place(request: HttpRequest) -> HttpResponse:
    """What is typed stays in the session, right or wrong. `standort` is one of the own sites."""
    partnership = _partnership(request)
    draft = read_visit_draft(request)
    sites = _own_sites(request)
    if request.method != "POST":
        form = PlaceForm(initial=_place_begun(request, draft, sites))
    else:
        form = PlaceForm(request.POST)
        draft.place = typed_in(form)
        keep_visit_draft(request, draft)
        if form.is_valid():
            return redirect("consultations:visit_details")
    context = {
        "form": form,
        "partnership": partnership,
        "sites": sites if len(sites) > 1 else [],
        "is_open": directorate_for(partnership=partnership, area=None) is not None,
    }
    return render(request, "consultations/visits/place.html", context)


@never_cache
@allow
def details(request: HttpRequest) -> HttpResponse:
    partnership, draft = _partnership(request), read_visit_draft(request)
    place_form = PlaceForm(QueryDict(draft.place))
    if not place_form.is_valid():
        return redirect("consultations:visit_ask")
    chambers = list(member_chambers(partnership))
    if request.method == "POST":
        form = RequestForm(request.POST, chambers=chambers)
        draft.details = typed_in(form)
        keep_visit_draft(request, draft)
        if form.is_valid():
            return redirect("consultations:visit_check")
    elif "pruefen" in request.GET:
        form = RequestForm(QueryDict(draft.details), chambers=chambers)
    else:
        known = as_initial(draft.details) if draft.details else _known_of(request)
        form = RequestForm(initial=known, chambers=chambers)
    context = _about(partnership, place_form) | {"form": form}
    return render(request, "consultations/visits/details.html", context)


@never_cache
@allow
def check(request: HttpRequest) -> HttpResponse:
    partnership, draft = _partnership(request), read_visit_draft(request)
    if not draft.place and read_visit_sent(request):
        return redirect("consultations:visit_sent")
    place_form, form = _both(partnership, draft)
    if not place_form.is_valid():
        return redirect("consultations:visit_ask")
    if not (draft.details and form.is_valid()):
        return redirect("consultations:visit_details")
    context = _about(partnership, place_form) | {
        "email": form.cleaned_data["contact_email"],
        "steps": [
            ("consultations:visit_ask", place_form.summary),
            ("consultations:visit_details", form.summary),
        ],
        "needs_no_mail": _is_own_address(request, form.cleaned_data["contact_email"]),
    }
    if request.method != "POST":
        return render(request, "consultations/visits/check.html", context)
    check_limit(request, "ask")
    entry = form.entry(
        partnership=partnership, page_language=current_language(), place=place_form.cleaned_data
    )
    try:
        asked = ask(entry=entry, person=request.user if isinstance(request.user, Person) else None)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "consultations/visits/check.html", context, status=CONFLICT)
    return _thank(request, asked)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    told = read_visit_sent(request)
    if told is None:
        return redirect("consultations:visit_ask")
    asked = VisitRequest.objects.filter(pk=told.request_id).first()
    context = {
        "sent": told,
        "demo": settings.DEMO,
        "partnership": current_partnership(request),
        "photos_words": photos_in_words(asked) if asked else "",
    }
    return render(request, "consultations/visits/sent.html", context)


@takes_photos(most=MOST_PHOTOS)
@never_cache
@allow
def sent_photos(request: HttpRequest) -> HttpResponse:
    """For whoever has just asked: this session knows which request that was."""
    told = read_visit_sent(request)
    asked = VisitRequest.objects.filter(pk=told.request_id, emptied_at__isnull=True).first() if told else None
    if asked is None:
        return redirect("consultations:visit_ask")
    return add_photos_page(request, asked, back=reverse("consultations:visit_sent"), by=None)


def _thank(request: HttpRequest, asked: VisitRequest) -> HttpResponse:
    if asked.confirm_by is None:
        finish_visit(request, None)
        messages.success(request, _("Ihre Anfrage ist bei der Polizei."))
        return redirect("own_visits:visit_request", asked.reference)
    told = VisitSent(
        request_id=asked.pk,
        email=asked.contact_email,
        confirm_by=long_moment(asked.confirm_by),
        phone=asked.partnership.phone,
    )
    finish_visit(request, told)
    return redirect("consultations:visit_sent")


def _partnership(request: HttpRequest) -> Partnership:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    return partnership


def _both(partnership: Partnership, draft: VisitDraft) -> tuple[PlaceForm, RequestForm]:
    chambers = list(member_chambers(partnership))
    return PlaceForm(QueryDict(draft.place)), RequestForm(QueryDict(draft.details), chambers=chambers)


def _about(partnership: Partnership, place_form: PlaceForm) -> dict[str, Any]:
    """Call it on a valid form."""
    area = area_of(place_form.cleaned_data["postcode"])
    police = directorate_for(partnership=partnership, area=area)
    return {
        "partnership": partnership,
        "police": police,
        "city": place_form.cleaned_data["city"],
        "lies_outside": lies_outside(partnership=partnership, area=area),
    }


def _is_own_address(request: HttpRequest, email: str) -> bool:
    """As `ask` judges it."""
    user = request.user
    return isinstance(user, Person) and email.lower() == user.email and has_confirmed_address(user)


def _own_sites(request: HttpRequest) -> list[Site]:
    if not isinstance(request.user, Person):
        return []
    return list(Site.objects.filter(firm__in=firms_of(request.user)).order_by("firm__name", "pk"))


def _place_begun(request: HttpRequest, draft: VisitDraft, sites: list[Site]) -> dict[str, Any]:
    """The site that was chosen, else what was typed, else the first site."""
    chosen = [site for site in sites if str(site.pk) == request.GET.get("standort")]
    typed = as_initial(draft.place)
    for site in chosen or ([] if typed else sites[:1]):
        typed |= {"street": site.street, "postcode": site.postcode, "city": site.city}
    return typed


def _known_of(request: HttpRequest) -> dict[str, Any]:
    """Name and address of whoever is signed in, and the one firm for which that person speaks."""
    if not isinstance(request.user, Person):
        return {}
    known: dict[str, Any] = {"contact_name": request.user.name, "contact_email": request.user.email}
    firm = firms_of(request.user).first()
    if firm is None:
        return known
    contact = FirmContact.objects.filter(firm=firm, person=request.user).first()
    return known | {
        "firm_name": firm.name,
        "chamber": str(firm.chamber_id or ""),
        "membership_number": firm.membership_number,
        "contact_phone": contact.phone if contact else "",
    }
