"""Who needs a second factor, what is closed without one, and that the last one stays."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from partnership import second_factor
from partnership.models import Deputy, LogEntry, OutgoingMail, Person
from partnership.refusals import Refusal
from partnership.rules import needs_second_factor, posts_for
from tests import factories
from tests.one_time_codes import code_of_app
from tests.personas import World, sign_in

PASSWORD = "ein langer Satz mit 5 Worten"
SET_UP = "/konto/sicherheit/"
STAFF = ["bert", "hanna", "paula", "lea", "karl", "dora"]

pytestmark = pytest.mark.django_db


def take_app(person: Person) -> Person:
    Authenticator.objects.filter(user=person).delete()
    person.set_password(PASSWORD)
    person.save()
    return person


def by_password(client: Client, person: Person) -> Client:
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    return client


def set_up_app(client: Client) -> None:
    client.get("/konto/sicherheit/app/")
    secret = client.session["mfa.totp.secret"]
    client.post("/konto/sicherheit/app/", {"code": code_of_app(secret)})


@pytest.mark.parametrize("name", STAFF)
@pytest.mark.parametrize("path", ["/arbeitsplatz/", "/arbeitsplatz/termine/", "/konto/", "/konto/profil/"])
def test_whoever_has_a_post_is_led_to_the_set_up(client: Client, world: World, name: str, path: str) -> None:
    response = sign_in(client, take_app(getattr(world, name))).get(path)
    assert response["Location"] == SET_UP


@pytest.mark.parametrize("path", ["/", "/beratung/", "/kontakt/", "/konto/abmelden/", SET_UP])
def test_public_pages_the_set_up_and_signing_out_stay_open(client: Client, world: World, path: str) -> None:
    assert sign_in(client, take_app(world.bert)).get(path).status_code == 200


def test_without_it_nobody_has_rights(rf: RequestFactory, world: World) -> None:
    request = rf.get("/")
    request.user = take_app(world.karl)
    assert not posts_for(request)


@pytest.mark.parametrize("path", ["/konto/", "/konto/profil/", "/konto/sicherheit/"])
def test_firms_choose_freely(client: Client, world: World, path: str) -> None:
    assert sign_in(client, world.alice).get(path).status_code == 200


def test_a_deputy_needs_one_for_as_long(client: Client, world: World) -> None:
    post = world.bert.posts.get()
    today = timezone.localdate()
    Deputy.objects.create(post=post, person=world.carl, starts=today, ends=today)
    assert sign_in(client, world.carl).get("/arbeitsplatz/")["Location"] == SET_UP


def test_technicians_need_one(client: Client, db: None) -> None:
    person = factories.make_person("technik@personen.example", is_staff=True, is_superuser=True)
    assert sign_in(client, person).get("/technik/")["Location"] == SET_UP
    factories.give_app(person)
    assert client.get("/technik/").status_code == 200


@pytest.mark.parametrize(
    ("demo", "email", "needed"),
    [
        (True, "kammer@demo.example", False),
        (True, "kammer@personen.example", True),
        (True, "kammer@x-demo.example", True),
        (False, "kammer@demo.example", True),
    ],
)
def test_only_the_demos_own_accounts_do_without_and_only_there(demo: bool, email: str, needed: bool) -> None:
    with override_settings(DEMO=demo):
        assert needs_second_factor(Person(email=email), has_posts=True) is needed


def test_setting_up_an_app_opens_the_workplace(client: Client, world: World) -> None:
    by_password(client, take_app(world.bert))
    set_up_app(client)
    assert client.get("/arbeitsplatz/termine/").status_code == 200
    assert LogEntry.objects.get(act="account.app_added").organisation == world.ihk
    assert OutgoingMail.objects.get(kind="account_changed").content["change"] == "app_added"


def test_the_first_factor_ends_sessions_that_began_without_it(client: Client, world: World) -> None:
    elsewhere = by_password(Client(), take_app(world.bert))
    by_password(client, world.bert)
    set_up_app(client)
    assert elsewhere.get("/arbeitsplatz/")["Location"].startswith("/konto/anmelden/")
    assert UserSession.objects.get().session_key == client.session.session_key


def test_codes_are_shown_once(client: Client, world: World) -> None:
    by_password(client, take_app(world.bert))
    set_up_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    first, second = (client.get("/konto/sicherheit/codes/").content.decode() for _ in range(2))
    assert all(code in first for code in codes)
    assert not [code for code in codes if code in second]


def test_few_codes_are_warned_of(client: Client, world: World) -> None:
    by_password(client, take_app(world.bert))
    set_up_app(client)
    kept = Authenticator.objects.get(type="recovery_codes")
    kept.data["used_mask"] = 0b1111111
    kept.save()
    page = client.get("/konto/profil/").content.decode()
    assert "3 von 10 übrig" in page
    assert "Nur noch wenige" in page


def test_setting_up_asks_who_signed_in_long_ago_to_confirm(client: Client, world: World) -> None:
    sign_in(client, take_app(world.bert))
    assert client.get("/konto/sicherheit/app/")["Location"].startswith("/konto/bestaetigen/")


def test_the_last_factor_of_a_post_stays(world: World) -> None:
    app = Authenticator.objects.get(user=world.bert)
    with pytest.raises(Refusal, match="verlangt einen zweiten Faktor"):
        second_factor.remove_factor(person=world.bert, authenticator_id=app.pk)
    assert Authenticator.objects.filter(user=world.bert).exists()


def test_refused_on_the_page_with_what_to_do(client: Client, world: World) -> None:
    take_app(world.bert)
    by_password(client, world.bert)
    set_up_app(client)
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 409
    assert "Passkey hinzufügen" in response.content.decode()


def test_a_firm_removes_its_last_one_with_the_codes(world: World) -> None:
    app = factories.give_app(world.alice)
    Authenticator.objects.create(user=world.alice, type="recovery_codes", data={"seed": "", "used_mask": 0})
    second_factor.remove_factor(person=world.alice, authenticator_id=app.pk)
    assert not Authenticator.objects.filter(user=world.alice).exists()
    assert OutgoingMail.objects.get().content["change"] == "app_removed"


def test_nobody_removes_anothers(world: World) -> None:
    app = Authenticator.objects.get(user=world.bert)
    with pytest.raises(Refusal):
        second_factor.remove_factor(person=world.alice, authenticator_id=app.pk)


def test_secrets_are_encrypted_and_not_in_the_administration(world: World) -> None:
    assert factories.SECRET not in str(Authenticator.objects.get(user=world.bert).data)
    assert not admin.site.is_registered(Authenticator)
    assert not admin.site.is_registered(UserSession)
