"""The public page of a house: where it is, when it is closed, what is free."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.nearness import near_offices
from consultations.offers import DAYS_AT_ONCE, lay_out
from consultations.queries import bookable_offices, coming_closures, free_times
from consultations.search import days_wanted
from consultations.wizard import read_draft
from partnership.current import current_partnership
from partnership.models import OfficeClosure
from partnership.places import geo_of
from partnership.times import long_date


@never_cache
@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    house = get_object_or_404(bookable_offices(partnership), pk=pk)
    own = read_draft(request).held_id or None
    days = days_wanted(request.GET)
    offer = lay_out(
        free_times(partnership=partnership, office_ids=[house.pk], own_hold_id=own),
        near=near_offices([house], ""),
        office_ids=[house.pk],
        days=days,
    )
    context = {
        "partnership": partnership,
        "office": house,
        "place": {"address": house.address, "geo": geo_of(house.latitude, house.longitude)},
        "is_step_free": house.step_free,
        "closures": [_closed(closure) for closure in coming_closures(house)],
        "offer": offer,
        "here": _search(house.pk),
        "more_url": f"?tage={days + DAYS_AT_ONCE}#{offer.last_anchor}",
    }
    return render(request, "consultations/public/office.html", context)


def _search(office_id: int) -> str:
    """What the way back from a booking leads to: the list of times, of this house."""
    query = QueryDict(mutable=True)
    query["ort"] = str(office_id)
    return query.urlencode()


def _closed(closure: OfficeClosure) -> dict[str, str]:
    return {
        "first": long_date(closure.starts),
        "last": long_date(closure.ends) if closure.ends > closure.starts else "",
        "reason": closure.reason,
    }
