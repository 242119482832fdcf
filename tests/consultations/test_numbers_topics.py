"""Topics of houses and quarters: what counts, what is told, to whom, and the files."""

import csv
import datetime
import io
from collections.abc import Sequence

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment, Concern
from consultations.numbers.counting import Scope
from consultations.numbers.report import make_report
from consultations.numbers.topics import TopicTable, add_up
from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.models import Office
from partnership.rules import posts_of
from tests import factories
from tests.consultations.test_numbers import PATH, TODAY, make_month
from tests.personas import World, sign_in

State = Appointment.State
FIRST, LAST = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)
MAY, JUNE = datetime.date(2026, 5, 12), datetime.date(2026, 6, 9)
CAME = State.ATTENDED
SECOND_QUARTER = {"von": "2026-04", "bis": "2026-06"}
pytestmark = pytest.mark.django_db


def tables_for(
    world: World,
    *,
    who: str = "bert",
    houses: Sequence[Office] = (),
    first: datetime.date = FIRST,
    last: datetime.date = LAST,
) -> list[TopicTable]:
    chosen = list(houses) or [world.office]
    scope = Scope(posts_of(getattr(world, who)), frozenset(house.pk for house in chosen), first, last)
    return make_report(scope, chosen, today=TODAY).topics


def texts(world: World, *, who: str = "bert") -> list[str]:
    """Burglary, theft, building site, robbery, fraud, cyber, none."""
    return tables_for(world, who=who)[0].houses[0][1].texts


def make_second_house(world: World) -> Office:
    """With three bookings."""
    house = factories.make_office(world.ihk, city="Grimma")
    hours = make_month(world, [CAME] * 3, JUNE + datetime.timedelta(days=1))
    hours.office = house
    hours.save(update_fields=["office"])
    return house


def test_topics_of_a_house_and_a_quarter(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    (table,) = tables_for(world)
    assert table.title == "2. Quartal 2026"
    assert texts(world) == ["12", "0", "0", "0", "0", "6", "0"]


def test_what_was_cancelled_counts_and_what_was_never_confirmed_does_not(world: World) -> None:
    make_month(world, [*[CAME] * 7, *[State.CANCELLED] * 5])
    hours = make_month(world, [CAME] * 5, JUNE, topic="")
    factories.make_appointment(hours=hours, index=9, state=State.EXPIRED, topic="theft")
    assert texts(world) == ["12", "0", "0", "0", "0", "0", "5"]


def test_who_has_no_concern_has_no_topic(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    Concern.objects.filter(topic="cyber").delete()
    assert texts(world) == ["12", "0", "0", "0", "0", "0", "6"]


def test_an_outcome_noted_later_changes_nothing(world: World) -> None:
    make_month(world, [State.CONFIRMED] * 12)
    make_month(world, [State.CONFIRMED] * 6, JUNE, topic="cyber")
    before = texts(world)
    Appointment.objects.update(state=State.MISSED)
    assert texts(world) == before


def test_an_erasure_changes_nothing(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    before = texts(world)
    Appointment.objects.filter(concern__topic="cyber").update(person=world.alice)
    request = ask_for_erasure(person=world.alice, partnership=world.partnership)
    carry_out_part(part_id=request.parts.get(organisation=world.ihk).pk, actor=world.bert)
    assert Appointment.objects.filter(firm_name="(gelöscht)").count() == 6
    assert texts(world) == before


def test_a_quarter_counts_when_it_is_over_and_whole(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 12, datetime.date(2026, 10, 6))
    assert tables_for(world, first=MAY.replace(day=1)) == []
    tables = tables_for(world, last=datetime.date(2026, 12, 31))
    assert [table.title for table in tables] == ["2. Quartal 2026", "3. Quartal 2026"]


def test_of_fewer_than_ten_nothing_is_told(world: World) -> None:
    make_month(world, [CAME] * 9)
    assert texts(world) == ["–"] * 7


def test_of_what_might_be_fewer_than_ten_nothing_is_told(world: World) -> None:
    make_month(world, [CAME] * 7)
    make_month(world, [CAME] * 3, JUNE)  # "< 5"
    assert texts(world) == ["–"] * 7


def test_where_all_had_one_topic_a_span_is_told(world: World) -> None:
    make_month(world, [CAME] * 16)
    make_month(world, [CAME] * 16, JUNE)
    assert texts(world) == ["8 bis 32", *["< 5"] * 6]


def test_what_is_hidden_of_a_month_does_not_follow_from_topics(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, MAY + datetime.timedelta(days=1), topic="cyber")
    make_month(world, [CAME] * 3, JUNE)
    assert texts(world)[0] == "12 bis 16"


@pytest.mark.parametrize("who", ["bert", "lea", "karl"])
def test_each_sees_the_same_topics(world: World, who: str) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    assert texts(world, who=who) == ["12", "0", "0", "0", "0", "6", "0"]


def test_a_house_is_not_shown_differently_beside_another(world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    second = make_second_house(world)
    (alone,) = tables_for(world)
    (both,) = tables_for(world, houses=[world.office, second])
    assert both.houses[0] == alone.houses[0]
    assert both.houses[1][1].texts == ["–"] * 7
    assert (alone.total.texts[0], both.total.texts[0]) == ("12", "12 bis 16")


def test_quarters_are_added_up(world: World) -> None:
    for day in (MAY, datetime.date(2026, 7, 7)):
        make_month(world, [CAME] * 12, day)
        make_month(world, [CAME] * 6, day + datetime.timedelta(days=1), topic="cyber")
    every = add_up(tables_for(world, last=datetime.date(2026, 9, 30)))
    assert every.title == "2. Quartal 2026, 3. Quartal 2026"
    assert every.total.texts[0] == every.houses[0][1].texts[0] == "24"


def test_the_page_has_a_table_of_topics(client: Client, world: World) -> None:
    make_month(world, [CAME] * 12)
    html = sign_in(client, world.bert).get(PATH, SECOND_QUARTER).content.decode()
    assert "Gebuchte Termine nach Thema, 2. Quartal 2026" in html
    assert "0 bis 12" in html


def test_topics_as_csv(client: Client, world: World) -> None:
    make_month(world, [CAME] * 12)
    make_month(world, [CAME] * 6, JUNE, topic="cyber")
    response = sign_in(client, world.bert).get(f"{PATH}themen.csv", SECOND_QUARTER)
    assert 'filename="themen-2026-04-bis-2026-06.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Kammer", "Haus", "Quartal", "Einbruchschutz"]
    assert rows[1] == ["IHK", world.office.name, "2026-Q2", "12", "0", "0", "0", "0", "6", "0"]


def test_another_chamber_reads_none_of_it(client: Client, world: World) -> None:
    make_month(world, [CAME] * 12)
    today = timezone.localdate()
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=today)
    text = sign_in(client, world.hanna).get(f"{PATH}themen.csv").content.decode()
    assert "Kammer" in text
    assert world.office.name not in text


def test_the_workbook_has_a_sheet_of_topics(client: Client, world: World) -> None:
    make_month(world, [CAME] * 9)
    make_second_house(world)
    response = sign_in(client, world.bert).get(f"{PATH}zahlen.xlsx", SECOND_QUARTER)
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Zahlen", "Themen", "Erläuterung"]
    rows = list(book["Themen"].values)
    assert [row[1:4] for row in rows[1:]] == [
        (world.office.name, "2026-Q2", "–"),
        (rows[2][1], "2026-Q2", "–"),
        ("zusammen", "2026-Q2", "–"),
    ]
