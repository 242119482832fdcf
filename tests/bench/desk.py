"""The desk's rows: a firm among 200,000 while somebody types, the week of a house with 2,000 appointments."""

import datetime
import itertools
import time
from collections.abc import Callable

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse

from consultations.models import Appointment, Lane
from consultations.slots import cut_slots
from consultations.week import week_key
from partnership.firm_search import find_firms
from partnership.known_firms import firms_visible_to
from partnership.models import Firm, Office, Person
from partnership.rules import posts_of
from tests import factories
from tests.bench.data import Calendar
from tests.bench.measure import median
from tests.bench.report import Row, row

FIRMS = 200_000
APPOINTMENTS = 2_000
ROUNDS = 5
TRADES = (
    *("Bäckerei", "Metallbau", "Dachdeckerei", "Autohaus", "Elektro", "Tischlerei", "Spedition", "Hotel"),
    *("Optik", "Gasthof", "Sanitär", "Malerbetrieb", "Gartenbau", "Friseur", "Apotheke", "Zimmerei"),
)
BEGINNINGS = ("Müller", "Kram", "Linden", "Süß", "Birken", "Stein", "Mulden", "Auen", "Falken", "Roten")
ENDINGS = ("berg", "bach", "feld", "holz", "heim", "ow", "itz", "hausen", "grund", "rode", "walde", "stein")
FORMS = ("GmbH", "e.K.", "GmbH & Co. KG", "UG (haftungsbeschränkt)", "")
ASKED = (
    *("mül", "tischlerei sü", "Mueller Kramberg", "autohaus birkenfelt", "baekerei steinbach"),
    *("IHK-150001", "0341 150001", "Gasthof Rotenrohde Sueßow"),
)


def signed_in(person: Person) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client


def firm_search(calendar: Calendar) -> list[Row]:
    """Milliseconds in this process; the floor reads ten firms by their keys."""
    desk = desk_of(calendar)
    _write_firms(calendar)
    visible = firms_visible_to(posts_of(desk))
    keys = list(Firm.objects.values_list("pk", flat=True)[:10])
    floor = milliseconds(lambda: list(visible.filter(pk__in=keys).select_related("chamber")))
    taken = {asked: milliseconds(lambda a=asked: find_firms(visible, a)) for asked in ASKED}  # type: ignore[misc]
    name = f"firm among {FIRMS:,}".replace(",", " ")
    return [
        row(f"{name}, median of {len(ASKED)} searches", median(taken.values()), "ms", floor=floor),
        row(f"{name}, slowest", max(taken.values()), "ms", floor=floor),
    ]


def big_week(calendar: Calendar) -> list[Row]:
    """A house with two thousand appointments in a week, against one with twenty: how the page grows."""
    client = signed_in(desk_of(calendar))
    monday = datetime.date.today() + datetime.timedelta(days=400)
    monday -= datetime.timedelta(days=monday.weekday())
    full, small = (factories.make_office(calendar.chamber) for _number in range(2))
    fill_week(calendar, full, monday, APPOINTMENTS)
    fill_week(calendar, small, monday, APPOINTMENTS // 100)
    times = {
        office.pk: milliseconds(lambda o=office: _get(client, o, monday))  # type: ignore[misc]
        for office in (full, small)
    }
    everything = milliseconds(lambda: _get(client, None, monday))
    name = f"week of a house with {APPOINTMENTS} appointments"
    return [
        row(name, times[full.pk], "ms", floor=times[small.pk]),
        row("the same week, all houses side by side", everything, "ms", floor=times[small.pk]),
    ]


def desk_of(calendar: Calendar) -> Person:
    desk = Person.objects.filter(email="desk@bench.example").first()
    if desk is None:
        desk = factories.make_person(email="desk@bench.example", name="Desk")
        factories.make_post(desk, "desk", organisation=calendar.chamber)
    return desk


def _write_firms(calendar: Calendar) -> None:
    names = itertools.cycle(itertools.product(BEGINNINGS, ENDINGS, FORMS, TRADES, BEGINNINGS))
    other = factories.make_chamber(calendar.partnership, "HWK")
    Firm.objects.bulk_create(
        (
            Firm(
                name=f"{trade} {second if number % 3 else ''}{first}{ending} {form}".strip(),
                chamber=calendar.chamber if number % 2 else other,
                membership_number=f"IHK-{number:06d}",
                phone=f"0341 {number:06d}",
            )
            for number, (first, ending, form, trade, second) in zip(range(FIRMS), names, strict=False)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE partnership_firm")


def fill_week(calendar: Calendar, office: Office, monday: datetime.date, count: int) -> None:
    """Talks of a quarter of an hour in as many lanes as it takes."""
    per_day = -(-count // 5)
    for weekday in range(5):
        hours = factories.make_hours(
            office=office,
            police=calendar.police,
            officers=[],
            day=monday + datetime.timedelta(days=weekday),
            starts=datetime.time(8),
            ends=datetime.time(18),
            slot_minutes=15,
            partnership=calendar.partnership,
        )
        slots = cut_slots(hours)
        lanes = [
            Lane(hours=hours, number=number, officer=factories.make_person())
            for number in range(1, -(-per_day // len(slots)) + 1)
        ]
        places = list(itertools.product(Lane.objects.bulk_create(lanes), slots))[:per_day]
        Appointment.objects.bulk_create(
            Appointment(
                partnership=calendar.partnership,
                host=calendar.chamber,
                police=calendar.police,
                reference=f"B-{office.pk}{weekday}{number}",
                state=Appointment.State.CONFIRMED,
                lane=lane,
                period=DateTimeTZRange(*slot),
                firm_name=f"Tischlerei {number}",
            )
            for number, (lane, slot) in enumerate(places)
        )


def _get(client: Client, office: Office | None, monday: datetime.date) -> None:
    where = {"haus": office.pk if office else "alle", "woche": week_key(monday)}
    response = client.get(reverse("appointments:week"), where)
    if response.status_code != 200:
        raise AssertionError(response.status_code)


def milliseconds(act: Callable[[], object]) -> float:
    act()
    found = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)
