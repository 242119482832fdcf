"""The officers' list of requests for visits, with a map, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.forms.visit_requests import RequestFilter
from consultations.models import VisitRequest
from consultations.visits import overview, rules
from consultations.visits.line import in_order
from consultations.visits.places import PHONE, draw_requests, lies_in, place_choices, places_of
from consultations.visits.queries import other_directorates, requests_visible_to
from consultations.visits.request_page import lay_out_request
from partnership.paging import sheet_of
from partnership.place_map import LARGE
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.views.administration.pages import CONFLICT, acting

PER_PAGE = 30


@login_required
@never_cache
@require_safe
def visit_requests(request: HttpRequest) -> HttpResponse:
    posts, person = _posts_of_police(request), acting(request)
    waiting = requests_visible_to(posts).filter(state__in=VisitRequest.WAITING)
    search = RequestFilter(request.GET, places=place_choices(places_of(waiting)))
    here, reason, age = (search.given(name) or "" for name in ("gebiet", "anlass", "alter"))
    if reason:
        waiting = waiting.filter(matter__reason=reason)
    if age:
        waiting = waiting.filter(overview.older_than(int(age)))
    within = waiting.filter(lies_in(here)) if here else waiting
    tab = search.given("wer") or ""
    places = places_of(overview.requests_of_tab(waiting, tab, person))
    chosen = in_order(overview.requests_of_tab(within, tab, person))
    sheet = sheet_of(chosen.values_list("pk", flat=True), request.GET, per_page=PER_PAGE)
    shown = in_order(requests_visible_to(posts).filter(pk__in=sheet.rows))
    context = {
        "search": search,
        "tabs": overview.tabs_of(within, request.GET, person, leads=bool(posts.lead_of)),
        "sheet": sheet,
        "rows": overview.lay_out_rows(list(shown), person),
        "map_wide": draw_requests(places, request.GET, here=here, size=LARGE),
        "map_narrow": draw_requests(places, request.GET, here=here, size=PHONE),
        "map_label": _("Wo die Betriebe liegen"),
    }
    return render(request, "consultations/police/visit_requests.html", context)


@login_required
@never_cache
@require_safe
def visit_request(request: HttpRequest, reference: str) -> HttpResponse:
    return show_request(request, visible_request(request, reference))


def visible_request(request: HttpRequest, reference: str) -> VisitRequest:
    return get_object_or_404(requests_visible_to(_posts_of_police(request)), reference=reference)


def show_request(
    request: HttpRequest, found: VisitRequest, *, refusal: Refusal | None = None
) -> HttpResponse:
    posts, person = posts_for(request), acting(request)
    handles = found.state in VisitRequest.WAITING and rules.may_handle(posts, found, person)
    gives_away = found.state in VisitRequest.WAITING and rules.may_give_away(posts, found)
    context = lay_out_request(found, now=timezone.now()) | {
        "refusal": refusal,
        "is_own": found.officer_id == person.pk,
        "can_take": rules.may_take(posts, found),
        "can_plan": found.state in rules.PLANNED and rules.may_handle(posts, found, person),
        "can_handle": handles,
        "can_put_back": handles and found.state == VisitRequest.State.TAKEN,
        "can_give_away": gives_away and other_directorates(found).exists(),
    }
    return render(
        request, "consultations/police/visit_request.html", context, status=CONFLICT if refusal else 200
    )


def _posts_of_police(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_open_requests(posts):
        raise PermissionDenied
    return posts
