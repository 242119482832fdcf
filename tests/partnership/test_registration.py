"""Registration: the mailbox is proven before there is a password."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from partnership.models import LogEntry, OutgoingMail, PendingAddress, Person, SecretLink
from partnership.registration import LinkEnded, register
from partnership.retention.running import run_when_due
from tests import factories
from tests.browser.test_booking import link_of
from tests.personas import World

PASSWORD = "ein langer Satz mit 5 Worten"
NEW = {"name": "Jana Hollerbusch", "email": "Jana@Hollerbusch.example"}
TWICE = {"password1": PASSWORD, "password2": PASSWORD}

pytestmark = pytest.mark.django_db


def sign_up(client: Client, **given: str) -> str:
    """The path of the page that is shown then."""
    response = client.post("/konto/registrieren/", NEW | given)
    return str(response["Location"])


def mail_link() -> str:
    return link_of("account_register", "register_url")


def test_the_link_leads_to_a_password_and_the_person_signs_in(client: Client, world: World) -> None:
    assert sign_up(client) == "/konto/registrieren/gesendet/"
    assert not Person.objects.filter(email="jana@hollerbusch.example").exists()
    response = client.post(mail_link(), TWICE)
    assert response["Location"].startswith("/konto/anmelden/")
    data = {"login": "jana@hollerbusch.example", "password": PASSWORD}
    assert client.post("/konto/anmelden/", data)["Location"] == "/arbeitsplatz/"
    assert client.get("/arbeitsplatz/")["Location"] == "/konto/"
    assert LogEntry.objects.get(act="account.registered").actor.name == "Jana Hollerbusch"  # type: ignore[union-attr]


def test_a_scanner_that_follows_the_link_changes_nothing(client: Client, world: World) -> None:
    sign_up(client)
    response = client.get(mail_link())
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Person.objects.filter(email="jana@hollerbusch.example").exists()


def test_a_person_from_a_booking_is_found_again(client: Client, world: World) -> None:
    person = factories.make_person("jana@hollerbusch.example", "Jana H.")
    sign_up(client)
    client.post(mail_link(), TWICE)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.name == "Jana H."


def test_an_address_with_an_account_gets_the_way_in_and_the_page_is_the_same(
    client: Client, world: World
) -> None:
    person = factories.make_person("jana@hollerbusch.example")
    person.set_password("ein ganz anderer Satz")
    person.save()
    assert sign_up(client) == "/konto/registrieren/gesendet/"
    assert OutgoingMail.objects.get().kind == "account_exists"
    assert not SecretLink.objects.exists()


def test_a_blocked_person_gets_nothing(client: Client, world: World) -> None:
    factories.make_person("jana@hollerbusch.example", is_active=False)
    assert sign_up(client) == "/konto/registrieren/gesendet/"
    assert not OutgoingMail.objects.exists()


def test_a_link_counts_once(client: Client, world: World) -> None:
    sign_up(client)
    link = mail_link()
    client.post(link, TWICE)
    assert client.post(link, TWICE).status_code == 404


def test_of_two_links_the_second_ends_with_the_first(client: Client, world: World) -> None:
    sign_up(client)
    first = PendingAddress.objects.get()
    sign_up(client)
    register(pending_id=first.pk, password=PASSWORD)
    assert not PendingAddress.objects.exists()
    assert not SecretLink.objects.exists()


def test_who_has_a_password_meanwhile_keeps_it(client: Client, world: World) -> None:
    sign_up(client)
    person = factories.make_person("jana@hollerbusch.example")
    person.set_password("ein ganz anderer Satz")
    person.save()
    with pytest.raises(LinkEnded):
        register(pending_id=PendingAddress.objects.get().pk, password=PASSWORD)
    assert client.post(mail_link(), TWICE).status_code == 409


def test_a_weak_password_is_refused_and_the_link_stays(client: Client, world: World) -> None:
    sign_up(client)
    page = client.post(mail_link(), {"password1": "kurz", "password2": "kurz"}).content.decode()
    assert "Es ist zu kurz" in page
    assert client.post(mail_link(), TWICE).status_code == 302


def test_one_mailbox_is_spared_after_three_mails(client: Client, world: World) -> None:
    for _attempt in range(5):
        assert sign_up(client) == "/konto/registrieren/gesendet/"
    assert OutgoingMail.objects.count() == 3


def test_many_registrations_from_one_address_have_to_wait(client: Client, world: World) -> None:
    answers = [
        client.post("/konto/registrieren/", NEW | {"email": f"{number}@beispiel.example"}).status_code
        for number in range(11)
    ]
    assert answers == [302] * 10 + [429]


def test_what_nobody_confirms_is_deleted_after_a_week(client: Client, world: World) -> None:
    sign_up(client)
    run_when_due()
    assert PendingAddress.objects.exists()
    run_when_due(now=timezone.now() + datetime.timedelta(days=8))
    assert not PendingAddress.objects.exists()
    assert not SecretLink.objects.exists()


def test_the_secret_leaves_the_row_with_the_mail(client: Client, world: World) -> None:
    sign_up(client)
    assert mail_link().startswith("/konto/registrieren/")
    assert mail_link().split("/")[3] not in str(PendingAddress.objects.values_list())
