"""Public pages and the mails to firms speak English: every sentence they show is in the catalogue."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from consultations import booking
from consultations.confirmations import remind_unconfirmed
from consultations.models import Appointment
from consultations.offers import choice_value
from consultations.placing import TooLate
from consultations.queries import free_times
from consultations.reminders import send_due
from partnership.mail_content import build_message
from partnership.models import (
    OfficeClosure,
    OutgoingMail,
)
from partnership.publications.printing import print_brochure
from tests import factories
from tests.consultations.steps import book
from tests.english.account_pages import visit_account, visit_account_pages, visit_invitation
from tests.english.missing import Missing, ours
from tests.english.public_pages import FAULTY, ask_for_visits, visit_feedback, visit_links, visit_waiting_list
from tests.partnership.publications.steps import make_released
from tests.personas import World

GIVEN = {"firm_name": "Joinery", "contact_name": "Kim", "contact_email": "kim@joinery.example"}
FRAME_PAGES = "/ /impressum/ /datenschutz/ /barrierefreiheit/ /kontakt/ /beratung/ /fehlt/".split()
SIGN_IN_PAGES = (
    "anmelden anmelden/code registrieren registrieren/gesendet registrieren/x profil/adresse/x "
    "passwort/vergessen passwort/gesendet passwort/fertig"
).split()
CONSULTATION_MAILS = (
    *("booking_confirm", "booking_confirmed", "booking_moved", "booking_cancelled", "booking_declined"),
    "satisfaction_asked",
)
WAITING_MAILS = (
    *("waiting_confirm", "waiting_joined", "waiting_offer", "waiting_new_times", "waiting_ended"),
)
REQUEST_MAILS = ("visit_confirm", "visit_unconfirmed", "visit_waiting", "visit_withdrawn")
ACCOUNT_MAILS = ("firm_invitation", "erasure_asked", "erasure_refused", "erasure_done")


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
