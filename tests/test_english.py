"""Public pages and the mails to firms speak English: every sentence they show is in the catalogue."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone, translation
from django.utils.translation.trans_real import DjangoTranslation
from django.utils.translation.trans_real import translation as catalogue_of

from consultations import booking, mails
from consultations.access import with_place
from consultations.confirmations import remind_unconfirmed
from consultations.deadlines import link_end
from consultations.expiry import expire_due
from consultations.models import Appointment, Uptake, VisitReport, VisitRequest, Waiting, WaitingOffer
from consultations.offers import choice_value
from consultations.placing import TooLate
from consultations.queries import appointments_of, free_times
from consultations.reminders import send_due
from consultations.satisfaction import ask_due
from consultations.visit_reports.reading import UNLOCKED
from consultations.visits.unconfirmed import remind_unconfirmed as remind_of_requests
from consultations.waiting.line import end_over_due
from partnership.erasing import carry_out_part, refuse_part
from partnership.links import issue_link
from partnership.mail_content import build_message
from partnership.models import (
    Area,
    ErasureRequest,
    FirmContact,
    OfficeClosure,
    OutgoingMail,
    Person,
    SecretLink,
)
from partnership.publications.printing import print_brochure
from partnership.queries import firms_of
from tests import factories
from tests.browser.test_booking import link_of
from tests.consultations.planning_steps import (
    FAR,
    PLANNING_ACTS,
    a_day,
    cancel,
    lapse,
    make_station,
    offer,
    stand,
    waits,
)
from tests.consultations.report_steps import KIM, release
from tests.consultations.steps import book
from tests.consultations.steps import confirm as confirm_booking
from tests.consultations.uptake_steps import UPTAKE_ACTS, keys
from tests.consultations.visit_request_steps import REQUEST_ACTS
from tests.consultations.visit_steps import DETAILS, PLACE
from tests.consultations.visits.standing import VISIT_ACTS
from tests.consultations.visits.standing import make_visit as make_standing_visit
from tests.consultations.waiting_steps import new_times_for, path_in, taken_off
from tests.one_time_codes import code_of_app
from tests.partnership.administration.steps import invite, token_of
from tests.partnership.photos.hostile import jpeg, upload
from tests.partnership.publications.steps import make_released
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

GIVEN = {"firm_name": "Joinery", "contact_name": "Kim", "contact_email": "kim@joinery.example"}
FRAME_PAGES = "/ /impressum/ /datenschutz/ /barrierefreiheit/ /kontakt/ /beratung/ /fehlt/".split()
SIGN_IN_PAGES = (
    "anmelden anmelden/code registrieren registrieren/gesendet registrieren/x profil/adresse/x "
    "passwort/vergessen passwort/gesendet passwort/fertig"
).split()
PASSWORD = "a long sentence"
TWICE = {"password1": PASSWORD, "password2": PASSWORD}
SIGN_IN_PAGES = "anmelden registrieren passwort/vergessen passwort/gesendet passwort/fertig".split()
CONSULTATION_MAILS = (
    *("booking_confirm", "booking_confirmed", "booking_moved", "booking_cancelled", "booking_declined"),
    "satisfaction_asked",
)
WAITING_MAILS = (
    *("waiting_confirm", "waiting_joined", "waiting_offer", "waiting_new_times", "waiting_ended"),
)
REQUEST_MAILS = ("visit_confirm", "visit_unconfirmed", "visit_waiting", "visit_withdrawn")
ACCOUNT_MAILS = ("firm_invitation", "erasure_asked", "erasure_refused", "erasure_done")
OF_VISITS = VISIT_ACTS | PLANNING_ACTS | UPTAKE_ACTS
FAULTY = {"contact_email": "kim", "contact_phone": "1", "firm_name": "x" * 200}


class Missing:
    """Stands behind the English catalogue and remembers what it was asked for."""

    def __init__(self) -> None:
        self.sentences: set[str] = set()

    def gettext(self, sentence: str) -> str:
        self.sentences.add(sentence)
        return sentence

    def ngettext(self, one: str, many: str, count: int) -> str:
        self.sentences.add(one)
        return one if count == 1 else many

    def pgettext(self, context: str, sentence: str) -> str:
        return self.gettext(sentence)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        return self.ngettext(one, many, count)


@pytest.fixture
def missing() -> Iterator[Missing]:
    """All addresses are read first: what forms say once, as they are loaded, is no page's sentence."""
    assert get_resolver().url_patterns
    english: DjangoTranslation = catalogue_of("en")
    before = english._fallback  # type: ignore[attr-defined]
    found = Missing()
    english._fallback = found  # type: ignore[attr-defined]
    yield found
    english._fallback = before  # type: ignore[attr-defined]
    translation.activate("de")


def ours(sentences: set[str]) -> list[str]:
    """Without what Django and allauth ask for: that is English, and has a German translation of theirs."""
    german = catalogue_of("de")
    return sorted(s for s in sentences if german.gettext(s) == s and re.search("[a-zäöü]{2}", s))


def visit_public_pages(client: Client, world: World) -> None:
    """A booking with a detour through every error, then the pages that stand alone."""
    for path in FRAME_PAGES:
        client.get(f"/en{path}")
    client.get("/en/broschueren/")
    edition = make_released(world)
    client.get("/en/broschueren/sicher-im-betrieb/")
    print_brochure(edition.pk)
    client.get("/en/broschueren/sicher-im-betrieb/")
    client.get("/en/beratung/?plz=04668&thema=burglary&sprache=en&hinweis=keine-zeit")
    client.get("/en/beratung/?plz=99999&hinweis=zeit")
    client.get("/en/beratung/?plz=abc")
    closed = world.hours.day
    OfficeClosure.objects.create(office=world.office, starts=closed, ends=closed, reason="Umbau")
    client.get(f"/en/beratung/haus/{world.office.pk}/")
    first, second, *_rest = free_times(partnership=world.partnership)
    client.post("/en/beratung/waehlen/", {"zeit": choice_value(first)})
    client.get("/en/beratung/")
    client.get("/en/beratung/angaben/")
    client.post("/en/beratung/angaben/", FAULTY)
    client.post("/en/beratung/angaben/", {**GIVEN, "contact_email": "kim@"})
    client.post("/en/beratung/angaben/", GIVEN | {"topic": "burglary", "language": "en"})
    client.get("/en/beratung/rueckfrage/")
    client.post("/en/beratung/rueckfrage/")
    client.get("/en/beratung/pruefen/")
    client.post("/en/beratung/pruefen/")
    client.get("/en/beratung/gesendet/")
    booked = Appointment.objects.get(firm_name="Joinery")
    visit_links(client, booked, choice_value(second))
    visit_feedback(client, world)
    visit_waiting_list(client, world)
    ask_for_visits(client, world)
    visit_invitation(client, world)
    booked.refresh_from_db()
    for path in SIGN_IN_PAGES:
        client.get(f"/en/konto/{path}/")
    client.post("/en/konto/anmelden/", {"login": "x", "password": ""})
    client.force_login(booked.person or world.alice)
    for path in ("", "passwort/aendern/", "bestaetigen/"):
        client.get(f"/en/konto/{path}")
    visit_account(client, world, booked.person or world.alice)


def visit_feedback(client: Client, world: World) -> None:
    """The page behind the mail's link with what goes wrong on it, then the link again."""
    talk = factories.make_appointment(hours=world.hours, index=3, state="attended", page_language="en")
    ask_due(now=talk.ends_at + datetime.timedelta(days=1))
    mail = OutgoingMail.objects.get(kind="satisfaction_asked")
    page = "/" + mail.content["feedback_url"].split("/", 3)[3]
    client.get(page)
    client.post(page)
    client.post(page, {"helped": 5, "ease": 4}, follow=True)
    client.get(page)
    talk.concern.delete()
    talk.delete()


def visit_waiting_list(client: Client, world: World) -> None:
    """Joining with its faults, an offer declined and one accepted, who was passed over, the ways out."""
    join, typed = (
        "/en/beratung/warteliste/",
        {
            "ort": str(world.office.pk),
            "part_of_day": "any",
            "months": "3",
            "firm_name": "Joinery",
            "contact_name": "Kim",
        },
    )
    client.get(join)
    client.post(join, {"contact_email": "kim", "contact_phone": "1", "not_after": "2020-01-01"})
    client.get(f"{join}gesendet/")
    client.get(f"{join}platz/gibt-es-nicht/")
    for number in range(3):
        wishes = (
            {"not_after": "2040-01-01", "weekdays": "0", "not_before": "2030-01-01"} if number == 1 else {}
        )
        client.post(join, typed | wishes | {"contact_email": f"kim{number}@waiting.example"})
        confirm = path_in(OutgoingMail.objects.filter(kind="waiting_confirm").latest("pk"), "confirm_url")
        client.get(confirm)
        client.post(confirm)
        client.get(confirm)
        client.get(path_in(OutgoingMail.objects.filter(kind="waiting_joined").latest("pk")))
    for says in ("nein", "nein", "ja"):
        booking.cancel_by_firm(appointment_id=confirm_booking(world.hours, 3).pk)
        visit_offer(client, says)
        WaitingOffer.objects.filter(outcome="").update(expires_at=timezone.now())
        expire_due(now=timezone.now() + datetime.timedelta(days=7))
    for mail in OutgoingMail.objects.filter(kind="waiting_joined"):
        client.get(path_in(mail))
        client.get(path_in(mail, "unsubscribe_url"))
    client.post(path_in(mail, "unsubscribe_url"))
    client.get(path_in(mail))
    Waiting.objects.filter(state="waiting").update(waits_until=datetime.date(2020, 1, 1))
    end_over_due()
    new_times_for(world, page_language="en")
    taken_off(world, page_language="en", contact_email="bo@waiting.example")


def ask_for_visits(client: Client, world: World) -> None:
    """Each step with its faults, the request's pages in every state, the third that is refused."""
    ask = "/en/beratung/vor-ort/"
    world.partnership.areas.add(
        Area.objects.create(
            ags="1", name="Leipzig", latitude=51, longitude=12, valid_from=timezone.localdate()
        )
    )
    client.get(ask)
    client.post(ask, {"postcode": "1", "happened_on": "2126-01-01"})
    client.post(ask, PLACE | {"reason": "general", "happened_on": "2026-01-01"})
    client.get(f"{ask}anfrage/gibt-es-nicht/")
    for number in range(3):
        client.post(ask, PLACE | {"street": f"Way {number}", "happened_on": "2026-01-01"})
        client.get(f"{ask}angaben/")
        client.post(f"{ask}angaben/", FAULTY | {"not_before": "2020-01-01"})
        client.post(f"{ask}angaben/", DETAILS | {"takes_freed_times": "on", "weekdays": "0"})
        client.get(f"{ask}pruefen/")
        client.post(f"{ask}pruefen/")
        client.get(f"{ask}gesendet/")
    photos = f"{ask}gesendet/fotos/"
    client.get(photos)
    client.post(photos)
    for content in (jpeg(), jpeg(), b"GIF89a", b"", b"x"):
        client.post(photos, {"photos": upload(content)}, follow=True)
    request = VisitRequest.objects.earliest("pk")
    VisitRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=9))
    remind_of_requests()
    confirm = path_in(OutgoingMail.objects.filter(kind="visit_confirm").earliest("pk"), "confirm_url")
    for state in ("expired", "withdrawn", "unconfirmed"):
        VisitRequest.objects.filter(pk=request.pk).update(state=state, ended_at=timezone.now())
        client.get(confirm)
        if state != "expired":
            client.post(confirm)
    client.get(confirm)
    page = path_in(OutgoingMail.objects.filter(kind="visit_waiting").latest("pk"))
    for part in ("", "wuensche/", "fotos/", "nicht-kurzfristig/", "zurueckziehen/"):
        client.get(page + part)
    client.post(f"{page}nicht-kurzfristig/")
    client.post(f"{page}wuensche/", {"gesehen": "1", "part_of_day": "any"})
    _show_in_every_state(client, world, request, page)


def _show_in_every_state(client: Client, world: World, request: VisitRequest, page: str) -> None:
    for state in ("proposed", "confirmed"):
        request.refresh_from_db()
        visit = make_visit(request=request, officer=world.pia, state=state)
        client.get(page)
        client.post(f"{page}zurueckziehen/")
        visit.appointment.delete()
        VisitRequest.objects.filter(pk=request.pk).update(state="open", officer=None, taken_at=None)
    client.post(f"{page}zurueckziehen/")
    for state in ("withdrawn", "ended", "visited", "expired", "unconfirmed"):
        VisitRequest.objects.filter(pk=request.pk).update(state=state)
        client.get(page)


def visit_offer(client: Client, says: str) -> None:
    """Late answers are refused with other words for each end."""
    offer = WaitingOffer.objects.filter(outcome="").get()
    page = path_in(OutgoingMail.objects.filter(kind="waiting_offer").latest("pk"))
    client.get(page)
    client.post(page, {"angebot": offer.pk, "antwort": says})
    client.post(page, {"angebot": offer.pk, "antwort": "nein" if says == "ja" else "ja"})
    for outcome in ("lapsed", "withdrawn"):
        WaitingOffer.objects.filter(pk=offer.pk).update(outcome=outcome)
        client.get(page)
        client.post(page, {"angebot": offer.pk, "antwort": "ja"})


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


def visit_links(client: Client, appointment: Appointment, other: str) -> None:
    def link(purpose: SecretLink.Purpose) -> str:
        return issue_link(thing=appointment, purpose=purpose, expires_at=link_end(appointment))

    confirm = f"/en/beratung/bestaetigen/{link(SecretLink.Purpose.CONFIRM)}/"
    client.get(confirm)
    client.post(confirm)
    client.get(confirm)
    page = f"/en/beratung/termin/{link(SecretLink.Purpose.MANAGE)}/"
    for path in ("", "kalender.ics", "verschieben/", "absagen/"):
        client.get(page + path)
    client.get(page + "verschieben/", {"zeit": other})
    client.post(page + "verschieben/", {"zeit": "1@2020-01-01T00:00:00Z"})
    client.post(page + "verschieben/", {"zeit": other})
    page = f"/en/beratung/termin/{link(SecretLink.Purpose.MANAGE)}/"
    client.get(page + "?neu=verschoben")
    moved = with_place().get(pk=appointment.pk)
    for token in ("t" * 43, ""):
        mails.say_how_to_cancel(moved, token=token)
    client.post(page + "absagen/")
    client.get(page)
    client.get(confirm)
    client.get("/en/beratung/termin/gibt-es-nicht/")


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


@pytest.mark.django_db
def test_no_page_of_an_account_and_no_mail_about_it_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    visit_account_pages(client, world)
    mails = OutgoingMail.objects.filter(language="en")
    for mail in mails:
        build_message(mail)
    assert set(mails.values_list("kind", flat=True)) == {
        *("account_register", "account_exists", "sign_in_code", "account_changed"),
        *("address_confirm", "address_changed"),
    }
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_no_page_and_no_mail_to_a_firm_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    visit_public_pages(client, world)
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
    kinds = set(OutgoingMail.objects.filter(language="en").values_list("kind", flat=True))
    assert kinds == {*CONSULTATION_MAILS, *WAITING_MAILS, *REQUEST_MAILS, *ACCOUNT_MAILS}
    assert ours(missing.sentences) == []


@pytest.mark.parametrize("deadline_hours", [24, 300])
@pytest.mark.django_db
def test_no_reminder_lacks_a_sentence(world: World, missing: Missing, deadline_hours: int) -> None:
    world.partnership.change_deadline_hours = deadline_hours
    world.partnership.save()
    booked = book(world.hours, page_language="en")
    Appointment.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=5))
    remind_unconfirmed()
    booking.confirm(appointment_id=booked.pk)
    send_due(now=booked.starts_at - datetime.timedelta(days=1))
    for kind in ("booking_unconfirmed", "booking_reminder"):
        build_message(OutgoingMail.objects.get(kind=kind))
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_refusals_are_understood(client: Client, world: World, missing: Missing) -> None:
    appointment = factories.make_appointment(hours=world.hours, state=Appointment.State.CANCELLED)
    with translation.override("en"), pytest.raises(TooLate) as refused:
        booking.confirm(appointment_id=appointment.pk)
    assert "cancelled" in refused.value.sentence


@pytest.mark.parametrize("kind", OF_VISITS)
@pytest.mark.django_db
def test_no_mail_about_a_visit_lacks_a_sentence(world: World, missing: Missing, kind: str) -> None:
    OF_VISITS[kind](world, "en")
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
        for other in ({"manage_url": ""}, {"stays_open": True, "by_firm": True}, {"change_until": ""}):
            mail.content = mail.content | other
            build_message(mail)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_the_end_of_a_request_lacks_no_sentence(world: World, missing: Missing) -> None:
    REQUEST_ACTS["visit_ended"](world, "en")
    mail = OutgoingMail.objects.get()
    for name in (mail.to_name, ""):
        mail.to_name = name
        build_message(mail)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_no_page_of_a_visit_lacks_a_sentence(client: Client, world: World, missing: Missing) -> None:
    appointment = make_standing_visit(world).appointment
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    page = f"/en/beratung/termin/{token}/"
    for state in (Appointment.State.CONFIRMED, Appointment.State.CANCELLED):
        Appointment.objects.update(state=state)
        for path in ("", "verschieben/", "absagen/", "kalender.ics"):
            client.get(page + path)
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_no_page_about_what_became_of_the_advice_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    report = release(world, recipients=[KIM])
    page = f"/en/konto/berichte/{report.visit.appointment.reference}/umsetzung/"
    client.force_login(world.alice)
    card = {"empfehlung": str(keys(report)[0])}
    client.get(page)
    for state in ("", "done", "planned", "declined"):
        client.post(page, card | {"e1-state": state, "e1-reason": "x" * 501})
    for fields in ({"e1-done_on": "2030-01-01"}, {"e1-planned_until": "2020-01-01"}):
        client.post(page, card | {"e1-state": "done" if "e1-done_on" in fields else "planned"} | fields)
    told = [{"state": "declined", "reason": "no"}, {"state": "planned", "planned_until": "2030-01-01"}]
    for fields in [*told, {"state": "done", "done_on": "2026-01-01"}]:
        client.post(page, card | {f"e1-{name}": value for name, value in fields.items()}, follow=True)
    for days in (1, 3, 90):
        Uptake.objects.update(told_at=timezone.now() - datetime.timedelta(days=days))
        client.get(page)
    client.post(f"{page}keine-fragen/", follow=True)
    _visit_uptake_by_code(client, report)
    assert ours(missing.sentences) == []


def _visit_uptake_by_code(client: Client, report: VisitReport) -> None:
    kim = report.visit.readers.get(kind="recipient")
    later = timezone.now() + datetime.timedelta(days=1)
    token = issue_link(thing=kim, purpose=SecretLink.Purpose.UPTAKE, expires_at=later)
    session = client.session
    session[UNLOCKED] = {str(kim.pk): later.timestamp()}
    session.save()
    client.get(f"/en/beratung/umsetzung/{token}/")
    client.get(f"/en/beratung/umsetzung/{token}/keine-fragen/")
    client.post(f"/en/beratung/umsetzung/{token}/keine-fragen/")


@pytest.mark.django_db
def test_the_pages_of_offered_times_lack_no_sentence(client: Client, world: World, missing: Missing) -> None:
    make_station(world)
    far = waits(world, page_language="en", **FAR)
    visit = stand(world)
    cancel(visit)
    VisitRequest.objects.filter(pk=far.pk).update(state="taken", officer=world.pia, taken_at=timezone.now())
    for answer in ({"words": "x" * 400}, {"words": "x"}, {}):
        offered = offer(world, "13:00", request=VisitRequest.objects.get(pk=far.pk))[0]
        page = path_in(OutgoingMail.objects.filter(kind="visit_times").latest("pk"), "choose_url")
        client.get(page)
        client.post(page, answer or {"zeit": offered.pk}, follow=True)
        lapse(offered)
        client.post(page, {"zeit": offered.pk})
    waits(world, page_language="en")
    cancel(stand(world, day=a_day(3)))
    client.get(path_in(OutgoingMail.objects.filter(kind="visit_freed_time").latest("pk"), "choose_url"))
    assert ours(missing.sentences) == []
