"""The officers' list of requests for visits as ready strings."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Absence, TravelPlan, VisitMatter, VisitRequest
from consultations.talks import Badge
from consultations.visits.line import TAKEN_WITHIN
from consultations.visits.queries import away_until, has_offers, is_long, officer_is_away
from consultations.visits.travel import estimate
from consultations.visits.travel_plans import plans_and_starts
from consultations.waiting.wishes import wishes_in_words
from partnership.models import Office, Person
from partnership.photos.queries import count_photos
from partnership.times import at_wall_time, short_date, today
from partnership.working_days import working_days_before, working_days_since

State = VisitRequest.State
Reason = VisitMatter.Reason
REASON_KINDS = {Reason.BURGLARY: "danger", Reason.BUILDING: "info", Reason.GENERAL: ""}


@dataclass(frozen=True, slots=True)
class RequestRow:
    reference: str
    firm: str
    place: str
    premises: str
    reason: Badge
    age: str
    wishes: str
    photos: str
    who: str
    is_free: bool
    distance: str
    flags: list[Badge]


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    href: str
    count: int
    is_here: bool


def requests_of_tab(requests: QuerySet[VisitRequest], tab: str, person: Person) -> QuerySet[VisitRequest]:
    """`tab` is 'frei', 'meine', 'antwort' (offered, not answered) or 'abwesend' (the officer is away)."""
    match tab:
        case "frei":
            return requests.filter(state=State.OPEN)
        case "meine":
            return requests.filter(officer=person)
        case "antwort":
            return requests.filter(has_offers())
        case "abwesend":
            return requests.filter(officer_is_away())
    return requests


def tabs_of(requests: QuerySet[VisitRequest], query: QueryDict, person: Person, *, leads: bool) -> list[Tab]:
    """With how many are in each, counted in one statement. Absences are the lead's to look after."""
    counts = requests.aggregate(
        all=Count("pk"),
        frei=Count("pk", filter=Q(state=State.OPEN)),
        meine=Count("pk", filter=Q(officer=person)),
        antwort=Count("pk", filter=has_offers()),
        abwesend=Count("pk", filter=officer_is_away()),
    )
    names = {
        "": _("Alle"),
        "frei": _("Freie"),
        "meine": _("Meine"),
        "antwort": _("Warten auf Antwort"),
        "abwesend": _("Bei länger Abwesenden"),
    }
    chosen = query.get("wer", "")
    here = chosen if chosen in names else ""
    return [
        Tab(name, _address(query, key), counts[key or "all"], is_here=key == here)
        for key, name in names.items()
        if key != "abwesend" or here == key or (leads and counts[key])
    ]


def older_than(days: int) -> Q:
    """Asked so many working days ago or earlier."""
    after = working_days_before(today(), days) + datetime.timedelta(days=1)
    return Q(asked_since__lt=at_wall_time(after, datetime.time()))


def lay_out_rows(requests: Sequence[VisitRequest], person: Person) -> list[RequestRow]:
    """In five statements for any number."""
    keys = [request.pk for request in requests]
    offered = set(VisitRequest.objects.filter(has_offers(), pk__in=keys).values_list("pk", flat=True))
    away = away_until({r.officer_id for r in requests if r.officer_id})
    starts = plans_and_starts({request.police_id for request in requests})
    photos = count_photos(VisitRequest, keys)
    return [
        RequestRow(
            reference=request.reference,
            firm=request.firm_name,
            place=f"{request.postcode} {request.city}",
            premises=str(request.get_premises_display()),
            reason=reason_badge(request),
            age=age_in_words(request),
            wishes=wishes_of(request),
            photos=_photos_in_words(photos.get(request.pk, 0)),
            who=_("Sie") if request.officer_id == person.pk else str(request.officer or ""),
            is_free=request.state == State.OPEN,
            distance=distance_in_words(request, *starts[request.police_id]),
            flags=flags_of(request, away.get(request.officer_id or 0), has_offers=request.pk in offered),
        )
        for request in requests
    ]


def reason_badge(request: VisitRequest) -> Badge:
    matter: VisitMatter | None = getattr(request, "matter", None)
    if matter is None:
        return Badge("", "")
    return Badge(str(matter.get_reason_display()), REASON_KINDS[Reason(matter.reason)])


def age_in_words(request: VisitRequest) -> str:
    if request.asked_since is None:
        return ""
    days = working_days_since(request.asked_since, today())
    if not days:
        return _("neu")
    return ngettext("seit %(n)s Arbeitstag", "seit %(n)s Arbeitstagen", days) % {"n": days}


def wishes_of(request: VisitRequest) -> str:
    """'Montag, Mittwoch; vormittags; auch kurzfristig'."""
    words = wishes_in_words(request)
    return f"{words}; {_('auch kurzfristig')}" if request.takes_freed_times else words


def distance_in_words(request: VisitRequest, plan: TravelPlan, start: Office | None) -> str:
    """An estimate by road, from where the directorate's officers set out."""
    if start is None or request.latitude is None or request.longitude is None:
        return ""
    way = estimate(plan, (start.latitude, start.longitude), (request.latitude, request.longitude))
    return _("etwa %(km)s km ab %(city)s") % {"km": way.km, "city": start.city}


def away_badge(absence: Absence) -> Badge:
    return Badge(_("abwesend bis %(day)s") % {"day": short_date(_last_day(absence))}, "warning")


def flags_of(request: VisitRequest, absence: Absence | None, *, has_offers: bool) -> list[Badge]:
    """What somebody should look at, in words."""
    flags = []
    days = working_days_since(request.asked_since, today()) if request.asked_since else 0
    if request.state == State.OPEN and days >= TAKEN_WITHIN:
        named = _("der Leitung genannt") if request.named_to_lead_at else _("zu lange offen")
        flags.append(Badge(named, "warning"))
    if has_offers:
        flags.append(Badge(_("wartet auf Antwort"), "info"))
    if absence and is_long(absence, now=timezone.now()):
        flags.append(away_badge(absence))
    return flags


def _photos_in_words(count: int) -> str:
    return ngettext("%(n)s Foto", "%(n)s Fotos", count) % {"n": count} if count else ""


def _last_day(absence: Absence) -> datetime.date:
    """The end is the first moment back."""
    return timezone.localdate(absence.ends_at - datetime.timedelta(seconds=1))


def _address(query: QueryDict, tab: str) -> str:
    changed = query.copy()
    for name in ("seite", "wer"):
        changed.pop(name, None)
    if tab:
        changed["wer"] = tab
    return f"?{changed.urlencode()}"
