"""Taking over what was booked for one's own confirmed address, and nothing else."""

import pytest
from django.test import Client

from consultations.claiming import claim_booking
from consultations.models import Appointment
from consultations.queries import appointments_of, claimable_by
from partnership.models import Firm, LogEntry
from partnership.refusals import Refusal
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = Appointment.State
CLAIM = "/konto/termine/uebernehmen/"


@pytest.fixture
def firm(world: World) -> Firm:
    """It proves alice's address."""
    return factories.make_firm(world.alice)


@pytest.fixture
def booked(world: World, firm: Firm) -> Appointment:
    """By the desk, on the telephone, for alice's address."""
    return factories.make_appointment(
        hours=world.hours, contact_email=world.alice.email.upper(), note="Neue Tore"
    )


def test_a_booking_for_the_address_is_taken_over(world: World, firm: Firm, booked: Appointment) -> None:
    claim_booking(appointment_id=booked.pk, person=world.alice, firm=firm)
    booked.refresh_from_db()
    assert (booked.person, booked.firm) == (world.alice, firm)
    entry = LogEntry.objects.get(act="appointment.claimed")
    assert (entry.actor, entry.organisation) == (world.alice, world.ihk)


def test_without_a_firm_none_is_linked(world: World, booked: Appointment) -> None:
    assert claim_booking(appointment_id=booked.pk, person=world.alice).firm is None


def test_twice_is_once(world: World, booked: Appointment) -> None:
    for _click in range(2):
        claim_booking(appointment_id=booked.pk, person=world.alice)
    assert LogEntry.objects.filter(act="appointment.claimed").count() == 1


def test_another_address_claims_nothing(world: World, booked: Appointment) -> None:
    factories.make_firm(world.carl)
    with pytest.raises(Refusal):
        claim_booking(appointment_id=booked.pk, person=world.carl)


def test_an_address_that_is_not_confirmed_claims_nothing(world: World, booked: Appointment) -> None:
    Appointment.objects.update(contact_email=world.carl.email)
    assert not claimable_by(world.carl).exists()
    with pytest.raises(Refusal):
        claim_booking(appointment_id=booked.pk, person=world.carl)


def test_what_is_somebodys_already_stays_theirs(world: World, booked: Appointment) -> None:
    Appointment.objects.update(person=world.carl)
    with pytest.raises(Refusal):
        claim_booking(appointment_id=booked.pk, person=world.alice)


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.EXPIRED])
def test_what_waits_for_its_own_mail_is_not_claimed(
    world: World, firm: Firm, state: Appointment.State
) -> None:
    factories.make_appointment(hours=world.hours, contact_email=world.alice.email, state=state)
    assert not claimable_by(world.alice).exists()


def test_a_firm_that_is_not_ones_own_is_refused(world: World, booked: Appointment) -> None:
    other = factories.make_firm(world.carl)
    with pytest.raises(Refusal):
        claim_booking(appointment_id=booked.pk, person=world.alice, firm=other)


def test_one_click_each(client: Client, world: World, firm: Firm, booked: Appointment) -> None:
    sign_in(client, world.alice)
    assert "Auf Ihre E-Mail-Adresse gebucht" in client.get("/konto/").content.decode()
    page = client.post(CLAIM, {"termin": booked.reference, "firm": str(firm.pk)}, follow=True)
    assert "1 Termin ist jetzt Ihrer." in page.content.decode()
    assert appointments_of(world.alice).get().firm == firm


def test_or_all_at_once(client: Client, world: World, booked: Appointment) -> None:
    factories.make_appointment(hours=world.hours, index=1, contact_email=world.alice.email)
    sign_in(client, world.alice)
    client.post(CLAIM, {"termin": "alle", "firm": ""})
    assert appointments_of(world.alice).count() == 2


def test_what_is_confided_shows_after_claiming_only(
    client: Client, world: World, booked: Appointment
) -> None:
    sign_in(client, world.alice)
    page = f"/konto/termine/{booked.reference}/"
    assert "Neue Tore" not in client.get("/konto/").content.decode()
    assert client.get(page).status_code == 404
    client.post(CLAIM, {"termin": booked.reference})
    assert "Neue Tore" in client.get(page).content.decode()


def test_a_number_of_somebody_else_is_answered_politely(client: Client, world: World, firm: Firm) -> None:
    theirs = factories.make_appointment(hours=world.hours)
    sign_in(client, world.alice)
    page = client.post(CLAIM, {"termin": theirs.reference})
    assert page.status_code == 409
    theirs.refresh_from_db()
    assert theirs.person is None


def test_claiming_is_a_post_by_who_is_signed_in(client: Client, world: World) -> None:
    assert client.post(CLAIM)["Location"].startswith("/konto/anmelden/")
    sign_in(client, world.alice)
    assert client.get(CLAIM).status_code == 405
