"""Several houses side by side: how full weeks, months and coming days are."""

import datetime
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.house_loads import (
    HousesWeek,
    Load,
    lay_out_houses,
    notice_days,
    quarter_of,
    read_span,
)
from consultations.models import Appointment, OfficeHours
from consultations.week import monday_of, week_key
from partnership.models import Office
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = Appointment.State
WEEK = "/arbeitsplatz/woche/"
LOAD = "/arbeitsplatz/woche/auslastung/"


@pytest.fixture
def second(world: World) -> Office:
    return factories.make_office(world.ihk, name="IHK Borna", city="Borna")


def week_of(world: World, *offices: Office) -> HousesWeek:
    hours = OfficeHours.objects.filter(office__in=offices).prefetch_related("lanes")
    return lay_out_houses(
        monday=monday_of(week_key(world.hours.day), today=world.hours.day),
        offices=offices,
        hours=list(hours),
        now=timezone.now(),
    )


def column_of(day: datetime.date) -> int:
    """Of a week's picture, which shows a day of the weekend only if something is on it."""
    return min(day.weekday(), 5)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_each_house_and_day_says_how_full_it_is(world: World, second: Office) -> None:
    for index, state in enumerate((State.CONFIRMED, State.UNCONFIRMED, State.CANCELLED, State.HELD)):
        factories.make_appointment(hours=world.hours, index=index, state=state)
    week = week_of(world, world.office, second)
    assert [house.load.words for house in week.houses] == ["2 von 4 vergeben, 50 %", "kein Sprechtag"]
    assert week.by_day[column_of(world.hours.day)] == Load(2, 4, 1)
    assert week.finding == "2 Häuser: 2 von 4 vergeben, 50 %."


def test_what_has_run_out_is_not_taken(world: World) -> None:
    past = timezone.now() - datetime.timedelta(minutes=1)
    factories.make_appointment(hours=world.hours, state=State.UNCONFIRMED, confirm_by=past)
    assert week_of(world, world.office).load.taken == 0


def test_hours_that_are_not_public_are_named_and_not_counted(world: World) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    [house] = week_of(world, world.office).houses
    assert (house.load.total, house.days[column_of(world.hours.day)].note) == (0, "Entwurf")


def test_full_and_empty_days_are_noticed(world: World, second: Office) -> None:
    for index in range(4):
        factories.make_appointment(hours=world.hours, index=index)
    empty = factories.make_hours(office=second, police=world.police, officers=[world.pia])
    hours = list(OfficeHours.objects.prefetch_related("lanes"))
    offices = {office.pk: office for office in (world.office, second)}
    noticed = notice_days(hours, offices=offices, now=timezone.now())
    assert {(n.office, n.words) for n in noticed} == {
        (world.office, "voll: 4 von 4 vergeben, 100 %"),
        (second, "fast leer: 0 von 4 vergeben, 0 %"),
    }
    assert empty.pk


def test_picture_and_table_agree(client: Client, world: World, second: Office) -> None:
    factories.make_appointment(hours=world.hours)
    page = text(sign_in(client, world.bert).get(WEEK, {"haus": "alle", "woche": week_key(world.hours.day)}))
    assert ">1/4</text>" in page
    assert "1 von 4 vergeben, 25 %</td>" in page
    assert f"{world.office.name}: 1 von 4 vergeben, 25 %" in page


def test_any_selection_of_houses(client: Client, world: World, second: Office) -> None:
    third = factories.make_office(world.ihk, name="IHK Torgau", city="Torgau")
    page = text(sign_in(client, world.bert).get(f"{WEEK}?haus={second.pk}&haus={third.pk}"))
    labels = re.findall(r"<title>([^<]+): kein Sprechtag</title>", page)
    assert labels == ["IHK Borna", "IHK Torgau"]


def test_houses_of_other_chambers_are_not_among_them(client: Client, world: World, second: Office) -> None:
    page = text(sign_in(client, world.bert).get(f"{WEEK}?haus={second.pk}&haus={world.hwk_office.pk}"))
    assert world.hwk_office.name not in page


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2026-02", datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)),
        ("2026-Q4", datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)),
        ("2026-13", datetime.date(2027, 1, 1), datetime.date(2027, 1, 31)),
        ("quatsch", datetime.date(2027, 1, 1), datetime.date(2027, 1, 31)),
    ],
)
def test_months_and_quarters(key: str, first: datetime.date, last: datetime.date) -> None:
    span = read_span(key, today=datetime.date(2027, 1, 5))
    assert (span.first, span.last) == (first, last)


def test_quarters_follow_each_other_over_the_year() -> None:
    quarter = quarter_of(datetime.date(2026, 12, 5))
    assert (quarter.after.key, quarter.before.key) == ("2027-Q1", "2026-Q3")


def test_the_page_of_a_quarter_has_its_months(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours)
    key = quarter_of(world.hours.day).key
    page = text(sign_in(client, world.bert).get(LOAD, {"zeitraum": key}))
    assert "1 von 4 vergeben, 25 %" in page
    assert page.count('scope="col"') == 10


def test_desks_alone_open_it(client: Client, world: World) -> None:
    for path in (LOAD, f"{WEEK}?haus=alle"):
        assert client.get(path)["Location"].startswith("/konto/anmelden/")
        for who in ("paula", "lea", "karl", "dora", "carl"):
            assert sign_in(client, getattr(world, who)).get(path).status_code == 403
        assert world.office.name not in text(sign_in(client, world.hanna).get(path))
        client.logout()


@pytest.mark.parametrize("path", [f"{WEEK}?haus=alle", f"{LOAD}?x"])
def test_as_many_statements_for_many_houses_and_bookings(client: Client, world: World, path: str) -> None:
    week = f"{path}&woche={week_key(world.hours.day)}&zeitraum={world.hours.day:%Y-%m}"
    sign_in(client, world.bert).get(week)
    with CaptureQueriesContext(connection) as once:
        client.get(week)
    for _number in range(10):
        hours = factories.make_hours(
            office=factories.make_office(world.ihk),
            police=world.police,
            officers=[factories.make_person()],
            day=world.hours.day,
        )
        for index in range(3):
            factories.make_appointment(hours=hours, index=index)
    with CaptureQueriesContext(connection) as many:
        assert client.get(week).status_code == 200
    assert len(many) == len(once)
