"""Visits and what comes of them: the list of those who ask, entries saved at once, reports, the brochure, and
calendar feeds. All but the entries in this process.
"""

import datetime
import random
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Finding, VisitMatter, VisitReport, VisitRequest
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.pdf import render_report
from partnership import documents
from partnership.models import CalendarFeed, Office, Organisation, Person
from partnership.publications import editing, template
from partnership.publications.printing import render_edition
from partnership.times import today
from tests import factories
from tests.bench.client import Browser
from tests.bench.data import Calendar
from tests.bench.desk import desk_of, fill_week, milliseconds, signed_in
from tests.bench.measure import expect, in_threads, median, one_row, posting
from tests.bench.report import Row, row
from tests.bench.sites import Site
from tests.consultations.feed_steps import address_of
from tests.consultations.report_steps import release
from tests.consultations.test_report_pdf import fill_whole_checklist
from tests.consultations.visit_log_steps import visit_of_today
from tests.pdf_ua import pages_of
from tests.personas import World, build_world

REQUESTS = 10_000
A_PAGE = 30
SAVES = 200
APPOINTMENTS = 2_000
ROUNDS = 3
LOOKS = re.compile(r"<link[^>]*>|<style.*?</style>| class=\"[^\"]*\"| style=\"[^\"]*\"", re.DOTALL)


@cache
def small_world() -> tuple[World, VisitReport]:
    """With the portal's own checklist of 54 items in force, and a draft that says something at each."""
    world = build_world()
    return world, fill_whole_checklist(world)


def documents_rows() -> list[Row]:
    """Each beside WeasyPrint on the same words and pictures, without our styles, tags and archive."""
    world, draft = small_world()
    report = release(world, draft)
    edition = editing.add_brochure(
        partnership=world.partnership,
        title=template.TITLE,
        subtitle=template.SUBTITLE,
        chapters=template.chapters_to_begin_with(),
        contacts=template.contacts_to_begin_with(world.partnership),
        actor=world.karl,
    )
    found = []
    for name, render in (
        ("report", partial(render_report, report)),
        ("brochure", partial(render_edition, edition)),
    ):
        html, photos, pages = what_is_printed(render)
        floor = milliseconds(partial(print_bare, LOOKS.sub("", html), photos))
        target = "at most 1.3 times" if name == "report" else ""
        title = f"PDF of a {name}, {pages} pages"
        found.append(row(title, milliseconds(render), "ms", floor=floor, target=target))
    return found


def what_is_printed(render: "partial[bytes]") -> tuple[str, documents.Photos, int]:
    given: dict[str, Any] = {}
    write = documents._written

    def look(html: str, *, photos: documents.Photos | None, **options: Any) -> bytes:
        given.update(html=html, photos=photos or {})
        return write(html, photos=photos, **options | {"uncompressed_pdf": True})

    with mock.patch.object(documents, "_written", look):
        pages = pages_of(render())
    return given["html"], given["photos"], pages


def print_bare(html: str, photos: documents.Photos) -> None:
    from weasyprint import HTML

    fetcher = documents._fetcher_class()(photos)
    HTML(string=html, base_url=documents.SCHEME, url_fetcher=fetcher).write_pdf()


def list_of_requests(calendar: Calendar) -> list[Row]:
    """The officers' list and its map with ten thousand that wait, against one page of them."""
    many, few = (_directorate(calendar, number) for number in range(2))
    _write_requests(calendar, many[0], REQUESTS)
    _write_requests(calendar, few[0], A_PAGE)
    floor, value = (
        milliseconds(partial(_page_of_requests, signed_in(officer), query=""))
        for officer in (few[1], many[1])
    )
    filtered = milliseconds(partial(_page_of_requests, signed_in(many[1]), query="?anlass=burglary&alter=5"))
    name = f"list of {REQUESTS} requests"
    return [
        row(name, value, "ms", floor=floor),
        row(f"{name}, those after a burglary", filtered, "ms", floor=floor),
    ]


def _directorate(calendar: Calendar, number: int) -> tuple[Organisation, Person]:
    police = factories.make_police(calendar.partnership, name=f"Direktion {number}")
    factories.make_office(police, latitude=51.34, longitude=12.37)
    officer = factories.make_person(f"list{number}@bench.example")
    factories.make_post(officer, "officer", organisation=police)
    return police, officer


def _write_requests(calendar: Calendar, police: Organisation, count: int) -> None:
    """In four hundred places, over half a year."""
    dice, now = random.Random(7), timezone.now()
    places = [(50.9 + dice.random(), 12 + 2 * dice.random()) for _place in range(400)]
    requests = VisitRequest.objects.bulk_create(
        (
            VisitRequest(
                partnership=calendar.partnership,
                police=police,
                reference=f"R{police.pk}-{number}",
                state=VisitRequest.State.OPEN,
                firm_name=f"Tischlerei {number}",
                contact_email=f"firm{number}@bench.example",
                street="Hofweg 3",
                postcode=f"04{number % 400:03}",
                city=f"Ort {number % 400}",
                latitude=places[number % 400][0],
                longitude=places[number % 400][1],
                premises="workshop",
                asked_since=now - datetime.timedelta(minutes=26 * number),
            )
            for number in range(count)
        ),
        batch_size=2000,
    )
    VisitMatter.objects.bulk_create(
        (
            VisitMatter(request=request, reason="general" if number % 5 else "burglary")
            for number, request in enumerate(requests)
        ),
        batch_size=2000,
    )


def _page_of_requests(client: Client, *, query: str) -> None:
    response = client.get(reverse("appointments:visit_requests") + query)
    if response.status_code != 200:
        raise AssertionError(response.status_code)


def entries_saved_at_once(ours: Site, bare: Site) -> list[Row]:
    """Two hundred officers save an entry each at the same moment, in logs of 54 items; nothing is lost."""
    world, _draft = small_world()
    visits = [visit_of_today(world, officer=o) for o in (world.paula, world.pia, world.lea, world.karl)]
    logs = [begin_log(visit_id=visit.pk, actor=world.paula) for visit in visits]
    cookie = signed_in(world.paula).cookies[settings.SESSION_COOKIE_NAME].value
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        rates["bare"].append(SAVES / in_threads([one_row(bare) for _number in range(SAVES)], SAVES))
        Finding.objects.filter(report__in=logs).delete()
        places = [(log, item) for log in logs for item in log.checklist.items.all()][:SAVES]
        jobs = [_entry(ours, cookie, log, item.pk) for log, item in places]
        rates["ours"].append(SAVES / in_threads(jobs, SAVES))
        if Finding.objects.filter(report__in=logs, note="Steht über").count() != SAVES:
            raise AssertionError("an entry is lost")
    value, floor = median(rates["ours"]), median(rates["bare"])
    return [row(f"{SAVES} entries of logs saved at once", value, "saves/s", floor=floor)]


def _entry(ours: Site, cookie: str, log: VisitReport, item_id: int) -> Callable[[], None]:
    browser = Browser(ours.port, cookies={settings.SESSION_COOKIE_NAME: cookie})
    path = reverse("appointments:visit_log_item", args=[log.visit.appointment.reference, item_id])
    expect(browser.get(path), 200)
    data = {"gesehen": "0", "state": "weak", "note": "Steht über"}
    return posting(browser, path, data | {"e-TOTAL_FORMS": "0", "e-INITIAL_FORMS": "0"})


def feeds(calendar: Calendar) -> list[Row]:
    """A house's feed with two thousand appointments, against twenty; asked again, nothing is new."""
    desk = desk_of(calendar)
    monday = today() + datetime.timedelta(days=200)
    monday -= datetime.timedelta(days=monday.weekday())
    addresses = []
    for count in (APPOINTMENTS, APPOINTMENTS // 100):
        office: Office = factories.make_office(calendar.chamber)
        fill_week(calendar, office, monday, count)
        addresses.append(address_of(desk, CalendarFeed.Kind.HOUSE, office=office))
    client = Client(SERVER_NAME="127.0.0.1")
    value, floor = (milliseconds(partial(client.get, address)) for address in addresses)
    known = client.get(addresses[0])
    again = client.get(addresses[0], headers={"if-none-match": known["ETag"]})
    if (known.status_code, again.status_code) != (200, 304):
        raise AssertionError(f"{known.status_code} {again.status_code}")
    ask_again = partial(client.get, addresses[0], headers={"if-none-match": known["ETag"]})
    name = f"feed of a house with {APPOINTMENTS} appointments"
    return [
        row(name, value, "ms", floor=floor),
        row(f"{name}, nothing new", milliseconds(ask_again), "ms", floor=floor),
    ]
