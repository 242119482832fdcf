"""Who has asked for a visit: several towns, some after a burglary, some taken, some older than is good."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from consultations.demo.bookings import OWN_FIRM, deal_firms
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.models import VisitMatter, VisitRequest, VisitRequestStep, Waiting
from consultations.visits.asking import (
    Confided,
    Entry,
    Wishes,
    ask,
    confirm_request,
    enter_for_caller,
    withdraw_request,
)
from partnership.demo import leipzig
from partnership.models import LogEntry, OutgoingMail, Person
from partnership.times import a_month_after, at_wall_time, berlin_day, today
from partnership.working_days import working_day_before

HOUR = datetime.timedelta(hours=1)
Reason, Premises, State = VisitMatter.Reason, VisitRequest.Premises, VisitRequest.State
PartOfDay = Waiting.PartOfDay


@dataclass(frozen=True, kw_only=True)
class Story:
    """`age` in working days; none is a few hours ago. `taken_by` is an address."""

    street: str
    postcode: str
    city: str
    premises: str = Premises.WORKSHOP
    reason: str = Reason.GENERAL
    note: str = ""
    age: int = 0
    taken_by: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    more: dict[str, Any] = field(default_factory=dict)


STORIES = (
    Story(
        street="Demogasse 21",
        postcode="04668",
        city="Grimma",
        reason=Reason.BURGLARY,
        note="Werkzeug und Akkus sind weg. Zwölf Leute, zwei Hallen.",
        wishes=Wishes(takes_freed_times=True),
    ),
    Story(
        street="Musterring 4",
        postcode="04552",
        city="Borna",
        premises=Premises.SHOP,
        reason=Reason.BURGLARY,
        note="Der zweite Einbruch in diesem Jahr.",
        age=1,
        wishes=Wishes(part_of_day=PartOfDay.MORNING),
    ),
    Story(
        street="Beispielallee 17",
        postcode="04317",
        city="Leipzig",
        premises=Premises.OFFICE,
        reason=Reason.BURGLARY,
        age=3,
        taken_by=leipzig.OFFICER,
    ),
    Story(
        street="Am Probehof 2",
        postcode="04838",
        city="Eilenburg",
        premises=Premises.WAREHOUSE,
        reason=Reason.BURGLARY,
        note="Diesel und Kabel vom Hof.",
        age=6,
        wishes=Wishes(weekdays=[1, 3], takes_freed_times=True),
    ),
    Story(
        street="Demoweg 9",
        postcode="04509",
        city="Delitzsch",
        reason=Reason.BUILDING,
        note="Wir bauen eine Halle an und möchten Tore und Fenster vorher besprechen.",
        age=2,
        taken_by=leipzig.SECOND_OFFICER,
        more={"on_site_name": "Bauleitung, Herr Emsig", "on_site_phone": "034202 000-77"},
    ),
    Story(
        street="Musterufer 12",
        postcode="04860",
        city="Torgau",
        premises=Premises.RESTAURANT,
        reason=Reason.BUILDING,
        age=4,
        wishes=Wishes(weekdays=[0], part_of_day=PartOfDay.AFTERNOON),
    ),
    Story(street="Beispielmarkt 3", postcode="04758", city="Oschatz", premises=Premises.SHOP, age=5),
    Story(
        street="Probestraße 30",
        postcode="04808",
        city="Wurzen",
        premises=Premises.YARD,
        note="Maschinen stehen nachts auf dem Bauhof.",
        age=7,
        wishes=Wishes(takes_freed_times=True),
    ),
    Story(
        street="Demoplatz 1",
        postcode="04416",
        city="Markkleeberg",
        premises=Premises.OFFICE,
        age=8,
        taken_by=leipzig.OFFICER,
    ),
    Story(
        street="Musterhof 6",
        postcode="04435",
        city="Schkeuditz",
        premises=Premises.WAREHOUSE,
        note="Unsere Versicherung verlangt ein Konzept.",
        age=9,
        more={"access_note": "Anmeldung am Tor 3, bitte Ausweis bereithalten"},
    ),
)
OWN = Story(
    street=leipzig.FIRM_SITE["street"],
    postcode=leipzig.FIRM_SITE["postcode"],
    city=leipzig.FIRM_SITE["city"],
    reason=Reason.BURGLARY,
    note="Am Wochenende wurde das Rolltor hochgeschoben.",
    age=1,
    wishes=Wishes(part_of_day=PartOfDay.MORNING, takes_freed_times=True),
)
BY_TELEPHONE = Story(
    street="Demosteig 5", postcode="04680", city="Colditz", note="Ruft aus der Werkstatt an.", age=3
)
WITHDRAWN = Story(street="Musterpfad 8", postcode="04425", city="Taucha", age=5)
NOT_CONFIRMED = Story(street="Beispielufer 2", postcode="04105", city="Leipzig", premises=Premises.SHOP)


def add_visit_requests(cast: Cast) -> None:
    firms = deal_firms("visits", today())
    for story in (*STORIES, OWN):
        confirm_story(cast, OWN_FIRM if story is OWN else next(firms), story)
    caller = next(firms)
    desk, chamber = cast.people[leipzig.IHK_DESK], cast.organisations[leipzig.IHK]
    entry = _entry(cast, caller, BY_TELEPHONE, contact_email="")
    _set_back(enter_for_caller(entry=entry, desk_of=chamber, actor=desk), BY_TELEPHONE)
    withdraw_request(request_id=confirm_story(cast, next(firms), WITHDRAWN).pk)
    ask(entry=_entry(cast, next(firms), NOT_CONFIRMED))


def confirm_story(cast: Cast, firm: Firm, story: Story) -> VisitRequest:
    asked = ask(entry=_entry(cast, firm, story))
    request, _token = confirm_request(request_id=asked.pk)
    _set_back(request, story)
    if story.taken_by:
        _take(request, cast.people[story.taken_by])
    return request


def _entry(cast: Cast, firm: Firm, story: Story, **changes: Any) -> Entry:
    happened_on = today() - datetime.timedelta(days=story.age * 2 + 1)
    given: dict[str, Any] = {
        "partnership": cast.partnership,
        "firm_name": firm.name,
        "chamber": cast.organisations.get(firm.chamber),
        "membership_number": firm.membership_number,
        "contact_name": firm.contact,
        "contact_email": firm.email,
        "contact_phone": firm.phone,
        "street": story.street,
        "postcode": story.postcode,
        "city": story.city,
        "premises": story.premises,
        "wishes": _from_next_month(story.wishes) if story.age == 5 else story.wishes,
        "confided": Confided(reason=story.reason, note=story.note, happened_on=happened_on),
    }
    return Entry(**given | story.more | changes)


def _from_next_month(wishes: Wishes) -> Wishes:
    return Wishes(weekdays=wishes.weekdays, not_before=a_month_after(today()))


def _set_back(request: VisitRequest, story: Story) -> None:
    """As old as the story says, with its log and mails."""
    now = timezone.now()
    day = berlin_day(now)
    for _number in range(story.age):
        day = working_day_before(day)
    back = at_wall_time(day, datetime.time(8 + story.age, 40)) if story.age else now - 3 * HOUR
    since = back + HOUR / 3
    VisitRequest.objects.filter(pk=request.pk).update(created_at=back, asked_at=back, asked_since=since)
    about = {"content_type__model": "visitrequest", "object_id": request.pk}
    LogEntry.objects.filter(**about).update(at=since)
    LogEntry.objects.filter(act="visit_request.asked", **about).update(at=back)
    OutgoingMail.objects.filter(**about).update(queued_at=since)


def _take(request: VisitRequest, officer: Person) -> None:
    taken_at = timezone.now() - 2 * HOUR
    VisitRequest.objects.filter(pk=request.pk).update(state=State.TAKEN, officer=officer, taken_at=taken_at)
    VisitRequestStep.objects.create(
        request=request, kind=VisitRequestStep.Kind.TAKEN, by=officer, to=officer, at=taken_at
    )
