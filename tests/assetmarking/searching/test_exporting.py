"""A result taken along: safe for spreadsheet programs, without owners, and in the log."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.asset_factories import make_asset
from tests.assetmarking.searching.steps import (
    NUMBER,
    URL,
    firm_of_owner,
    rows_of_log,
    search_for,
    sign_in_with_factor,
)
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_a_row_for_each_hit_and_each_number_without(client: Client, world: World) -> None:
    make_asset(firm_of_owner(world), NUMBER, name="=cmd|' /C calc'!A0")
    found = search_for(sign_in_with_factor(client, world.paula), f"{NUMBER}\n999888")
    text = client.post(f"{URL}{found.pk}/abfrage.csv").content.decode("utf-8-sig")
    _header, hit, without = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert (hit[0], hit[1], hit[2], hit[5][:5]) == (NUMBER, "in Gebrauch", "sehr wahrscheinlich", "'=cmd")
    assert without[:2] == ["999888", "kein Treffer"]
    assert "Zimmerei" not in text


def test_a_workbook_has_the_same_and_the_log_says_so(client: Client, world: World) -> None:
    found = search_for(sign_in_with_factor(client, world.paula), "999888")
    content = client.post(f"{URL}{found.pk}/abfrage.xlsx").content
    assert load_workbook(io.BytesIO(content)).active["A2"].value == "999888"  # type: ignore[index,union-attr]
    row = rows_of_log()[-1]
    assert (row["act"], row["format"], row["rows"]) == ("search.exported", "XLSX", 1)


def test_looking_at_the_address_takes_nothing_along(client: Client, world: World) -> None:
    found = search_for(sign_in_with_factor(client, world.paula))
    assert client.get(f"{URL}{found.pk}/abfrage.csv").status_code == 405
    assert sign_in_with_factor(client, world.pia).post(f"{URL}{found.pk}/abfrage.csv").status_code == 404
