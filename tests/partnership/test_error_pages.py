"""When something is missing, forbidden, too much or broken: a sentence and a way on."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from django.views.defaults import permission_denied
from pytest_django import DjangoAssertNumQueries, Settings

from partnership.limits import TooManyRequests
from partnership.middleware import CarefulResponses
from partnership.models import Person
from partnership.views.errors import server_error
from tests.personas import World

pytestmark = pytest.mark.django_db


def show_forbidden(rf: RequestFactory, person: Person | AnonymousUser) -> str:
    request = rf.get("/arbeitsplatz/")
    request.user = person
    response = permission_denied(request, PermissionDenied())
    assert response.status_code == 403
    return response.content.decode()


def answer_to(rf: RequestFactory, error: Exception) -> HttpResponse:
    try:
        raise error
    except Exception:
        return server_error(rf.get("/"))


@pytest.mark.parametrize("path", ["/fehlt/", "/en/fehlt/", "/beratung/gibt-es-nicht/"])
def test_an_unknown_path(client: Client, world: World, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert not response.cookies
    assert 'href="/en/beratung/"' in page if "/en/" in path else 'href="/beratung/"' in page
    assert 'href="tel:03410001000"' in page


def test_an_unknown_path_before_anything_is_set_up(client: Client) -> None:
    assert client.get("/fehlt/").status_code == 404


def test_forbidden_says_who_is_signed_in(rf: RequestFactory, world: World) -> None:
    page = show_forbidden(rf, world.bert)
    assert world.bert.name in page
    assert 'href="/arbeitsplatz/"' in page


def test_forbidden_for_a_visitor(rf: RequestFactory, world: World) -> None:
    assert "Zur Startseite" in show_forbidden(rf, AnonymousUser())


def test_a_form_without_its_cookie(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/konto/anmelden/", {"login": "x@beispiel.example", "password": "x"})
    assert response.status_code == 403
    assert "noch einmal" in response.content.decode()


@pytest.mark.parametrize(("seconds", "words"), [(30, "in 1 Minute noch"), (601, "in 11 Minuten noch")])
def test_too_many_requests(rf: RequestFactory, world: World, seconds: int, words: str) -> None:
    request = rf.get("/beratung/")
    request.user = AnonymousUser()
    response = CarefulResponses(lambda _request: HttpResponse()).process_exception(
        request, TooManyRequests(retry_after_seconds=seconds)
    )
    assert response is not None
    assert response.status_code == 429
    assert words in response.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_too_many_sign_ins(client: Client, world: World) -> None:
    pages = [client.post("/konto/anmelden/", {"login": "x", "password": "x"}) for _turn in range(3)]
    assert pages[-1].status_code == 429
    assert "in einigen Minuten" in pages[-1].content.decode()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_the_database(rf: RequestFactory, error: type[Exception]) -> None:
    response = answer_to(rf, error("gone"))
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Datenbank" in response.content.decode()


def test_a_fault_of_ours(rf: RequestFactory) -> None:
    response = answer_to(rf, ValueError("ours"))
    assert response.status_code == 500
    assert "Fehler liegt bei uns" in response.content.decode()


@pytest.mark.parametrize("path", ["/beratung/zeit/", "/konto/anmelden/", "/en/konto/anmelden/"])
def test_two_hundred_megabytes_are_refused_unread(path: str) -> None:
    class Unread(io.BytesIO):
        def read(self, *_args: object) -> bytes:
            raise AssertionError("read")

    response = Client().generic(
        "POST",
        path,
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 2**20),
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == 413
    words = "not saved" if path.startswith("/en/") else "nichts davon gespeichert"
    assert words in response.content.decode()


def test_a_host_that_is_not_ours(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    response = client.get("/", headers={"host": "boese.example"})
    assert response.status_code == 400
    assert "verstehen wir nicht" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "411.html", "413.html", "500.html", "503.html"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_that_stand_alone_ask_nothing(
    name: str, language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with translation.override(language), django_assert_num_queries(0):
        page = render_to_string(name)
    assert f'<html lang="{language}">' in page
    assert "css/portal.css" in page
