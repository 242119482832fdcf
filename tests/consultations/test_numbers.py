"""Numbers of houses and months: who sees them, what counts, what is hidden, and the files."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from consultations.models import Appointment, OfficeHours
from consultations.numbers.chart import draw_months
from consultations.numbers.counting import Scope
from consultations.numbers.report import Report, make_report
from partnership.rules import posts_of
from partnership.spreadsheets import Sheet, csv_of, workbook_of
from tests import factories
from tests.personas import World, sign_in

State = Appointment.State
PATH = "/arbeitsplatz/zahlen/"
TODAY = datetime.date(2026, 11, 24)
MAY = datetime.date(2026, 5, 12)
ENDS = [State.ATTENDED] * 8 + [State.MISSED] * 2 + [State.CANCELLED]
pytestmark = pytest.mark.django_db


def make_month(
    world: World, ends: list[str], day: datetime.date = MAY, *, topic: str = "burglary"
) -> OfficeHours:
    """Sixteen times on one day, as many booked as there are `ends`, each ten days before."""
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.paula],
        day=day,
        starts=datetime.time(8),
        ends=datetime.time(16),
        slot_minutes=30,
    )
    for index, state in enumerate(ends):
        booked = factories.make_appointment(
            hours=hours, index=index, state=state, topic=topic, confirmed_at=hours.starts_at
        )
        Appointment.objects.filter(pk=booked.pk).update(
            created_at=hours.starts_at - datetime.timedelta(days=10)
        )
    return hours


def report_for(
    world: World, *, first: datetime.date = MAY, last: datetime.date = MAY, who: str = "bert"
) -> Report:
    posts = posts_of(getattr(world, who))
    houses = [world.office]
    scope = Scope(posts, frozenset({world.office.pk}), first.replace(day=1), last.replace(day=28))
    return make_report(scope, houses, today=TODAY)


def cells(report: Report) -> list[str]:
    return [str(count) for count in report.houses[0].months[0].counts]


def test_what_counts(world: World) -> None:
    make_month(world, ENDS)
    assert cells(report_for(world)) == ["16", "11", "8", "< 5", "< 5", "0"]


def test_what_was_never_confirmed_and_what_is_held_does_not_count(world: World) -> None:
    hours = make_month(world, ENDS)
    for index, state in ((12, State.EXPIRED), (13, State.HELD), (14, State.UNCONFIRMED)):
        factories.make_appointment(hours=hours, index=index, state=state)
    factories.make_appointment(hours=hours, index=15, state=State.CANCELLED, confirmed_at=None)
    assert cells(report_for(world))[1] == "11"


def test_cancelled_hours_are_not_offered_but_their_bookings_count(world: World) -> None:
    hours = make_month(world, [State.CANCELLED] * 6)
    OfficeHours.objects.filter(pk=hours.pk).update(state=OfficeHours.State.CANCELLED)
    assert cells(report_for(world)) == ["0", "6", "0", "0", "6", "0"]


def test_two_officers_offer_twice(world: World) -> None:
    factories.make_hours(office=world.office, police=world.police, officers=[world.paula, world.pia], day=MAY)
    assert cells(report_for(world))[0] == "8"


def test_the_lead_is_shown_from_five_bookings_on(world: World) -> None:
    make_month(world, [State.ATTENDED] * 4)
    assert report_for(world).houses[0].months[0].lead_text == "–"
    make_month(world, [State.ATTENDED] * 5, MAY + datetime.timedelta(days=1))
    found = report_for(world)
    lines = [found.houses[0].months[0], found.houses[0].total, found.months[0], found.total]
    assert [line.lead_text for line in lines] == ["10"] * 4


def test_who_walked_in_has_no_lead(world: World) -> None:
    make_month(world, [State.ATTENDED] * 6)
    Appointment.objects.filter(pk__in=Appointment.objects.values("pk")[:2]).update(is_walk_in=True)
    assert report_for(world).total.lead_text == "–"


def test_sums_are_made_of_what_is_shown(world: World) -> None:
    make_month(world, [*[State.ATTENDED] * 7, State.MISSED])
    make_month(world, [State.ATTENDED] * 6, datetime.date(2026, 6, 9))
    total = report_for(world, last=datetime.date(2026, 6, 1)).houses[0].total
    assert [str(count) for count in total.counts] == ["32", "14", "13", "< 5", "< 5", "0"]


def test_the_last_day_of_a_month_in_berlin_counts_there(world: World) -> None:
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=datetime.date(2026, 10, 31)
    )
    assert hours
    october = report_for(world, first=datetime.date(2026, 10, 1), last=datetime.date(2026, 10, 1))
    assert october.last == datetime.date(2026, 10, 28)
    scope = Scope(
        posts_of(world.bert),
        frozenset({world.office.pk}),
        datetime.date(2026, 10, 1),
        datetime.date(2026, 10, 31),
    )
    assert make_report(scope, [world.office], today=TODAY).total.figures.offered == 4


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("bert", 200),
        ("hanna", 200),
        ("lea", 200),
        ("karl", 200),
        ("paula", 403),
        ("dora", 403),
        ("alice", 403),
    ],
)
@pytest.mark.parametrize("path", [PATH, f"{PATH}zahlen.xlsx", f"{PATH}zahlen.csv", f"{PATH}themen.csv"])
def test_who_reads_numbers(client: Client, world: World, who: str, status: int, path: str) -> None:
    response = sign_in(client, getattr(world, who)).get(path, follow=True)
    assert response.status_code == status


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(PATH).status_code == 302


def test_the_other_chamber_sees_only_its_own(client: Client, world: World) -> None:
    make_month(world, ENDS)
    html = sign_in(client, world.hanna).get(PATH).content.decode()
    assert "sobald es den ersten Sprechtag gibt" in html
    assert world.office.name not in html


@pytest.mark.parametrize("who", ["bert", "lea", "karl"])
def test_each_sees_the_same_of_a_house(world: World, who: str) -> None:
    make_month(world, ENDS)
    assert cells(report_for(world, who=who)) == ["16", "11", "8", "< 5", "< 5", "0"]


def test_a_page_says_what_the_numbers_mean(client: Client, world: World) -> None:
    make_month(world, ENDS)
    html = sign_in(client, world.bert).get(PATH, {"von": "2026-05", "bis": "2026-05"}).content.decode()
    assert "Mai 2026" in html
    assert "&lt; 5" in html
    assert "Gesprächszeiten öffentlicher Sprechtage" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"von": "2026-11", "bis": "2026-05"}, "Der letzte Monat liegt vor dem ersten"),
        ({"von": "2024-01", "bis": "2026-05"}, "Wählen Sie höchstens 18"),
        ({"von": "x"}, "Wählen Sie einen Monat aus der Liste"),
    ],
)
def test_what_cannot_be_answered_is_said(
    client: Client, world: World, query: dict[str, str], sentence: str
) -> None:
    make_month(world, [], datetime.date(2024, 1, 9))
    assert sentence in sign_in(client, world.bert).get(PATH, query).content.decode()


def test_more_months_cost_no_more_statements(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, world.bert)
    make_month(world, ENDS)
    client.get(PATH)
    with django_assert_num_queries(16, exact=False) as first:
        client.get(PATH)
    for number in range(30):
        make_month(world, ENDS[:3], MAY + datetime.timedelta(days=number + 1))
    with django_assert_num_queries(len(first)):
        client.get(PATH)


def test_bars_stand_on_the_base_and_fit(world: World) -> None:
    make_month(world, ENDS)
    chart = draw_months(report_for(world))
    assert {bar.kind for bar in chart.bars} == {"offered", "booked", "attended"}
    assert all(bar.y >= 0 and bar.y + bar.height <= chart.base for bar in chart.bars)


def test_the_workbook_opens_with_numbers_as_numbers(client: Client, world: World) -> None:
    make_month(world, ENDS)
    response = sign_in(client, world.bert).get(f"{PATH}zahlen.xlsx", {"von": "2026-05", "bis": "2026-05"})
    assert 'filename="zahlen-2026-05-bis-2026-05.xlsx"' in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Zahlen", "Erläuterung"]
    page = book["Zahlen"]
    assert page.freeze_panes == "A2"
    row = [cell.value for cell in page[2]]
    assert row == ["IHK", world.office.name, "2026-05", 16, 11, 8, "< 5", "< 5", 0, 10]
    words = {row[0]: row[1] for row in book["Erläuterung"].values}
    assert words["Zeitraum"] == "Mai 2026"


def test_the_csv_opens_in_a_german_program(client: Client, world: World) -> None:
    make_month(world, ENDS)
    response = sign_in(client, world.bert).get(f"{PATH}zahlen.csv", {"von": "2026-05", "bis": "2026-05"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Kammer", "Haus", "Monat", "Angeboten"]
    assert rows[1][2:] == ["2026-05", "16", "11", "8", "< 5", "< 5", "0", "10"]


@pytest.mark.parametrize("text", ["=1+1", "+49 341", "-x", "@SUM(A1)", "\tx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = Sheet("Blatt", ["Name"], [[text], [1.5], [None], ["a\x00b"]])
    assert f"'{text}".encode() in csv_of(sheet)
    cell = openpyxl.load_workbook(io.BytesIO(workbook_of(sheet))).active["A2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == ("s", text)
