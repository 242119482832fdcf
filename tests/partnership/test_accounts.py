"""Signing in by e-mail and password."""

import re

import pytest
from django.test import Client

from partnership.models import OutgoingMail, Person
from tests.one_time_codes import code_of_app
from tests.personas import World

PASSWORD = "ein langer Satz mit 5 Worten"

pytestmark = pytest.mark.django_db


@pytest.fixture
def bert(world: World) -> Person:
    world.bert.set_password(PASSWORD)
    world.bert.save()
    return world.bert


def sign_in(client: Client, email: str, password: str):  # type: ignore[no-untyped-def]
    return client.post("/konto/anmelden/", {"login": email, "password": password})


def test_sign_in_leads_to_the_second_factor_and_then_to_the_workplace(client: Client, bert: Person) -> None:
    response = sign_in(client, bert.email.upper(), PASSWORD)
    assert response["Location"] == "/konto/anmelden/zweiter-faktor/"
    assert "_auth_user_id" not in client.session
    response = client.post(response["Location"], {"code": code_of_app()})
    assert response["Location"] == "/arbeitsplatz/"


def test_a_wrong_password_and_an_unknown_address_sound_alike(client: Client, bert: Person) -> None:
    wrong = sign_in(client, bert.email, "falsch falsch falsch")
    unknown = sign_in(client, "niemand@beispiel.example", "falsch falsch falsch")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_a_person_without_a_password_cannot_sign_in(client: Client, world: World) -> None:
    world.bert.set_unusable_password()
    world.bert.save()
    assert sign_in(client, world.bert.email, "").status_code == 200


def test_a_new_password_by_mail(client: Client, bert: Person) -> None:
    client.post("/konto/passwort/vergessen/", {"email": bert.email})
    mail = OutgoingMail.objects.get(kind="password_reset")
    path = re.sub(r"^https?://[^/]+", "", mail.content["reset_url"])
    page = client.get(path, follow=True)
    new = {"password1": "noch ein langer Satz", "password2": "noch ein langer Satz"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(client, bert.email, "noch ein langer Satz").status_code == 302


def test_no_mail_to_an_unknown_address(client: Client, world: World) -> None:
    response = client.post("/konto/passwort/vergessen/", {"email": "niemand@beispiel.example"})
    assert response.status_code == 302
    assert not OutgoingMail.objects.exists()


def test_after_many_wrong_passwords_even_the_right_one_waits(client: Client, bert: Person) -> None:
    for _attempt in range(6):
        sign_in(client, bert.email, "falsch falsch falsch")
    assert sign_in(client, bert.email, PASSWORD).status_code == 200


def test_signing_out_is_a_post(client: Client, bert: Person) -> None:
    client.force_login(bert)
    client.get("/konto/abmelden/")
    assert "_auth_user_id" in client.session
    client.post("/konto/abmelden/")
    assert "_auth_user_id" not in client.session
