"""How much of the advice is carried out: who reads it, what counts, and that no line tells of one firm."""

import datetime
import io

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Uptake, VisitReport
from consultations.numbers.counting import quarter_of
from consultations.numbers.uptake import (
    Group,
    UptakeReport,
    fold,
    join_neighbours,
    make_uptake_report,
    share_of,
    units_read_by,
)
from consultations.numbers.uptake_chart import draw_shares
from partnership.rules import posts_of
from partnership.times import today
from tests import factories
from tests.consultations.uptake_steps import A_DAY, WHY, make_told
from tests.personas import World, sign_in
from tests.visit_factories import make_visit_request

pytestmark = pytest.mark.django_db
PATH = "/arbeitsplatz/zahlen/umsetzung/"


def last_quarter() -> int:
    """Days ago, of its last day but nine."""
    return (today() - quarter_of(today())).days + 10


def five_visits(world: World, told: list[str], **request: str) -> list[VisitReport]:
    return [make_told(world, days_ago=last_quarter() + n, told=told, **request) for n in range(5)]


def report_of(world: World, day: datetime.date | None = None) -> UptakeReport | None:
    (unit,) = units_read_by(posts_of(world.lea))
    return make_uptake_report(unit, today=day or today())


def test_shares_of_five_visits(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    five_visits(world, ["done", "declined", "", ""])
    (unit,) = units_read_by(posts_of(world.lea))
    with django_assert_num_queries(1):
        report = make_uptake_report(unit, today=today())
    assert report
    assert (report.visits, report.whole.advice) == (5, 20)
    assert [str(share) for share in report.whole.shares] == ["25 %", "unter 10 %", "25 %", "50 %"]
    assert [table.lines[0].label for table in report.tables[:2]] == ["Türen", "Werkstatt"]


def test_of_four_visits_nothing_is_told(world: World) -> None:
    erased = five_visits(world, ["done"] * 4)[0]
    VisitReport.objects.filter(pk=erased.pk).update(erased_at=timezone.now(), content=None, salt=None)
    assert report_of(world) is None


def test_of_nine_pieces_of_advice_nothing_is_told(world: World) -> None:
    five_visits(world, ["done"])
    assert report_of(world) is None


def test_what_is_told_now_counts_from_the_next_quarter(world: World) -> None:
    five_visits(world, ["done", "declined", "", ""])
    Uptake.objects.filter(state="declined").update(
        state="done", done_on=today(), reason="", state_before="declined", told_at=timezone.now()
    )
    now, later = report_of(world), report_of(world, today() + 93 * A_DAY)
    assert now
    assert later
    assert (str(now.whole.shares[0]), str(later.whole.shares[0])) == ("25 %", "50 %")


def test_a_visit_of_this_quarter_does_not_count_yet(world: World) -> None:
    five_visits(world, ["done", "", ""])
    make_told(world, days_ago=0, told=["declined"] * 10)
    report = report_of(world)
    assert report
    assert report.whole.advice == 15


def test_small_lines_go_together_with_the_smallest_that_is_not() -> None:
    few, some, many = (
        Group(name, n, 2 * n, n, 0, 0) for name, n in (("Laden", 4), ("Lager", 6), ("Büro", 9))
    )
    assert [group.label for group in fold([few, some, many])] == ["Lager, zusammen mit: Laden", "Büro"]
    assert fold([few]) == []
    assert fold([some, many]) == [some, many]


def test_small_quarters_go_together_with_the_next() -> None:
    quarters = [
        Group(f"Q{number}", visits, 2 * visits, 1, 0, 0)
        for number, visits in enumerate((3, 4, 5, 2), start=1)
    ]
    joined = join_neighbours(quarters)
    assert [(group.label, group.visits) for group in joined] == [("Q1 bis Q2", 7), ("Q3 bis Q4", 7)]
    assert join_neighbours(quarters[:1]) == []


def test_nearly_all_and_nearly_none_are_not_told_exactly() -> None:
    assert [str(share_of(part, 20)) for part in (0, 1, 2, 18, 19, 20)] == [
        *("unter 10 %", "unter 10 %", "10 %"),
        *("90 %", "über 90 %", "über 90 %"),
    ]


def test_each_directorate_is_counted_for_itself(world: World) -> None:
    five_visits(world, ["done", "", ""])
    other = factories.make_police(world.partnership)
    make_visit_request(police=other)
    assert {unit.police for unit in units_read_by(posts_of(world.karl))} == {world.police, other}
    assert [unit.police for unit in units_read_by(posts_of(world.lea))] == [world.police]


@pytest.mark.parametrize("page", ["", "umsetzung.csv", "umsetzung.xlsx"])
def test_leads_and_coordinators_read_them_and_nobody_else(client: Client, world: World, page: str) -> None:
    five_visits(world, ["done", "", ""])
    answers = {
        name: sign_in(client, getattr(world, name)).get(PATH + page).status_code
        for name in ("lea", "karl", "paula", "bert", "alice")
    }
    assert answers == {"lea": 200, "karl": 200, "paula": 403, "bert": 403, "alice": 403}


def test_another_directorate_is_none(client: Client, world: World) -> None:
    assert sign_in(client, world.lea).get(f"{PATH}?stelle=1-999").status_code == 404


def test_the_page_has_picture_and_table(client: Client, world: World) -> None:
    five_visits(world, ["done", "declined", "", ""])
    page = sign_in(client, world.lea).get(PATH).content.decode()
    assert "Von 20 Empfehlungen bei 5 Besuchen: 25 % umgesetzt" in page
    assert "<span>Türen: 25 %</span>" in page
    assert WHY not in page


def test_without_numbers_the_page_says_from_when_on(client: Client, world: World) -> None:
    assert "sobald es aus Quartalen" in sign_in(client, world.lea).get(PATH).content.decode()


def test_the_table_as_a_file(client: Client, world: World) -> None:
    five_visits(world, ["done", "declined", "", ""])
    answer = sign_in(client, world.karl).get(f"{PATH}umsetzung.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Umsetzung"]
    assert [cell.value for cell in sheet[2]] == ["Nach Bereichen", "Türen", 20, 25, "unter 10 %", 25, 50]


def test_bars_are_as_long_as_their_shares(world: World) -> None:
    five_visits(world, ["done", "declined", "", ""])
    report = report_of(world)
    assert report
    (piece,) = draw_shares(report.tables[0])[0].pieces
    assert (piece.kind, piece.x, piece.width) == ("done", 0, 25)
