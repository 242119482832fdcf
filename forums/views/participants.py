"""Who takes part in an event: the desk's list, and the same as files."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forums.desk import export
from forums.desk.listing import (
    Headcount,
    Standing,
    count_people,
    find_registrations,
    programme_of,
    rows_of,
    sums_of,
    with_bookings,
)
from forums.desk.needs import needs_of
from forums.event_tabs import frame_of
from forums.forms.participants import ParticipantSearch
from forums.models import Event, Registration
from forums.queries import registrations_visible_to
from forums.views.desk_pages import event_of_desk
from partnership.journal import log_act
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.rules import posts_for
from partnership.spreadsheets import CSV, XLSX, csv_of


@login_required
@never_cache
@require_safe
def participants(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    visible = _registrations(request, event)
    search = ParticipantSearch(request.GET, parts=programme_of(event))
    sheet = sheet_of(with_bookings(find_registrations(visible, search.wanted)), request.GET)
    headcount = count_people(visible)
    context = frame_of(request, event) | {
        "search": search,
        "sheet": sheet,
        "rows": rows_of(sheet.rows),
        "stands": _stands(request.GET, search, headcount),
        "heading": _heading(search, sheet.count),
        "sums": sums_of(event),
        "headcount": headcount,
        "needs": needs_of(event),
    }
    return render(request, "forums/desk/participants.html", context)


@login_required
@never_cache
@require_safe
def participants_xlsx(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    registrations = list(with_bookings(_registrations(request, event)).order_by("name", "pk"))
    return _as_file(request, event, "xlsx", export.workbook(event, registrations, needs_of(event)))


@login_required
@never_cache
@require_safe
def participants_csv(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    registrations = list(with_bookings(_registrations(request, event)).order_by("name", "pk"))
    return _as_file(request, event, "csv", csv_of(export.participants_sheet(event, registrations)))


def _registrations(request: HttpRequest, event: Event) -> QuerySet[Registration]:
    return registrations_visible_to(posts_for(request)).filter(event=event)


def _as_file(request: HttpRequest, event: Event, suffix: str, content: bytes) -> HttpResponse:
    """Names leave the portal: that is logged."""
    assert isinstance(request.user, Person)
    log_act(act="event.participants_exported", thing=event, actor=request.user, organisation=event.organiser)
    response = HttpResponse(content, content_type={"xlsx": XLSX, "csv": CSV}[suffix])
    response["Content-Disposition"] = f'attachment; filename="{export.file_name(event, suffix)}"'
    return response


def _stands(query: QueryDict, search: ParticipantSearch, headcount: Headcount) -> list[dict[str, object]]:
    """Links that keep what else is looked for."""
    counts = {
        Standing.TAKES_PART: headcount.take_part,
        Standing.WAITS: headcount.wait,
        Standing.GONE: headcount.gone,
    }
    rows = []
    for standing, count in counts.items():
        changed = query.copy()
        changed.pop("seite", None)
        changed["stand"] = standing.value
        is_here = search.wanted.standing == standing
        rows.append(
            {"url": f"?{changed.urlencode()}", "label": standing.label, "count": count, "is_here": is_here}
        )
    return rows


def _heading(search: ParticipantSearch, count: int) -> str:
    match search.wanted.standing:
        case Standing.TAKES_PART:
            words = ngettext("%(count)d Person nimmt teil", "%(count)d Personen nehmen teil", count)
        case Standing.WAITS:
            words = ngettext("%(count)d Person wartet", "%(count)d Personen warten", count)
        case Standing.GONE:
            words = ngettext(
                "%(count)d Person hat sich abgemeldet", "%(count)d Personen haben sich abgemeldet", count
            )
        case _:
            words = ngettext("%(count)d Anmeldung gefunden", "%(count)d Anmeldungen gefunden", count)
    words = words % {"count": count}
    return (
        _("%(words)s, auf die Ihre Suche passt") % {"words": words} if search.is_narrowed and count else words
    )
