"""Signing in by a code from a mail, and what a sign-in does to the session."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.models import OutgoingMail, Person
from partnership.outbox import deliver_mail
from tests.one_time_codes import code_of_app
from tests.personas import World
from tests.smtp import Postbox, text_of

ASK, TYPE = "/konto/anmelden/code/", "/konto/anmelden/code/eingeben/"
MINUTES = 60

pytestmark = pytest.mark.django_db


def ask(client: Client, person: Person) -> str:
    client.post(ASK, {"email": person.email})
    return str(OutgoingMail.objects.filter(kind="sign_in_code").latest("pk").content["sign_in_code"])


def test_a_code_signs_in_whoever_has_no_password(client: Client, world: World) -> None:
    code = ask(client, world.alice)
    response = client.post(TYPE, {"code": code.replace("-", " ")})
    assert response["Location"] == "/arbeitsplatz/"
    assert client.session["_auth_user_id"] == str(world.alice.pk)


def test_a_code_ends_after_15_minutes(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = ask(client, world.alice)
    later = time.time() + 15 * MINUTES + 1
    monkeypatch.setattr("time.time", lambda: later)
    client.post(TYPE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_after_three_wrong_codes_the_right_one_is_worth_nothing(client: Client, world: World) -> None:
    code = ask(client, world.alice)
    for _try in range(3):
        client.post(TYPE, {"code": "0000-0000"})
    client.post(TYPE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_sees_the_same_page_and_gets_no_mail(client: Client, world: World) -> None:
    known = client.post(ASK, {"email": world.alice.email})
    unknown = Client().post(ASK, {"email": "niemand@beispiel.example"})
    assert known["Location"] == unknown["Location"]
    assert OutgoingMail.objects.count() == 1


def test_one_mailbox_gets_ten_codes_an_hour(world: World) -> None:
    for _attempt in range(12):
        Client().post(ASK, {"email": world.alice.email})
    assert OutgoingMail.objects.count() == 10


def test_the_code_leaves_the_row_with_the_mail(client: Client, world: World, postbox: Postbox) -> None:
    code = ask(client, world.alice)
    mail = OutgoingMail.objects.get()
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert code in text_of(postbox.messages[0])
    assert code not in str(mail.content)


def test_a_code_alone_is_not_enough_for_whoever_has_a_post(client: Client, world: World) -> None:
    response = client.post(TYPE, {"code": ask(client, world.bert)})
    assert response["Location"] == "/konto/anmelden/zweiter-faktor/"
    assert client.get("/arbeitsplatz/")["Location"].startswith("/konto/anmelden/")


def test_a_code_of_the_app_counts_once(client: Client, world: World) -> None:
    code = code_of_app()
    for browser, signed_in in ((client, True), (Client(), False)):
        browser.post(TYPE, {"code": ask(browser, world.bert)})
        browser.post("/konto/anmelden/zweiter-faktor/", {"code": code})
        assert ("_auth_user_id" in browser.session) is signed_in


def test_guessing_the_second_factor_ends_after_five_tries(client: Client, world: World) -> None:
    client.post(TYPE, {"code": ask(client, world.bert)})
    for _try in range(5):
        client.post("/konto/anmelden/zweiter-faktor/", {"code": "000000"})
    page = client.post("/konto/anmelden/zweiter-faktor/", {"code": code_of_app()})
    assert "in fünf Minuten" in page.content.decode()


def test_a_sign_in_gets_a_session_of_its_own(client: Client, world: World) -> None:
    code = ask(client, world.alice)
    before = client.session.session_key
    client.post(TYPE, {"code": code})
    assert client.session.session_key != before
    assert UserSession.objects.get().session_key == client.session.session_key


def test_the_cookie_goes_with_the_browser(client: Client, world: World) -> None:
    response = client.post(TYPE, {"code": ask(client, world.alice)})
    assert not response.cookies["sitzung"]["max-age"]


def test_reading_pages_writes_no_session_and_sets_no_third_cookie(client: Client, world: World) -> None:
    client.post(TYPE, {"code": ask(client, world.alice)})
    client.get("/konto/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/konto/profil/")
    written = [q["sql"] for q in captured if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert written == []
    assert set(client.cookies) <= {"sitzung", "formular"}
