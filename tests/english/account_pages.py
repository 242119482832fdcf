"""A walk through an account in English: ways to sign in, firm, colleagues, own data and erasure."""

import datetime

from django.test import Client
from django.utils import timezone, translation

from consultations.queries import appointments_of
from partnership.erasing import carry_out_part, refuse_part
from partnership.mail_content import build_message
from partnership.models import (
    ErasureRequest,
    FirmContact,
    OutgoingMail,
    Person,
)
from partnership.queries import firms_of
from tests import factories
from tests.browser.test_booking import link_of
from tests.one_time_codes import code_of_app
from tests.partnership.administration.steps import invite, token_of
from tests.personas import World
from tests.visit_factories import make_visit_request

PASSWORD = "a long sentence"
TWICE = {"password1": PASSWORD, "password2": PASSWORD}


def visit_account(client: Client, world: World, person: Person) -> None:
    """Firm, colleagues, claims, own data and erasure, with what goes wrong there."""
    for number, state in enumerate(("confirmed", "cancelled"), start=2):
        factories.make_appointment(
            hours=world.hours, index=number, state=state, contact_email=person.email, topic="burglary"
        )
    visit_firm(client, world, person)
    visit_feeds(client)
    request = make_visit_request(police=world.police, contact_email=person.email)
    client.get("/en/konto/")
    client.post(f"/en/konto/besuche/{request.reference}/uebernehmen/", follow=True)
    client.get("/en/beratung/vor-ort/")
    client.post("/en/konto/termine/uebernehmen/", {"termin": "alle"}, follow=True)
    client.post("/en/konto/termine/uebernehmen/", {"termin": "alle"})
    own = appointments_of(person).filter(state="confirmed").get()
    client.get(f"/en/konto/termine/{own.reference}/")
    client.get("/en/konto/daten/")
    client.get("/en/konto/loeschen/")
    client.post("/en/konto/daten/")
    client.post("/en/konto/loeschen/", {"reason": "x"}, follow=True)
    client.post("/en/konto/loeschen/", {"reason": "x"})
    client.get("/en/konto/daten/")
    client.post("/en/konto/loeschen/zuruecknehmen/", follow=True)
    client.post("/en/konto/loeschen/", {"gives_up_coming": "on"})
    request = ErasureRequest.objects.get(person=person, state="open")
    for part in request.parts.filter(organisation__isnull=False):
        refuse_part(part_id=part.pk, answer="x", actor=world.bert)
    client.get("/en/konto/loeschen/")
    client.post("/en/konto/loeschen/zuruecknehmen/", follow=True)
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
    carry_out_part(part_id=request.parts.get(state="open").pk, actor=world.karl)
    client.force_login(world.bert)
    client.get("/en/konto/loeschen/")


def visit_feeds(client: Client) -> None:
    page = "/en/konto/kalender/"
    client.get(page)
    for act in ("erzeugen", "erzeugen", "erneuern", "beenden", "erneuern", "erzeugen"):
        client.post(page, {"kalender": "own", "vorgang": act}, follow=True)


def visit_firm(client: Client, world: World, person: Person) -> None:
    new = {
        "name": "Farm shop",
        "street": "Ring 1",
        "postcode": "04103",
        "city": "Leipzig",
        "contact_name": "Kim",
    }
    client.force_login(world.carl)
    for path in ("", "firma/neu/"):
        client.get(f"/en/konto/{path}")
    client.force_login(person)
    client.get("/en/konto/firma/neu/")
    client.post("/en/konto/firma/neu/", {"postcode": "1", "contact_phone": "1"})
    client.post("/en/konto/firma/neu/", new, follow=True)
    firm = firms_of(person).get(name="Farm shop")
    page, contact = f"/en/konto/firma/{firm.pk}/", firm.contacts.get()
    site = firm.sites.get()
    client.post(f"{page}aendern/", {"name": "Farm shop"}, follow=True)
    client.post(f"{page}verlassen/")
    for path in (
        "aendern/",
        "einladen/",
        "standorte/neu/",
        f"standorte/{site.pk}/",
        f"kontakte/{contact.pk}/telefon/",
    ):
        client.get(page + path)
        client.post(page + path)
    client.post(f"{page}kontakte/{contact.pk}/telefon/", {"phone": "0341 123456"}, follow=True)
    client.post(f"{page}kontakte/{contact.pk}/entfernen/")
    client.post(f"{page}standorte/neu/", new, follow=True)
    client.post(f"{page}standorte/{site.pk}/", new, follow=True)
    client.get(f"{page}standorte/{site.pk}/entfernen/")
    client.post(f"{page}standorte/{site.pk}/entfernen/", follow=True)
    visit_invitations(client, page)


def visit_invitations(client: Client, page: str) -> None:
    for name in ("kim", "bo"):
        typed = {"name": name, "email": f"{name}@farm.example"}
        client.post(f"{page}einladen/", typed, follow=True)
        client.post(f"{page}einladen/", typed)
    kim, bo = FirmContact.objects.filter(email__endswith="@farm.example").order_by("pk")
    client.post(f"{page}kontakte/{bo.pk}/erneut/", follow=True)
    FirmContact.objects.filter(pk=bo.pk).update(invited_at=timezone.now() - datetime.timedelta(days=9))
    client.get(page)
    client.get(f"{page}kontakte/{bo.pk}/entfernen/")
    client.post(f"{page}kontakte/{bo.pk}/entfernen/", follow=True)
    mail = OutgoingMail.objects.filter(kind="firm_invitation", to_email=kim.email).get()
    path = "/" + mail.content["invitation_url"].split("/", 3)[3]
    guest = Client()
    guest.get(path)
    guest.post(path, follow=True)
    guest.get("/en/konto/firma/einladung/gibt-es-nicht/")
    client.post(f"{page}kontakte/{kim.pk}/erneut/", follow=True)
    client.post(f"{page}einladen/", {"name": "Kim", "email": kim.email})
    client.get(page)
    client.get(f"{page}kontakte/{kim.pk}/entfernen/")
    client.get(f"{page}verlassen/")
    client.post(f"{page}kontakte/{kim.pk}/entfernen/", follow=True)


def visit_invitation(client: Client, world: World) -> None:
    """The mails to staff are German; the page behind the link is read in either language."""
    with translation.override("de"):
        invite(world, ends=world.hours.day)
        page = f"/en/konto/einladung/{token_of()}/"
    client.get(page)
    client.post(page, {"password1": "kurz", "password2": "kurz"})
    client.post(page, {"password1": "ein langer Satz mit Wolken", "password2": "ein langer Satz mit Wolken"})
    client.get(page)


def visit_account_pages(client: Client, world: World) -> None:
    """Registration, the ways to sign in, an app, another address, and what goes wrong on the way."""
    client.post("/en/konto/registrieren/", {"name": ""})
    client.post("/en/konto/registrieren/", {"name": "Kim", "email": "kim@account.example"})
    page = "/en" + link_of("account_register", "register_url").removeprefix("/en")
    client.get(page)
    client.post(page, {"password1": "x"})
    client.post(page, TWICE)
    client.post("/en/konto/registrieren/", {"name": "Kim", "email": "kim@account.example"})
    client.post("/en/konto/anmelden/code/", {"email": "kim@account.example"})
    client.get("/en/konto/anmelden/code/eingeben/")
    client.post("/en/konto/anmelden/code/eingeben/", {"code": "1"})
    client.post("/en/konto/anmelden/code/eingeben/", {"code": mailed_code()})
    for path in ("profil/", "profil/name/", "profil/adresse/", "sicherheit/", "sicherheit/passkey/"):
        client.get(f"/en/konto/{path}")
    client.post("/en/konto/profil/adresse/", {"email": "kim@account.example"})
    client.post("/en/konto/profil/adresse/", {"email": "kim@new.example"}, follow=True)
    client.get("/en/konto/profil/")
    client.get("/en/konto/sicherheit/app/")
    client.post("/en/konto/sicherheit/app/", {"code": "1"})
    secret = client.session["mfa.totp.secret"]
    client.post("/en/konto/sicherheit/app/", {"code": code_of_app(secret)}, follow=True)
    for path in ("codes/", "codes/neu/", "app/entfernen/"):
        client.get(f"/en/konto/sicherheit/{path}")
    client.post("/en/konto/sicherheit/codes/neu/")
    client.get("/en/konto/profil/")
    for path in ("bestaetigen/", "bestaetigen/code/", "bestaetigen/passkey/"):
        client.get(f"/en/konto/{path}")
    client.post("/en/konto/sicherheit/app/entfernen/", follow=True)
    page = "/en" + link_of("address_confirm", "confirm_url").removeprefix("/en")
    client.get(page)
    client.post(page, follow=True)
    data = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    client.post("/en/konto/passwort/aendern/", data)
    visit_with_a_factor(client, world)


def visit_with_a_factor(client: Client, world: World) -> None:
    world.carl.set_password(PASSWORD)
    world.carl.save()
    factories.give_app(world.carl)
    client.post("/en/konto/anmelden/", {"login": world.carl.email, "password": PASSWORD})
    client.get("/en/konto/anmelden/zweiter-faktor/")
    client.post("/en/konto/anmelden/zweiter-faktor/", {"code": "1"})
    client.post("/en/konto/anmelden/zweiter-faktor/", {"code": code_of_app()})
    client.post("/en/konto/profil/sitzungen/beenden/", {"which": "all"}, follow=True)
    client.force_login(world.alice)
    asked = "/en/konto/bestaetigen/mail/"
    client.get(asked)
    client.post(asked, {"action": "send"}, follow=True)
    client.post(asked, {"code": "1"})


def mailed_code() -> str:
    return str(OutgoingMail.objects.filter(kind="sign_in_code").latest("pk").content["sign_in_code"])
