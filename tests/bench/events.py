"""Events: registering, the pages of one with 500 registrations, and the door with 300 people before it."""

import datetime
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.door.half_days import half_day_at
from forums.forms.registering import NOT, groups_of
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, Registration
from partnership.models import Organisation
from partnership.times import berlin_day
from tests.bench.client import Browser
from tests.bench.data import Calendar
from tests.bench.desk import desk_of, milliseconds, signed_in
from tests.bench.measure import expect, in_threads, median, one_row, posting, posts_per_second
from tests.bench.report import Row, row
from tests.bench.sites import Site
from tests.event_factories import make_event, make_part

MANY, FEW = 500, 5
POSTS = 100
PEOPLE = 300
AT_THE_DOOR = 4
ROUNDS = 3


def registering(ours: Site, bare: Site, calendar: Calendar) -> list[Row]:
    """The POST that registers for a talk and one of two workshops, until the mail that asks for the yes."""
    event = _forum(calendar.chamber)
    groups = groups_of(event.parts.prefetch_related("places").select_related("event"))
    chosen = {group.field: f"{group.parts[0].pk}-{Mode.SITE}" for group in groups if group.parts[0].choice}
    begun = {group.field: f"{group.parts[0].pk}-{Mode.SITE}" if group.is_for_all else NOT for group in groups}
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        rates["bare"].append(posts_per_second([one_row(bare) for _number in range(POSTS)]))
        before = Registration.objects.filter(event=event).count()
        jobs = [_registration(ours, event, begun | chosen) for _number in range(POSTS)]
        rates["ours"].append(posts_per_second(jobs))
        if Registration.objects.filter(event=event).count() != before + POSTS:
            raise AssertionError("a registration is lost")
    value, floor = median(rates["ours"]), median(rates["bare"])
    return [row("registration POST", value, "requests/s", floor=floor)]


def pages_of_one_event(calendar: Calendar) -> list[Row]:
    """In this process, each against the same page with five."""
    desk = desk_of(calendar)
    events = [_forum(calendar.chamber), _forum(calendar.chamber)]
    for event, count in zip(events, (MANY, FEW), strict=True):
        _write_registrations(event, count)
    pages = {
        "public page of an event": "forums:event",
        "list of who takes part": "events:participants",
        "door": "events:door",
    }
    client = signed_in(desk)
    found = []
    for name, url in pages.items():
        value, floor = (
            milliseconds(partial(_page, client, reverse(url, args=[e.reference]))) for e in events
        )
        found.append(row(f"{name} with {MANY} registrations", value, "ms", floor=floor))
    return found


def checking_in(ours: Site, bare: Site, calendar: Calendar) -> list[Row]:
    """Three hundred tickets are scanned at four doors: page, then one tap; nobody is noted twice or lost."""
    desk = desk_of(calendar)
    event = _forum(calendar.chamber, day=berlin_day(timezone.now()))
    _write_registrations(event, PEOPLE)
    cookie = signed_in(desk).cookies[settings.SESSION_COOKIE_NAME].value
    half_day = half_day_at(timezone.now()).key
    tickets = list(Registration.objects.filter(event=event).values_list("ticket", flat=True))
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        jobs = [one_row(bare) for _number in range(PEOPLE)]
        rates["bare"].append(PEOPLE / in_threads(jobs, AT_THE_DOOR))
        Attendance.objects.filter(booking__registration__event=event).delete()
        jobs = [partial(_scan, ours, cookie, ticket, half_day) for ticket in tickets]
        rates["ours"].append(PEOPLE / in_threads(jobs, AT_THE_DOOR))
        if Attendance.objects.values("booking__registration").distinct().count() != PEOPLE:
            raise AssertionError("somebody is lost")
    value, floor = median(rates["ours"]), median(rates["bare"])
    return [row(f"{PEOPLE} people through {AT_THE_DOOR} doors", value, "people/s", floor=floor)]


def _forum(organiser: Organisation, *, day: datetime.date | None = None) -> Event:
    """From midnight to midnight, so that the door is open whenever this runs."""
    event = make_event(organiser=organiser, day=day)
    start = timezone.localtime(event.starts_at).replace(hour=0)
    Event.objects.filter(pk=event.pk).update(
        starts_at=start, ends_at=start + datetime.timedelta(hours=23, minutes=59)
    )
    event.refresh_from_db()
    make_part(event, site=2000, is_for_all=True)
    for _number in range(2):
        make_part(event, site=2000, choice="Workshop")
    return event


def _write_registrations(event: Event, count: int) -> None:
    now, talk = timezone.now(), EventPart.objects.filter(event=event).earliest("pk")
    registrations = Registration.objects.bulk_create(
        Registration(
            event=event,
            reference=f"N{event.pk}-{number}",
            ticket=f"{event.pk:04}{number:06}",
            state=Registration.State.CONFIRMED,
            name=f"Kim Beispiel {number}",
            email=f"kim{event.pk}-{number}@bench.example",
            firm_name=f"Tischlerei {number}",
            confirmed_at=now,
        )
        for number in range(count)
    )
    PartBooking.objects.bulk_create(
        PartBooking(registration=one, part=talk, mode=Mode.SITE, state=PartBooking.State.CONFIRMED)
        for one in registrations
    )


def _page(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise AssertionError(f"{path}: {response.status_code}")


def _registration(ours: Site, event: Event, parts: dict[str, str]) -> Callable[[], None]:
    browser = Browser(ours.port)
    path = reverse("forums:register", args=[event.reference])
    expect(browser.get(path), 200)
    data = {
        "name": "Kim Muster",
        "email": f"guest{browser.number}@bench.example",
        "role": "business",
        "firm_name": "Tischlerei Muster",
        "mit-TOTAL_FORMS": "0",
        "mit-INITIAL_FORMS": "0",
    }
    return posting(browser, path, data | parts)


def _scan(ours: Site, cookie: str, ticket: str, half_day: str) -> None:
    browser = Browser(ours.port, cookies={settings.SESSION_COOKIE_NAME: cookie})
    path = reverse("events:check_in", args=[ticket])
    expect(browser.get(path), 200)
    expect(browser.post(path, {"halbtag": half_day}), 302)
