"""Profil und Anmeldung: name, address, password, sessions."""

import datetime
import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from consultations.deadlines import link_end
from partnership.links import issue_link
from partnership.models import Firm, FirmContact, LogEntry, OutgoingMail, PendingAddress, Person, SecretLink
from partnership.sessions import device_of, forget_ended_sessions
from tests import factories
from tests.browser.test_booking import link_of
from tests.personas import World, sign_in

PASSWORD = "ein langer Satz mit 5 Worten"
NEW = "alice@neu.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(world: World) -> Person:
    world.alice.set_password(PASSWORD)
    world.alice.save()
    return world.alice


def by_password(client: Client, person: Person, **headers: str) -> Client:
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD}, headers=headers)
    return client


def ask_for_new_address(client: Client, email: str = NEW) -> None:
    client.post("/konto/profil/adresse/", {"email": email})


@pytest.mark.parametrize("path", ["", "name/", "adresse/"])
def test_nobody_sees_a_profile_without_signing_in(client: Client, world: World, path: str) -> None:
    assert client.get(f"/konto/profil/{path}")["Location"].startswith("/konto/anmelden/")


@pytest.mark.parametrize("name", ["alice", "carl", "bert", "karl"])
def test_everybody_has_one(client: Client, world: World, name: str) -> None:
    page = sign_in(client, getattr(world, name)).get("/konto/profil/").content.decode()
    assert f"{name}@personen.example" in page


def test_a_name_is_changed(client: Client, alice: Person) -> None:
    by_password(client, alice).post("/konto/profil/name/", {"name": "  Alice   Neu "})
    alice.refresh_from_db()
    assert alice.name == "Alice Neu"
    assert LogEntry.objects.get().act == "account.renamed"


def test_a_new_address_counts_when_its_link_is_opened_and_the_old_one_is_told(
    client: Client, alice: Person
) -> None:
    old = alice.email
    ask_for_new_address(by_password(client, alice))
    link = link_of("address_confirm", "confirm_url")
    assert client.get(link).status_code == 200
    alice.refresh_from_db()
    assert alice.email == old
    client.post(link)
    alice.refresh_from_db()
    assert alice.email == NEW
    assert OutgoingMail.objects.get(kind="address_changed").to_email == old
    assert not PendingAddress.objects.exists()


def test_links_end_with_the_address_and_coming_appointments_go_along(
    client: Client, world: World, alice: Person
) -> None:
    appointment = factories.make_appointment(hours=world.hours, person=alice, contact_email=alice.email)
    issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    firm = Firm.objects.create(name="Tischlerei Muster", chamber=world.ihk)
    FirmContact.objects.create(firm=firm, person=alice, name="Alice", email=alice.email)
    ask_for_new_address(by_password(client, alice))
    client.post(link_of("address_confirm", "confirm_url"))
    appointment.refresh_from_db()
    assert appointment.contact_email == NEW
    assert FirmContact.objects.get().email == NEW
    assert not SecretLink.objects.exists()


def test_a_firm_that_knows_both_addresses_keeps_one_entry(client: Client, alice: Person) -> None:
    firm = factories.make_firm(alice)
    FirmContact.objects.create(firm=firm, name="Alice", email=NEW)
    ask_for_new_address(by_password(client, alice))
    client.post(link_of("address_confirm", "confirm_url"))
    contact = firm.contacts.get()
    assert (contact.email, contact.person) == (NEW, alice)
    assert contact.email_confirmed_at is not None


def test_an_address_with_an_account_is_told_and_not_revealed(
    client: Client, world: World, alice: Person
) -> None:
    ask_for_new_address(by_password(client, alice), world.carl.email)
    assert not PendingAddress.objects.exists()
    assert OutgoingMail.objects.get().kind == "account_exists"


def test_an_address_taken_meanwhile_is_refused(client: Client, alice: Person) -> None:
    ask_for_new_address(by_password(client, alice))
    factories.make_person(NEW)
    response = client.post(link_of("address_confirm", "confirm_url"))
    assert response.status_code == 409
    assert "gehört inzwischen zu einem anderen Konto" in response.content.decode()


def test_a_link_in_the_old_mail_box_for_a_password_ends_too(client: Client, alice: Person) -> None:
    client.post("/konto/passwort/vergessen/", {"email": alice.email})
    ask_for_new_address(by_password(client, alice))
    client.post(link_of("address_confirm", "confirm_url"))
    page = Client().get(link_of("password_reset", "reset_url"), follow=True).content.decode()
    assert "Dieser Link gilt nicht mehr" in page


def test_the_old_address_gets_no_code_any_more(client: Client, alice: Person) -> None:
    old = alice.email
    ask_for_new_address(by_password(client, alice))
    client.post(link_of("address_confirm", "confirm_url"))
    Client().post("/konto/anmelden/code/", {"email": old})
    assert not OutgoingMail.objects.filter(kind="sign_in_code").exists()


def test_a_change_long_after_the_sign_in_asks_for_the_password(client: Client, alice: Person) -> None:
    sign_in(client, alice)
    asked = client.get("/konto/profil/adresse/")["Location"]
    assert asked.startswith("/konto/bestaetigen/")
    response = client.post(asked, {"password": PASSWORD, "next": "/konto/profil/adresse/"})
    assert response["Location"] == "/konto/profil/adresse/"
    assert client.get("/konto/profil/adresse/").status_code == 200


def test_whoever_has_nothing_else_confirms_by_a_code(client: Client, world: World) -> None:
    sign_in(client, world.carl)
    asked = client.get("/konto/profil/adresse/")["Location"]
    assert asked.startswith("/konto/bestaetigen/mail/")
    client.post(asked, {"action": "send", "next": "/konto/profil/adresse/"})
    code = OutgoingMail.objects.get(kind="sign_in_code").content["sign_in_code"]
    assert client.post(asked, {"code": "1234-5678"}).status_code == 409
    response = client.post(asked, {"code": code, "next": "/konto/profil/adresse/"})
    assert response["Location"] == "/konto/profil/adresse/"
    assert client.get("/konto/profil/adresse/").status_code == 200


def test_three_wrong_codes_use_it_up(client: Client, world: World) -> None:
    sign_in(client, world.carl).post("/konto/bestaetigen/mail/", {"action": "send"})
    code = OutgoingMail.objects.get().content["sign_in_code"]
    for _try in range(3):
        client.post("/konto/bestaetigen/mail/", {"code": "0000-0000"})
    assert "gilt nicht mehr" in client.post("/konto/bestaetigen/mail/", {"code": code}).content.decode()


def test_a_new_password_is_told_by_mail_and_logged(client: Client, alice: Person) -> None:
    data = {"oldpassword": PASSWORD, "password1": "noch ein langer Satz", "password2": "noch ein langer Satz"}
    by_password(client, alice).post("/konto/passwort/aendern/", data)
    assert OutgoingMail.objects.get().content["change"] == "password_changed"
    assert LogEntry.objects.get().act == "account.password_changed"


def test_sessions_are_named_in_plain_words(client: Client, alice: Person) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    page = by_password(client, alice, **{"user-agent": agent}).get("/konto/profil/").content.decode()
    assert "Firefox auf Windows" in page
    assert "Diese Sitzung" in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari auf iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge auf Linux"),
        ("curl/8.0", "Unbekanntes Gerät"),
    ],
)
def test_devices(agent: str, words: str) -> None:
    assert device_of(agent) == words


def test_another_session_is_ended(client: Client, alice: Person) -> None:
    elsewhere = by_password(Client(), alice)
    by_password(client, alice)
    other = UserSession.objects.exclude(session_key=client.session.session_key).get()
    client.post("/konto/profil/sitzungen/beenden/", {"which": str(other.pk)})
    assert elsewhere.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_nobody_ends_anothers_session(client: Client, world: World, alice: Person) -> None:
    by_password(Client(), alice)
    sign_in(client, world.carl)
    client.post("/konto/profil/sitzungen/beenden/", {"which": str(UserSession.objects.get().pk)})
    assert UserSession.objects.exists()


def test_signing_out_everywhere(client: Client, alice: Person) -> None:
    elsewhere = by_password(Client(), alice)
    by_password(client, alice).post("/konto/profil/sitzungen/beenden/", {"which": "all"})
    assert elsewhere.get("/konto/").status_code == client.get("/konto/").status_code == 302
    assert LogEntry.objects.get().act == "account.sessions_ended"


def test_use_is_noted_once_a_quarter_of_an_hour(client: Client, alice: Person) -> None:
    by_password(client, alice)
    client.get("/konto/")
    past = timezone.now() - datetime.timedelta(days=1)
    UserSession.objects.update(last_seen_at=past)
    client.get("/konto/")
    assert UserSession.objects.get().last_seen_at == past


def test_what_is_known_of_a_session_goes_with_it(client: Client, alice: Person) -> None:
    by_password(client, alice)
    forget_ended_sessions()
    assert UserSession.objects.exists()
    client.session.delete()
    forget_ended_sessions()
    assert not UserSession.objects.exists()


def test_the_mails_name_no_address_in_their_addresses(client: Client, alice: Person) -> None:
    ask_for_new_address(by_password(client, alice))
    assert not re.search("alice|neu", link_of("address_confirm", "confirm_url"))
