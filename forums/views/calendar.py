"""Events for everybody: the calendar by list and by month, its feed, the archive, each event's page."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from forums.calendar.event_page import lay_out_event
from forums.calendar.feed import event_file, lay_out_feed
from forums.calendar.listing import (
    coming_events,
    events_of_month,
    following_in_series,
    past_events_of,
    towns_of,
    years_of_past,
)
from forums.calendar.month import lay_out_month
from forums.calendar.rows import rows_by_month
from forums.calendar.search import AS_MONTH, Month, Search
from forums.forms.calendar import CalendarFilter
from forums.materials.overview import public_materials, public_materials_of
from forums.models import Event, Visibility
from forums.queries import events_visible_to, public_events
from partnership.current import absolute_url, current_partnership
from partnership.models import Partnership
from partnership.rules import posts_for
from partnership.times import berlin_day
from partnership.views.calendar_feeds import answer_with_feed

KEPT_SECONDS = 900


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    partnership, now = _partnership_or_404(request), timezone.now()
    search = Search.read(request.GET)
    context = {
        "search": search,
        "form": CalendarFilter(search, towns=towns_of(partnership, now=now)),
        "list_query": search.query(),
        "month_query": search.query(ansicht=AS_MONTH),
        "address": _feed_address(partnership, search),
    }
    if search.as_month:
        month = search.month or Month.of(berlin_day(now))
        rows = search.of(events_of_month(partnership, month, now=now))
        page = lay_out_month(rows, month=month, search=search, now=now)
        return render(request, "forums/calendar/month.html", context | {"page": page})
    months = rows_by_month(search.of(coming_events(partnership, now=now)), now=now)
    return render(request, "forums/calendar/list.html", context | {"months": months})


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    partnership, now = _partnership_or_404(request), timezone.now()
    years = years_of_past(partnership, now=now)
    wanted = request.GET.get("jahr", "")
    year = next((year for year in years if str(year) == wanted), years[0] if years else None)
    rows = list(past_events_of(partnership, year, now=now)) if year else []
    months = rows_by_month(rows, now=now, materials=public_materials_of(rows))
    context = {"years": years, "year": year, "months": months}
    return render(request, "forums/calendar/archive.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Fetched by programs, several times a day, for years; the filters are those of the page."""
    content = lay_out_feed(_partnership_or_404(request), Search.read(request.GET), now=timezone.now())
    response = answer_with_feed(request, content)
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


@require_safe
def event(request: HttpRequest, reference: str) -> HttpResponse:
    found, now = _open_event(request, reference), timezone.now()
    if found is None:
        return redirect_to_login(request.get_full_path())
    is_past = found.state == Event.State.CANCELLED or found.ends_at <= now
    following = following_in_series(found, now=now) if is_past else None
    context = {
        "event": found,
        "page": lay_out_event(found, following=following, now=now),
        "materials": public_materials(found),
        "address": absolute_url(found.partnership, request.path),
        "is_public": found.visibility == Visibility.PUBLIC and found.state in Event.TOLD,
    }
    return render(request, "forums/calendar/event.html", context)


@require_safe
def event_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    found = _open_event(request, reference)
    if found is None:
        return redirect_to_login(request.get_full_path())
    response = HttpResponse(event_file(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="veranstaltung-{found.reference}.ics"'
    return response


def _open_event(request: HttpRequest, reference: str) -> Event | None:
    """What is public is everybody's, the rest is for whoever sees it at the workplace. None: who is not
    signed in and asks for one among partners signs in first."""
    partnership = _partnership_or_404(request)
    found = public_events(partnership).filter(reference=reference).first()
    if found is None and request.user.is_authenticated:
        found = events_visible_to(posts_for(request)).filter(reference=reference).first()
    if found is None:
        among_partners = Event.objects.filter(visibility=Visibility.INTERNAL, state__in=Event.TOLD)
        if request.user.is_authenticated or not among_partners.filter(reference=reference).exists():
            raise Http404
    return found


def _feed_address(partnership: Partnership, search: Search) -> dict[str, str]:
    """As a program wants it, and as a link that opens the program."""
    query = search.query()
    address = absolute_url(partnership, reverse("forums:feed")) + (f"?{query}" if query else "")
    return {"url": address, "webcal": f"webcal://{address.partition('://')[2]}"}


def _partnership_or_404(request: HttpRequest) -> Partnership:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    return partnership
