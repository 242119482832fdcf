"""What every response carries, and what logs must not."""

import logging

import pytest
from django.test import Client, RequestFactory, override_settings

from partnership.client_address import client_address
from partnership.log_format import MaskingFormatter

TOKEN = "kJ3hd8_sKq0-LmZx92nVbTyUwPeRfGhAcDiOoQ17xYz"


def formatted(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    return MaskingFormatter().format(record)


def test_no_link_can_be_opened_from_a_log() -> None:
    line = formatted("Not Found: %s", f"/beratung/termin/{TOKEN}/?x=1")
    assert TOKEN not in line
    assert "/beratung/termin/" in line


def test_a_search_is_not_in_the_log() -> None:
    assert "Metzgerei" not in formatted("Not Found: /arbeitsplatz/termine/?suche=Metzgerei")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_whose_address_it_is(
    rf: RequestFactory, proxies: int, forwarded: str, address: str
) -> None:
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(rf.get("/", headers={"x-forwarded-for": forwarded})) == address


@pytest.mark.django_db
def test_headers_of_every_page(client: Client) -> None:
    response = client.get("/impressum/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_visitor_gets_no_session(client: Client) -> None:
    response = client.get("/impressum/")
    assert not response.cookies
