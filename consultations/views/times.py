"""First page of a booking: where and when. Choosing a time holds it."""

import datetime
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations import booking
from consultations.models import OfficeHours
from consultations.offers import DAYS_AT_ONCE, Choice, FirstTime, buttons, read_choice
from consultations.queries import FreeTime, free_times, nearest_times
from consultations.search import Found, Search, find_times
from consultations.taking_time import SlotTaken
from consultations.wizard import Draft, keep_draft, read_draft
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import Partnership
from partnership.refusals import Refusal
from partnership.times import berlin_day, clock_text, long_moment

CONFLICT = 409
HINTS = {
    "keine-zeit": gettext_lazy("Wählen Sie zuerst eine Zeit. Danach geben Sie Ihre Daten an."),
    "zeit": gettext_lazy("Diese Zeit kennen wir nicht. Wählen Sie bitte eine aus der Liste."),
}


@never_cache
@require_safe
def times(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    if partnership is None:
        return render(request, "consultations/public/not_open.html")
    draft = read_draft(request)
    search = Search.read(request.GET)
    found = find_times(partnership=partnership, search=search, own_hold_id=draft.held_id or None)
    context = {
        "partnership": partnership,
        "found": found,
        "offer": found.offer,
        "form": found.form,
        "here": search.query(),
        "more_url": f"?{search.query(tage=search.days + DAYS_AT_ONCE)}#{found.offer.last_anchor}",
        "first_words": _first_words(found),
        "held": _held_words(draft),
        "hint": HINTS.get(request.GET.get("hinweis", "")),
    }
    return render(request, "consultations/public/times.html", context)


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Holds the chosen time for this session, then goes on to where the booking stood."""
    check_limit(request, "hold")
    draft = read_draft(request)
    draft.wanted = QueryDict(request.POST.get("filter", draft.wanted)[:1000]).urlencode()
    choice = read_choice(request.POST.get("zeit", ""))
    if choice is None:
        return redirect(times_url(draft, hint="zeit"))
    hours_id, starts_at = choice
    try:
        held = booking.hold(
            hours_id=hours_id,
            starts_at=starts_at,
            held_id=draft.held_id or None,
            held_by=_browser_mark(request),
        )
    except SlotTaken as taken:
        return _taken(request, draft, taken, lost=choice)
    draft.take_time(held, hours_id=hours_id)
    keep_draft(request, draft)
    return redirect("consultations:check" if draft.is_complete else "consultations:details")


def _taken(request: HttpRequest, draft: Draft, refusal: Refusal, *, lost: Choice) -> HttpResponse:
    """Not the whole page again: when many want one time, the nearest others are what helps."""
    partnership = current_partnership(request)
    context = {
        "partnership": partnership,
        "refusal": refusal,
        "nearest": nearest_to(_free_around(partnership, draft, lost), lost) if partnership else [],
        "wanted": draft.wanted,
        "held": _held_words(draft),
        "times_url": times_url(draft),
    }
    return render(request, "consultations/public/taken.html", context, status=CONFLICT)


def _free_around(partnership: Partnership, draft: Draft, lost: Choice) -> list[FreeTime]:
    """Free times up to a week after a lost one; all there are where that is none."""
    own = draft.held_id or None
    until = berlin_day(lost[1]) + datetime.timedelta(days=7)
    near = free_times(partnership=partnership, own_hold_id=own, until=until)
    return near or free_times(partnership=partnership, own_hold_id=own)


def _browser_mark(request: HttpRequest) -> str:
    """The form's cookie, which a browser has before it has a session; only its hash is kept."""
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return hashlib.sha256(f"hold:{cookie}".encode()).hexdigest() if cookie else ""


def times_url(draft: Draft, *, hint: str = "") -> str:
    """The way back to the search as it was; `hint` names a sentence of HINTS."""
    query = QueryDict(draft.wanted, mutable=True)
    query.pop("hinweis", None)
    if hint:
        query["hinweis"] = hint
    return reverse("consultations:times") + (f"?{query.urlencode()}" if query else "")


def nearest_to(times: list[FreeTime], lost: Choice) -> list[FirstTime]:
    """Other free times near a lost one, as buttons."""
    hours_id, starts_at = lost
    hours = OfficeHours.objects.select_related("office").filter(pk=hours_id).first()
    others = [time for time in times if (time.hours.pk, time.starts_at) != lost]
    if hours is None:
        return buttons(others[:4])
    return buttons(nearest_times(others, to=starts_at, office=hours.office))


def _first_words(found: Found) -> str:
    if found.offer.first_is_choice:
        return _("Ihre Wahl")
    return _("Als Erstes frei in Ihrer Nähe") if found.search.known_postcode else _("Als Erstes frei")


def _held_words(draft: Draft) -> str:
    if not draft.has_time or draft.has_run_out:
        return ""
    return _("Sie haben %(when)s reserviert, bis %(until)s.") % {
        "when": long_moment(draft.starts),
        "until": clock_text(draft.held_until_moment),
    }
