"""Abrufprotokoll: what the organisation's auditor reads, filters and takes away, and nobody else."""

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from partnership.chained_log import exporting
from partnership.chained_log.nightly import check_logs
from partnership.models import ChainedEntry, Person, Post, RetentionHold
from partnership.times import numeric_date
from partnership.views.lookups import PAGE_SIZE
from tests import factories
from tests.partnership.chained_log.steps import ACT, open_long_ago, open_something, triggers_off
from tests.partnership.chained_log.test_nightly import night
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in

pytestmark = pytest.mark.django_db
URL = "/arbeitsplatz/abrufe/"
FILES = [f"{URL}abrufprotokoll.csv", f"{URL}abrufprotokoll.xlsx"]
NOBODY_ELSE = ["bert", "hanna", "paula", "pia", "lea", "karl", "carl", "alice", "theo"]


def page(client: Client, person: Person, query: str = "") -> str:
    response = sign_in(client, person).get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[list[str]]:
    body = html.partition("<tbody")[2]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in cells]


def state(html: str) -> str:
    section = html.partition('id="jahre"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def taken(world: World, client: Client, query: str = "") -> list[list[str]]:
    answer = sign_in(client, world.dora).post(FILES[0] + query)
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))


# who


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(URL)["Location"] == f"/konto/anmelden/?next={URL}"
    assert client.post(FILES[0]).status_code == 302
    assert not ChainedEntry.objects.exists()


@pytest.mark.parametrize("name", NOBODY_ELSE)
def test_the_page_is_the_auditors(client: Client, world: World, name: str) -> None:
    sign_in(client, getattr(world, name))
    assert client.get(URL).status_code == 403
    assert [client.post(file).status_code for file in FILES] == [403, 403]
    assert not ChainedEntry.objects.exists()


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_a_post_that_is_not_in_force_opens_nothing(
    client: Client, world: World, days: dict[str, int]
) -> None:
    redate_posts(world.dora, days)
    assert sign_in(client, world.dora).get(URL).status_code == 403


def test_another_organisations_auditor_reads_nothing_of_it(client: Client, world: World) -> None:
    segment = open_something(world.police, world.paula).segment
    factories.make_post(world.carl, Post.Role.AUDITOR, organisation=world.ihk)
    html = page(client, world.carl)
    assert (rows(html), "Paula" in html) == ([], False)
    assert client.get(f"/arbeitsplatz/aufbewahren/abrufprotokoll/{segment.pk}/").status_code == 404


# what


def test_a_row_says_when_who_what_and_why(client: Client, world: World) -> None:
    open_something(
        world.police, world.paula, thing="Gerät 17", purpose="Kontrolle", reference="ST-123/26", rows=3
    )
    (row,) = rows(page(client, world.dora))
    assert (row[0], row[2:5]) == ("1", ["Paula Beispiel", "Abrufprotokoll heruntergeladen", "Gerät 17"])
    assert (row[5].split(), row[6]) == (["Kontrolle", "ST-123/26"], "Zeilen: 3")


def test_whoever_acted_for_a_firm_is_not_named(client: Client, world: World) -> None:
    open_something(world.police, world.alice)
    open_something(world.police)
    assert [row[2] for row in rows(page(client, world.dora))] == ["ohne Anmeldung", "Firma"]


def test_of_an_erased_row_number_and_moment_are_left(client: Client, world: World) -> None:
    open_long_ago(world.police, world.paula, thing="Gerät 17")
    ChainedEntry.objects.update(salt=None, payload=None)
    html = page(client, world.dora)
    (row,) = rows(html)
    assert "die Inhalte sind gelöscht" in state(html)
    assert row == ["1", "Do 1.6.2023, 12:00 Uhr", "–", "Inhalt gelöscht", "–", "–", "–"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["3", "2", "1"]),
        ("?person=paula", ["1"]),
        ("?person=niemand", []),
        ("?zweck=kontrolle", ["2", "1"]),
        ("?zweck=st-12", ["1"]),
        (f"?vorgang={ACT}", ["3", "2", "1"]),
        ("?von=2000-01-01&bis=2000-01-02", []),
        ("?vorgang=unbekannt", ["3", "2", "1"]),
    ],
)
def test_filters(client: Client, world: World, query: str, numbers: list[str]) -> None:
    open_something(world.police, world.paula, purpose="Kontrolle A 14", reference="ST-123/26")
    open_something(world.police, world.pia, purpose="Kontrolle B 2")
    open_something(world.police)
    assert [row[0] for row in rows(page(client, world.dora, query))] == numbers


def test_days_are_those_of_berlin(client: Client, world: World) -> None:
    open_long_ago(world.police)
    assert len(rows(page(client, world.dora, "?von=2023-06-01&bis=2023-06-01"))) == 1
    assert rows(page(client, world.dora, "?bis=2023-05-31")) == []


def test_long_logs_come_in_pages_that_keep_the_filter(client: Client, world: World) -> None:
    for _time in range(PAGE_SIZE + 1):
        open_something(world.police, purpose="Kontrolle")
    html = page(client, world.dora, "?zweck=Kontrolle")
    assert len(rows(html)) == PAGE_SIZE
    assert "zweck=Kontrolle&amp;seite=2" in html
    assert [row[0] for row in rows(page(client, world.dora, "?zweck=Kontrolle&seite=2"))] == ["1"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_statements_does_not_grow(
    client: Client, world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(count):
        officer = factories.make_person()
        factories.make_post(officer, Post.Role.OFFICER, organisation=world.police)
        open_something(world.police, officer)
    sign_in(client, world.dora)
    with django_assert_num_queries(12):
        client.get(URL)


# how it stands


def test_before_its_first_night_the_page_says_so(client: Client, world: World) -> None:
    assert "Ihre Organisation hat noch kein Abrufprotokoll." in state(page(client, world.dora))
    open_something(world.police)
    assert "wird in der nächsten Nacht zum ersten Mal geprüft" in state(page(client, world.dora))


def test_after_a_night_it_says_how_many_rows_are_as_they_were_written(client: Client, world: World) -> None:
    open_something(world.police)
    check_logs(now=night(1))
    day = numeric_date(night(1).date())
    assert f"unversehrt bis Zeile 1, geprüft in der Nacht zum {day}" in state(page(client, world.dora))


def test_a_row_that_is_wrong_is_named(client: Client, world: World) -> None:
    open_something(world.police)
    with triggers_off():
        ChainedEntry.objects.update(payload={"act": ACT, "actor": None})
        ChainedEntry.objects.update(salt="0" * 32)
    check_logs(now=night(1))
    assert "nicht unversehrt ab Zeile 1" in state(page(client, world.dora))


def test_nights_that_fell_out_are_said(client: Client, world: World) -> None:
    open_long_ago(world.police)
    check_logs(now=night(-3))
    assert "nicht mehr geprüft" in state(page(client, world.dora))


def test_the_auditor_has_a_year_kept_longer_and_sees_it(client: Client, world: World) -> None:
    segment = open_something(world.police).segment
    until = timezone.localdate() + datetime.timedelta(days=30)
    address = f"/arbeitsplatz/aufbewahren/abrufprotokoll/{segment.pk}/"
    assert address in page(client, world.dora)
    answer = client.post(address, {"reason": "Verfahren 12/26", "until": until.isoformat()})
    assert answer["Location"].startswith(URL)
    assert RetentionHold.objects.get().organisation == world.police
    assert f"auf Anordnung bis {numeric_date(until)}" in state(page(client, world.dora))
    assert f"Abrufprotokoll {segment.year}" in client.get("/arbeitsplatz/loeschungen/").content.decode()


@pytest.mark.parametrize("name", ["lea", "bert", "karl"])
def test_nobody_else_holds_a_year(client: Client, world: World, name: str) -> None:
    segment = open_something(world.police).segment
    sign_in(client, getattr(world, name))
    assert client.get(f"/arbeitsplatz/aufbewahren/abrufprotokoll/{segment.pk}/").status_code == 404


# taking it away


def test_what_is_shown_can_be_taken_away_with_its_hashes(client: Client, world: World) -> None:
    entry = open_something(world.police, world.paula, thing="=1+1", purpose="Kontrolle", reference="ST-1")
    open_something(world.police)
    header, row = taken(world, client, "?zweck=Kontrolle")
    assert header[2] == "Nr."
    assert row[:3] == ["PD Leipzig", str(entry.segment.year), "1"]
    assert row[4:] == [
        *("Paula Beispiel", "Abrufprotokoll heruntergeladen", "'=1+1", "Kontrolle", "ST-1", ""),
        entry.hash,
    ]


def test_the_same_for_spreadsheet_programs(client: Client, world: World) -> None:
    entry = open_something(world.police, world.paula)
    book = load_workbook(io.BytesIO(sign_in(client, world.dora).post(FILES[1]).content))
    assert [cell.value for cell in book.active[2]][-1] == entry.hash


def test_taking_it_away_is_a_row_with_what_was_asked_for(client: Client, world: World) -> None:
    open_something(world.police, world.paula)
    taken(world, client, "?person=paula")
    noted: Any = ChainedEntry.objects.latest("seq").payload
    assert (noted["act"], noted["actor"]) == ("log.exported", world.dora.pk)
    assert (noted["rows"], noted["format"], noted["filter"]) == (1, "CSV", "Person: paula")


def test_an_auditor_of_two_organisations_leaves_a_row_in_both(client: Client, world: World) -> None:
    factories.make_post(world.dora, Post.Role.AUDITOR, organisation=world.ihk)
    open_something(world.police)
    taken(world, client)
    noted = ChainedEntry.objects.filter(payload__actor=world.dora.pk)
    assert sorted(noted.values_list("segment__organisation", "payload__rows")) == [
        (world.ihk.pk, 0),
        (world.police.pk, 1),
    ]


def test_looking_is_no_act_and_fetching_by_address_neither(client: Client, world: World) -> None:
    page(client, world.dora)
    assert [client.get(file).status_code for file in FILES] == [405, 405]
    assert not ChainedEntry.objects.exists()


def test_more_than_a_spreadsheet_holds_is_refused(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    for _time in range(2):
        open_something(world.police)
    answer = sign_in(client, world.dora).post(f"{FILES[0]}?von=2000-01-01", follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{URL}?von=2000-01-01")
    assert "Grenzen Sie die Auswahl ein" in answer.content.decode()
    assert ChainedEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_row_is_there_before_anything_is_handed_out(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails after it: it is committed."""
    open_count = []

    def fail(entries: object) -> None:
        open_count.append(ChainedEntry.objects.count())
        raise ZeroDivisionError

    monkeypatch.setattr(exporting, "lookups_sheet", fail)
    with pytest.raises(ZeroDivisionError):
        sign_in(client, world.dora).post(FILES[0])
    assert (open_count, ChainedEntry.objects.count()) == ([1], 1)
