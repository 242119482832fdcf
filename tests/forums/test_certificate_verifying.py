"""Whoever holds a certificate learns whether it is true, and of its holder next to nothing."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from forums.certificates.issuing import revoke_certificate
from forums.certificates.numbers import draw_number, numbers_meant
from forums.certificates.verifying import is_same_name
from forums.models import Certificate
from tests.forums.certificate_steps import certify
from tests.personas import World


def url_of(certificate: Certificate) -> str:
    return f"/nachweis/{certificate.number}/"


def test_a_true_one_shows_event_and_hours_and_no_name(client: Client, world: World) -> None:
    certificate = certify(world)
    response = client.get(url_of(certificate))
    html = response.content.decode()
    assert "ist gültig" in html
    assert certificate.event.title in html
    assert "2 Stunden" in html
    assert "U. Q." in html
    assert "Quendel" not in html
    assert response["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("quendel, ute", "stimmt überein"),
        ("Uta Quendel", "stimmt nicht überein"),
        ("Ute", "stimmt nicht überein"),
    ],
)
def test_a_name_is_compared_and_not_told(client: Client, world: World, name: str, words: str) -> None:
    html = client.post(url_of(certify(world)), {"name": name}).content.decode()
    assert words in html


def test_a_revoked_one_says_so_and_not_why(client: Client, world: World) -> None:
    certificate = certify(world)
    revoke_certificate(certificate_id=certificate.pk, reason="War nicht da", actor=world.bert)
    html = client.get(url_of(certificate)).content.decode()
    assert "ist widerrufen" in html
    assert "War nicht da" not in html
    assert "U. Q." not in html
    assert "stimmt" not in client.post(url_of(certificate), {"name": "Ute Quendel"}).content.decode()


def test_an_erased_one_was_issued_and_says_no_more(client: Client, world: World) -> None:
    certificate = certify(world)
    Certificate.objects.update(content=None, salt=None, erased_at=timezone.now())
    html = client.get(url_of(certificate)).content.decode()
    assert "wurde ausgestellt" in html
    assert certificate.event.title not in html


def test_an_unknown_number_is_unknown(client: Client, world: World) -> None:
    response = client.get("/nachweis/T-2026-2345-6789/")
    assert response.status_code == 404
    assert "kennen wir nicht" in response.content.decode()


def test_a_typed_number_leads_to_its_page(client: Client, world: World) -> None:
    certificate = certify(world)
    typed = certificate.number.lower().replace("-", " ")
    response = client.post("/nachweis/", {"number": typed})
    assert client.get(response["Location"], follow=True).redirect_chain in ([], [(url_of(certificate), 302)])


def test_what_is_no_number_gets_a_sentence(client: Client, world: World) -> None:
    assert "zum Beispiel T-2026" in client.post("/nachweis/", {"number": "abc"}).content.decode()


def test_looking_is_limited(client: Client, world: World, settings: Settings) -> None:
    settings.LIMITS_ON = True
    settings.LIMITS = settings.LIMITS | {"certificate": (2, 100, 600)}
    answers = [client.get("/nachweis/T-2026-2345-6789/").status_code for _n in range(3)]
    assert answers == [404, 404, 429]


def test_numbers_are_read_in_many_spellings() -> None:
    number = draw_number(2026)
    assert numbers_meant(number)[0] == number
    assert numbers_meant(number.lower().replace("-", ""))[0] == number
    assert numbers_meant(f" {number[2:]} ")[0] == number
    assert numbers_meant("T-2026-ABC") == []
    assert numbers_meant("") == []


def test_what_is_read_for_something_else_is_tried(client: Client, world: World) -> None:
    certificate = certify(world)
    misread = certificate.number[7:].translate(str.maketrans("BSZGUQ", "8526V0"))
    response = client.get(f"/nachweis/{certificate.number[:7]}{misread}/", follow=True)
    assert certificate.number in response.content.decode()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jörg Müller", "Mueller, Joerg", True),
        ("René Weiß", "rene weiss", True),
        ("Ute Quendel", "Ute Quendel-Meier", False),
        ("", "", False),
    ],
)
def test_names_are_compared_by_their_words(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
