"""Imprint, data protection, accessibility, contact and security.txt: for everybody, without a cookie."""

import datetime
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from partnership.current import forget_partnerships
from partnership.models import Membership, Partnership
from partnership.plain_text import Block, blocks_of
from tests import factories
from tests.personas import World

PAGES = ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/kontakt/"]
NO_FORMS = [*PAGES, "/konto/registrieren/gesendet/", "/konto/passwort/gesendet/", "/konto/passwort/fertig/"]

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def change(partnership: Partnership, **fields: str) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(**fields)
    forget_partnerships()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", NO_FORMS)
def test_a_visitor_reads_without_a_cookie(client: Client, world: World, path: str, prefix: str) -> None:
    response = client.get(prefix + path)
    assert response.status_code == 200
    assert not response.cookies
    assert f'<html lang="{"en" if prefix else "de"}">' in response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/.well-known/security.txt"])
def test_before_a_partnership_is_set_up_the_page_says_so(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "noch nicht eingerichtet" in response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/.well-known/security.txt"])
def test_pages_are_only_read(client: Client, world: World, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_footer_leads_to_every_page(client: Client, world: World, prefix: str) -> None:
    foot = text_of(client, f"{prefix}/impressum/").partition("<footer")[2]
    links = re.findall(r'href="([^"]+)"', foot)
    assert links == [prefix + path for path in PAGES]
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_imprint_is_text_and_not_html(client: Client, world: World) -> None:
    change(world.partnership, imprint="Anbieter\n\n<script>alert(1)</script> & Co.\nPostfach")
    page = text_of(client, "/impressum/")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co.<br>Postfach" in page


def test_a_partnership_without_an_imprint_is_still_reachable(client: Client, world: World) -> None:
    change(world.partnership, imprint="")
    assert "mailto:kontakt@partnerschaft.example" in text_of(client, "/impressum/")


def test_own_words_are_german_on_english_pages(client: Client, world: World) -> None:
    assert '<p class="kern-body" lang="de">Anbieter ist' in text_of(client, "/en/impressum/")


def test_a_short_line_alone_heads_what_follows() -> None:
    text = "Anbieter\r\n\r\nDie Partnerschaft.\r\nLeipzig\r\n\r\n\r\nTelefon 0341 1\n\nEnde"
    assert blocks_of(text) == [
        Block("Anbieter", is_heading=True),
        Block("Die Partnerschaft.\nLeipzig", is_heading=False),
        Block("Telefon 0341 1", is_heading=False),
        Block("Ende", is_heading=False),
    ]


def test_the_privacy_page_has_own_and_fixed_words(client: Client, world: World) -> None:
    change(world.partnership, privacy_notice="Verantwortlich ist die Partnerschaft.")
    page = text_of(client, "/datenschutz/")
    for words in ("Verantwortlich ist die Partnerschaft.", "Artikel 13", "7 Tage", "30 Tage", "12 Monate"):
        assert words in page


def test_the_privacy_page_names_the_cookies(client: Client, world: World) -> None:
    page = text_of(client, "/datenschutz/")
    form_page = client.get("/konto/anmelden/")
    assert list(form_page.cookies) == ["formular"]
    assert "<strong>formular</strong>" in page
    assert "<strong>sitzung</strong>" in page


def test_the_accessibility_statement_says_whom_to_tell(client: Client, world: World) -> None:
    page = text_of(client, "/barrierefreiheit/")
    for words in ("kontakt@partnerschaft.example", "0341 000-1000", "Durchsetzungsstelle", "teilweise"):
        assert words in page


def test_houses_of_todays_members(client: Client, world: World) -> None:
    factories.make_office(world.ihk, name="Haus von früher", is_active=False)
    Membership.objects.filter(organisation=world.hwk).update(ends=datetime.date(2021, 1, 1))
    page = text_of(client, "/kontakt/")
    assert "Musterstraße 1<br>04668 Grimma" in page
    assert "Haus von früher" not in page
    assert world.hwk.name not in page


@pytest.mark.parametrize("houses", [1, 30])
def test_as_many_statements_for_many_houses(
    client: Client, world: World, houses: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(houses):
        factories.make_office(world.ihk, name=f"Haus {number}")
    with django_assert_num_queries(3):
        client.get("/kontakt/")


def test_security_txt(client: Client, world: World) -> None:
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:kontakt@partnerschaft.example"
    assert fields["Preferred-Languages"] == "de, en"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    ahead = datetime.datetime.fromisoformat(fields["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(180) < ahead < datetime.timedelta(183)
