"""Public pages and the mails to firms speak English: every sentence they show is in the catalogue."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation
from django.utils.translation.trans_real import translation as catalogue_of

from consultations import booking
from consultations.deadlines import link_end
from consultations.models import Appointment
from consultations.offers import choice_value
from consultations.placing import TooLate
from consultations.queries import free_times
from partnership.links import issue_link
from partnership.mail_content import build_message
from partnership.models import OfficeClosure, OutgoingMail, SecretLink
from tests import factories
from tests.partnership.administration.steps import invite, token_of
from tests.personas import World

GIVEN = {"firm_name": "Joinery", "contact_name": "Kim", "contact_email": "kim@joinery.example"}
FRAME_PAGES = "/ /impressum/ /datenschutz/ /barrierefreiheit/ /kontakt/ /beratung/ /fehlt/".split()
SIGN_IN_PAGES = "anmelden registrieren passwort/vergessen passwort/gesendet passwort/fertig".split()
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
    visit_invitation(client, world)
    booked.refresh_from_db()
    for path in SIGN_IN_PAGES:
        client.get(f"/en/konto/{path}/")
    client.post("/en/konto/anmelden/", {"login": "x", "password": ""})
    client.force_login(booked.person or world.alice)
    for path in ("", "passwort/aendern/", "bestaetigen/"):
        client.get(f"/en/konto/{path}")


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
    client.post(page + "absagen/")
    client.get(page)
    client.get(confirm)
    client.get("/en/beratung/termin/gibt-es-nicht/")


@pytest.mark.django_db
def test_no_page_and_no_mail_to_a_firm_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    visit_public_pages(client, world)
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
    assert OutgoingMail.objects.filter(language="en").count() == 4
    assert ours(missing.sentences) == []


@pytest.mark.django_db
def test_refusals_are_understood(client: Client, world: World, missing: Missing) -> None:
    appointment = factories.make_appointment(hours=world.hours, state=Appointment.State.CANCELLED)
    with translation.override("en"), pytest.raises(TooLate) as refused:
        booking.confirm(appointment_id=appointment.pk)
    assert "cancelled" in refused.value.sentence
