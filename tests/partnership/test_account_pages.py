"""The pages around signing in: they say what to do, in the house's words."""

import pytest
from django.test import Client, override_settings

from partnership.models import OutgoingMail, Person
from tests import factories
from tests.one_time_codes import code_of_app
from tests.personas import World, sign_in

PASSWORD = "ein langer Satz mit 5 Worten"
NEW = "noch ein langer Satz"
NOT_OUR_WORDS = ["Password", "Sign In", "Forgot", "placeholder"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def bert(client: Client, world: World) -> Person:
    world.bert.set_password(PASSWORD)
    world.bert.save()
    sign_in(client, world.bert)
    return world.bert


def change(client: Client, old: str, new: str, again: str) -> str:
    data = {"oldpassword": old, "password1": new, "password2": again}
    return client.post("/konto/passwort/aendern/", data, follow=True).content.decode()


@pytest.mark.parametrize("page", ["anmelden", "registrieren", "passwort/vergessen", "passwort/gesendet"])
def test_pages_of_a_visitor_are_ours(client: Client, world: World, page: str) -> None:
    html = client.get(f"/konto/{page}/").content.decode()
    assert html.count("<h1") == 1
    assert "site-foot" in html
    assert not [words for words in NOT_OUR_WORDS if words in html.replace("kern-", "")]


@pytest.mark.parametrize("page", ["passwort/aendern", "bestaetigen", "abmelden"])
def test_pages_of_a_person_are_ours(client: Client, bert: Person, page: str) -> None:
    html = client.get(f"/konto/{page}/").content.decode()
    assert html.count("<h1") == 1
    assert not [words for words in NOT_OUR_WORDS if words in html.replace("kern-", "")]


def test_the_demo_names_its_sign_ins(client: Client, world: World) -> None:
    with override_settings(DEMO=True):
        page = client.get("/konto/anmelden/").content.decode()
    assert "demo-leipzig-2026" in page
    assert "datenschutz@demo.example" in page


def test_elsewhere_no_sign_in_is_named(client: Client, world: World) -> None:
    with override_settings(DEMO=False):
        assert "demo-leipzig-2026" not in client.get("/konto/anmelden/").content.decode()


def test_faults_of_signing_in_lead_to_their_fields(client: Client, world: World) -> None:
    page = client.post("/konto/anmelden/", {"login": "bert", "password": ""}).content.decode()
    assert 'href="#id_login">E-Mail-Adresse: Die Schreibweise stimmt nicht' in page
    assert 'href="#id_password">Passwort: Die Angabe fehlt' in page
    assert "Prüfen Sie die Schreibweise, zum Beispiel name@beispiel.de." in page


def test_where_one_wanted_to_go_is_kept(client: Client, world: World) -> None:
    page = client.get("/konto/anmelden/?next=/arbeitsplatz/partner/").content.decode()
    assert 'name="next" value="/arbeitsplatz/partner/"' in page


def test_changing_the_password(client: Client, bert: Person) -> None:
    page = change(client, PASSWORD, NEW, NEW)
    assert "Ihr Passwort ist geändert." in page
    assert "_auth_user_id" not in client.session
    bert.refresh_from_db()
    assert bert.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("falsch", NEW, NEW), "Bisheriges Passwort: Das Passwort stimmt nicht"),
        ((PASSWORD, "kurz", "kurz"), "Neues Passwort: Es ist zu kurz"),
        ((PASSWORD, "qwerty123456", "qwerty123456"), "Neues Passwort: Es ist zu bekannt"),
        ((PASSWORD, "bert@personen.example", "bert@personen.example"), "Es ähnelt Ihren Angaben"),
        ((PASSWORD, NEW, "etwas anderes"), "Neues Passwort noch einmal: Die Passwörter sind verschieden"),
        ((PASSWORD, NEW, ""), "Neues Passwort noch einmal: Die Angabe fehlt"),
    ],
)
def test_faults_of_a_new_password(
    client: Client, bert: Person, typed: tuple[str, str, str], words: str
) -> None:
    assert words in change(client, *typed)
    bert.refresh_from_db()
    assert bert.check_password(PASSWORD)


def test_a_firm_without_a_password_can_ask_for_one(client: Client, world: World) -> None:
    person = factories.make_person("neu@tischlerei.example")
    person.set_unusable_password()
    person.save()
    client.post("/konto/passwort/vergessen/", {"email": person.email})
    assert OutgoingMail.objects.get(kind="password_reset").to_email == person.email


def test_an_old_link_says_how_to_get_a_new_one(client: Client, world: World) -> None:
    page = client.get("/konto/passwort/neu/1-abc/").content.decode()
    assert "Dieser Link gilt nicht mehr" in page
    assert 'href="/konto/passwort/vergessen/"' in page


def test_signing_in_says_nothing_and_signing_out_does(client: Client, bert: Person) -> None:
    client.logout()
    data = {"login": bert.email, "password": PASSWORD}
    client.post("/konto/anmelden/", data)
    signed_in = client.post("/konto/anmelden/zweiter-faktor/", {"code": code_of_app()}, follow=True)
    assert "kern-alert" not in signed_in.content.decode()
    signed_out = client.post("/konto/abmelden/", follow=True)
    assert "Sie sind abgemeldet." in signed_out.content.decode()
