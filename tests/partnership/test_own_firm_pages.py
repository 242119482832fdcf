"""The pages of one's own firm, as nobody, stranger and writer."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.models import Firm, FirmContact, OutgoingMail, Person, Site
from partnership.queries import firms_of
from tests import factories
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Hofladen Sonnenfeld",
    "street": "Am Hof 2",
    "postcode": "04668",
    "city": "Grimma",
    "contact_name": "Alice Beispiel",
}


@pytest.fixture
def firm(world: World) -> Firm:
    firm = factories.make_firm(world.alice, chamber=world.ihk)
    Site.objects.create(firm=firm, street="Demogasse 8", postcode="04668", city="Grimma")
    FirmContact.objects.create(firm=firm, name="Bob", email="bob@tischlerei.example")
    return firm


def paths_of(firm: Firm) -> list[str]:
    site, contact = firm.sites.get().pk, firm.contacts.get(name="Bob").pk
    page = f"/konto/firma/{firm.pk}/"
    below = [
        *("", "aendern/", "verlassen/", "einladen/", "standorte/neu/", f"standorte/{site}/"),
        *(f"standorte/{site}/entfernen/", f"kontakte/{contact}/telefon/", f"kontakte/{contact}/entfernen/"),
    ]
    return [page + path for path in below]


def test_nobody_is_asked_to_sign_in(client: Client, firm: Firm) -> None:
    for path in paths_of(firm):
        for response in (client.get(path), client.post(path)):
            assert response["Location"].startswith("/konto/anmelden/"), path


@pytest.mark.parametrize("who", ["carl", "bert", "paula", "karl"])
def test_for_others_the_firm_does_not_exist(client: Client, world: World, firm: Firm, who: str) -> None:
    sign_in(client, getattr(world, who))
    for path in paths_of(firm):
        assert (client.get(path).status_code, client.post(path, NEW).status_code) == (404, 404), path
    contact = firm.contacts.get(name="Bob").pk
    assert client.post(f"/konto/firma/{firm.pk}/kontakte/{contact}/erneut/").status_code == 404


def test_who_is_only_invited_does_not_see_it(client: Client, world: World, firm: Firm) -> None:
    FirmContact.objects.filter(name="Bob").update(person=world.carl, email=world.carl.email)
    sign_in(client, world.carl)
    assert client.get(f"/konto/firma/{firm.pk}/").status_code == 404


def test_who_speaks_for_it_opens_every_page(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    for path in paths_of(firm):
        page = client.get(path)
        assert page.status_code == 200, path
        assert page.content.decode().count("<h1") == 1, path


def test_a_firm_is_founded(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    response = client.post("/konto/firma/neu/", NEW | {"chamber": str(world.hwk.pk)})
    new = firms_of(world.alice).get(name="Hofladen Sonnenfeld")
    assert address_without_notice(response) == f"/konto/firma/{new.pk}/"
    assert (new.chamber, new.sites.get().street) == (world.hwk, "Am Hof 2")


def test_what_is_wrong_says_what_to_do_and_keeps_the_rest(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    page = client.post("/konto/firma/neu/", NEW | {"postcode": "468", "name": ""}).content.decode()
    assert "Geben Sie die fünf Ziffern der Postleitzahl ein" in page
    assert "Geben Sie den Namen Ihres Betriebs an." in page
    assert 'value="Am Hof 2"' in page


def test_whoever_has_just_registered_founds_a_firm(client: Client, world: World) -> None:
    sign_in(client, world.carl)
    client.post("/konto/firma/neu/", NEW)
    assert firms_of(world.carl).get().contacts.get().email == world.carl.email


def test_name_and_number_are_changed(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    client.post(f"/konto/firma/{firm.pk}/aendern/", {"name": "Neu", "membership_number": "4711"})
    firm.refresh_from_db()
    assert (firm.name, firm.membership_number, firm.chamber) == ("Neu", "4711", None)


def test_sites_come_change_and_go(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    page = f"/konto/firma/{firm.pk}/standorte/"
    typed = {"street": "Ring 1", "postcode": "04103", "city": "Leipzig"}
    client.post(f"{page}neu/", typed)
    site = firm.sites.get(city="Leipzig")
    client.post(f"{page}{site.pk}/", typed | {"street": "Ring 2"})
    site.refresh_from_db()
    assert site.street == "Ring 2"
    client.post(f"{page}{site.pk}/entfernen/")
    assert [s.city for s in firm.sites.all()] == ["Grimma"]


def test_a_site_of_another_firm_does_not_exist_here(client: Client, world: World, firm: Firm) -> None:
    other = factories.make_firm(world.alice, name="Zweite")
    sign_in(client, world.alice)
    site = firm.sites.get()
    assert client.post(f"/konto/firma/{other.pk}/standorte/{site.pk}/entfernen/").status_code == 404


def invitation_in(mail: OutgoingMail) -> str:
    path = re.search(r"/konto/firma/einladung/.*", mail.content["invitation_url"])
    assert path
    return path[0]


def test_from_invitation_to_firm(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    typed = {"name": "Kim", "email": "kim@tischlerei.example"}
    client.post(f"/konto/firma/{firm.pk}/einladen/", typed)
    path = invitation_in(OutgoingMail.objects.get(kind="firm_invitation"))
    guest = Client()
    assert firm.name in guest.get(path).content.decode()
    assert not Person.objects.filter(email=typed["email"]).exists()
    page = guest.post(path, follow=True)
    assert "Einladung angenommen" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert list(firms_of(Person.objects.get(email=typed["email"]))) == [firm]


def test_an_account_or_none_answers_alike(client: Client, world: World, firm: Firm) -> None:
    answers = []
    for email in (world.carl.email, "ganz.neu@tischlerei.example"):
        sign_in(client, world.alice)
        client.post(f"/konto/firma/{firm.pk}/einladen/", {"name": "Kim", "email": email})
        path = invitation_in(OutgoingMail.objects.get(kind="firm_invitation", to_email=email))
        pages = [Client().get(path), Client().post(path, follow=True)]
        answers.append([page.content.decode().replace(path, "") for page in pages])
    assert answers[0] == answers[1]


def test_inviting_again_and_a_link_that_ended(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    contact = firm.contacts.get(name="Bob")
    again = f"/konto/firma/{firm.pk}/kontakte/{contact.pk}/erneut/"
    client.post(again)
    first = invitation_in(OutgoingMail.objects.get(kind="firm_invitation"))
    client.post(again)
    ended = Client().get(first)
    assert ended.status_code == 404
    assert "Diese Einladung gilt nicht mehr" in ended.content.decode()


def test_a_refusal_keeps_what_was_typed(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    typed = {"name": "Kim", "email": "bob@tischlerei.example"}
    page = client.post(f"/konto/firma/{firm.pk}/einladen/", typed)
    assert page.status_code == 409
    assert "schon eingeladen" in page.content.decode()
    assert 'value="Kim"' in page.content.decode()


def test_the_last_one_is_told_to_invite_first(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    page = client.post(f"/konto/firma/{firm.pk}/verlassen/")
    assert page.status_code == 409
    assert firms_of(world.alice).exists()


def test_a_colleague_is_removed(client: Client, world: World) -> None:
    firm = factories.make_firm(world.alice, world.carl)
    contact = firm.contacts.get(person=world.carl)
    sign_in(client, world.alice)
    client.post(f"/konto/firma/{firm.pk}/kontakte/{contact.pk}/entfernen/")
    assert not firms_of(world.carl).exists()


def queries_for(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_thirty_contacts_cost_what_one_costs(client: Client, world: World, firm: Firm) -> None:
    sign_in(client, world.alice)
    path = f"/konto/firma/{firm.pk}/"
    client.get(path)
    few = queries_for(client, path)
    for number in range(30):
        FirmContact.objects.create(firm=firm, name="Kim", email=f"kim{number}@tischlerei.example")
        Site.objects.create(firm=firm, street="Ring 1", postcode="04103", city="Leipzig")
    assert queries_for(client, path) == few
