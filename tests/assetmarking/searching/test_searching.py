"""Numbers are looked up, the log knows of it first, and only who searched sees what was found."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assetmarking.matching import probing
from assetmarking.models import Asset, MarkKind, Search, SearchCount
from partnership.models import ChainedEntry
from tests.asset_factories import make_asset, make_mark, make_theft
from tests.assetmarking.searching.steps import (
    NUMBER,
    URL,
    ask,
    firm_of_owner,
    html_of,
    results_of,
    rows_of_log,
    search_for,
    sign_in_with_factor,
)
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(URL)["Location"] == f"/konto/anmelden/?next={URL}"


@pytest.mark.parametrize("who", ["bert", "karl", "dora", "alice", "carl", "theo"])
def test_nobody_but_police_searches(client: Client, world: World, who: str) -> None:
    sign_in_with_factor(client, getattr(world, who))
    assert client.get(URL).status_code == 403
    assert ask(client).status_code == 403
    assert not Search.objects.exists()


def test_the_log_says_who_asked_what_and_why_and_what_was_found(client: Client, world: World) -> None:
    asset = make_asset(firm_of_owner(world), NUMBER)
    make_theft(asset, partnership=world.partnership, police=world.police)
    search_for(sign_in_with_factor(client, world.paula), "4471-BO8-52I7\n999888")
    (row,) = rows_of_log()
    assert (row["act"], row["actor"]) == ("search.made", world.paula.pk)
    assert (row["purpose"], row["reference"]) == ("Verkehrskontrolle", "ST-123/26")
    assert (row["asked_numbers"], row["hits"]) == ("4471-BO8-52I7; 999888", 1)
    assert row["found_things"] == f"4471-BO8-52I7: {asset.reference} (als gestohlen gemeldet)"


def test_the_figures_of_the_day(client: Client, world: World) -> None:
    make_asset(firm_of_owner(world), NUMBER)
    search_for(sign_in_with_factor(client, world.paula), f"{NUMBER}; 999888\t777666")
    figures = SearchCount.objects.get(organisation=world.police)
    assert (figures.numbers, figures.with_hits, figures.openings) == (3, 1, 0)


def test_a_hit_says_state_thing_and_why_and_not_whose_it_is(client: Client, world: World) -> None:
    asset = make_asset(
        firm_of_owner(world), NUMBER, peculiarities="rotes Band am Griff", kept_at="Halle 3, Werkbank"
    )
    make_theft(asset, partnership=world.partnership, police=world.police, street="Geheimweg 1")
    html = results_of(sign_in_with_factor(client, world.paula), "4471-BO8-52I7")
    for words in ("1 Treffer, davon 1 als gestohlen", "Bohrhammer Norvik BH 36", "rotes Band", "in Colditz"):
        assert words in html
    assert "leicht verwechselt" in html
    for hidden in ("Zimmerei Eigner", "03437 4410", "Halle 3", "Geheimweg", "4411/26/DEMO"):
        assert hidden not in html


def test_stolen_things_come_first(client: Client, world: World) -> None:
    firm = firm_of_owner(world)
    make_asset(firm, NUMBER, name="Kernbohrgerät")
    stolen = make_asset(firm, NUMBER, name="Rüttelstampfer")
    make_theft(stolen, partnership=world.partnership, police=world.police)
    html = results_of(sign_in_with_factor(client, world.paula))
    assert html.index("Rüttelstampfer") < html.index("Kernbohrgerät")


def test_a_label_of_the_portal_says_so(client: Client, world: World) -> None:
    asset = make_asset(firm_of_owner(world))
    make_mark(asset, "K7M2P9QX", kind=MarkKind.OWN_CODE)
    assert "auf einem Etikett dieses Portals" in results_of(
        sign_in_with_factor(client, world.paula), "K7M2P9QX"
    )


def test_what_is_not_found_says_what_else_to_try(client: Client, world: World) -> None:
    html = results_of(sign_in_with_factor(client, world.paula), "123456789")
    assert "Kein Treffer" in html
    assert "Geben Sie den Hersteller an" in html
    assert "Ihre Suche bleibt" not in html


def test_words_for_no_number_are_left_out_and_named(client: Client, world: World) -> None:
    make_asset(firm_of_owner(world), NUMBER)
    answer = ask(sign_in_with_factor(client, world.paula), f"unbekannt\n{NUMBER}\nn/a")
    html = html_of(client, answer["Location"])
    assert "Nicht gesucht, weil es keine Nummer ist: unbekannt; n/a" in html
    assert Search.objects.get().texts == [NUMBER]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"purpose": ""}, "Wählen Sie, wofür Sie suchen."),
        ({"case_number": " "}, "Geben Sie die Vorgangsnummer an."),
        ({"numbers": "unbekannt"}, "ist keine Nummer"),
        ({"numbers": "\n".join(f"A{number:05}" for number in range(201))}, "höchstens 200"),
        ({"numbers": "1" * 61}, "hat mehr als 60 Zeichen"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_looked_up(
    client: Client, world: World, wrong: dict[str, str], words: str
) -> None:
    response = ask(sign_in_with_factor(client, world.paula), **wrong)
    assert words in response.content.decode()
    assert not Search.objects.exists()
    assert not ChainedEntry.objects.exists()


def test_two_hundred_numbers_have_a_summary_with_links(client: Client, world: World) -> None:
    make_asset(firm_of_owner(world), NUMBER)
    numbers = [f"QX{number:04}YT" for number in range(199)]
    html = results_of(sign_in_with_factor(client, world.paula), "\n".join([*numbers, NUMBER]))
    assert f'<a href="#nummer-200">{NUMBER}</a>' in html
    assert 'id="nummer-200"' in html


def test_nobody_else_sees_a_search(client: Client, world: World) -> None:
    found = search_for(sign_in_with_factor(client, world.paula))
    for other in (world.pia, world.lea):
        assert sign_in_with_factor(client, other).get(f"{URL}{found.pk}/").status_code == 404


def test_a_page_that_is_loaded_again_shows_what_was_logged(client: Client, world: World) -> None:
    asset = make_asset(firm_of_owner(world), NUMBER)
    found = search_for(sign_in_with_factor(client, world.paula))
    make_theft(asset, partnership=world.partnership, police=world.police)
    html = html_of(client, f"{URL}{found.pk}/")
    assert "keiner als gestohlen gemeldet" in html
    assert "Der Stand hat sich seit Ihrer Abfrage geändert" in html
    assert "in Colditz" not in html
    assert len(rows_of_log()) == 1


def test_a_thing_deleted_since_is_named_as_gone(client: Client, world: World) -> None:
    asset = make_asset(firm_of_owner(world), NUMBER)
    found = search_for(sign_in_with_factor(client, world.paula))
    Asset.objects.filter(pk=asset.pk).delete()
    assert "Nicht mehr erfasst" in html_of(client, f"{URL}{found.pk}/")


def test_purpose_and_number_of_the_case_are_there_for_the_next_search(client: Client, world: World) -> None:
    search_for(sign_in_with_factor(client, world.paula))
    html = html_of(client, URL)
    assert 'value="ST-123/26"' in html
    assert re.search(r'<option value="traffic" selected', html)


def test_as_many_statements_for_thirty_numbers_as_for_one(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    firm = firm_of_owner(world)
    numbers = [f"4471-{letter}{number}8-52" for letter in "CEFHKM" for number in (3, 4, 7, 9, 6)]
    for text in numbers:
        make_asset(firm, text)
    sign_in_with_factor(client, world.paula)
    search_for(client, NUMBER)
    with django_assert_max_num_queries(60) as one:
        page_of_one = results_of(client, numbers[0])
    with django_assert_max_num_queries(60) as many:
        page_of_many = results_of(client, "\n".join(numbers))
    assert len(page_of_many) > len(page_of_one)
    assert len(many) <= len(one)


def test_the_menu_leads_police_there(client: Client, world: World) -> None:
    assert ">Fahndung<" in html_of(sign_in(client, world.paula), URL)


def slowed(statement: str) -> str:
    return statement.replace("FROM unnest", "FROM (SELECT pg_sleep(5)) AS slow CROSS JOIN unnest")


def test_what_was_not_looked_for_in_time_is_said(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_asset(firm_of_owner(world), NUMBER)
    assert "Nicht vollständig gesucht" not in results_of(sign_in_with_factor(client, world.paula))
    monkeypatch.setattr(probing, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(probing, "_FORWARDS", slowed(probing._FORWARDS))
    html = results_of(client)
    assert "Nicht vollständig gesucht" in html
    assert "Bohrhammer" in html
    assert rows_of_log()[-1]["given_up"] is True


def test_where_nothing_can_be_said_nothing_is_shown(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(probing, "_EQUAL", probing._EQUAL.replace("SELECT id", "SELECT pg_sleep(5), id", 1))
    make_asset(firm_of_owner(world), NUMBER)
    answer = ask(sign_in_with_factor(client, world.paula))
    assert answer.status_code == 409
    assert "dauert gerade zu lange" in answer.content.decode()
    assert NUMBER in answer.content.decode()
    assert not Search.objects.exists()
