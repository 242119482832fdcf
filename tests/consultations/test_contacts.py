"""From a confirmed e-mail address to a person and a firm: typing a name gives no rights."""

from django.utils import timezone

from consultations.contacts import adopt_contact
from consultations.models import Appointment
from consultations.queries import appointments_of
from partnership.models import Firm, FirmContact, Person
from partnership.rules import posts_of
from tests import factories
from tests.consultations.steps import book, confirm
from tests.personas import World


def a_confirmed_contact(email: str, name: str = "Tischlerei Muster") -> FirmContact:
    return FirmContact.objects.create(
        firm=Firm.objects.create(name=name), name="Chefin", email=email, email_confirmed_at=timezone.now()
    )


def test_confirming_an_address_makes_a_person_without_a_password(world: World) -> None:
    person = confirm(world.hours).person
    assert person is not None
    assert (person.email, person.name) == ("alice@tischlerei.example", "Alice Muster")
    assert not person.has_usable_password()
    assert not posts_of(person)


def test_nobody_is_made_before_the_address_is_confirmed(world: World) -> None:
    booked = book(world.hours)
    assert (booked.person, booked.firm) == (None, None)
    assert not Person.objects.filter(email="alice@tischlerei.example").exists()
    assert not Firm.objects.exists()


def test_a_known_address_is_the_same_person(world: World) -> None:
    assert confirm(world.hours, contact_email=world.alice.email).person == world.alice
    world.alice.refresh_from_db()
    assert world.alice.name == "Alice Beispiel"


def test_the_firms_own_confirmed_contact_finds_it_again(world: World) -> None:
    contact = a_confirmed_contact("Alice@tischlerei.example")
    assert confirm(world.hours, firm_name="TISCHLEREI MUSTER").firm == contact.firm


def test_whoever_types_a_firms_name_does_not_get_the_firm(world: World) -> None:
    known = a_confirmed_contact("chefin@tischlerei.example").firm
    confirmed = confirm(world.hours, firm_name=known.name, contact_email="mallory@anderswo.example")
    assert confirmed.firm != known
    assert confirmed.person is not None
    assert not confirmed.person.firm_contacts.filter(firm=known).exists()


def test_an_address_that_the_desk_only_wrote_down_gives_no_rights_over_the_firm(world: World) -> None:
    contact = a_confirmed_contact("alice@tischlerei.example")
    FirmContact.objects.update(email_confirmed_at=None, person=None)
    booked = confirm(world.hours)
    contact.refresh_from_db()
    assert booked.firm == contact.firm
    assert (contact.person, contact.email_confirmed_at) == (None, None)


def test_rights_are_over_that_one_booking(world: World) -> None:
    mine = confirm(world.hours)
    theirs = factories.make_appointment(hours=world.hours, index=1, firm=mine.firm)
    assert mine.person is not None
    assert list(appointments_of(mine.person)) == [mine]
    assert theirs.person is None


def test_a_second_booking_of_one_firm_makes_no_second_firm(world: World) -> None:
    first, second = confirm(world.hours, 0), confirm(world.hours, 1)
    assert (first.firm, first.person) == (second.firm, second.person)
    assert FirmContact.objects.count() == 1


def test_the_firm_keeps_chamber_and_number_as_given(world: World) -> None:
    firm = confirm(world.hours, chamber=world.hwk, membership_number="4711").firm
    assert firm is not None
    assert (firm.chamber, firm.membership_number) == (world.hwk, "4711")


def test_an_appointment_keeps_its_own_copy_of_the_contact(world: World) -> None:
    confirmed = confirm(world.hours)
    Person.objects.filter(pk=confirmed.person_id).update(email="neu@tischlerei.example")
    Firm.objects.update(name="Neuer Name")
    kept = Appointment.objects.get(pk=confirmed.pk)
    assert (kept.contact_email, kept.firm_name) == ("alice@tischlerei.example", "Tischlerei Muster")


def test_a_person_of_the_partnership_who_books_stays_who_they_are(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, contact_email=world.bert.email)
    person, _firm = adopt_contact(booked, now=timezone.now())
    assert person == world.bert
    assert posts_of(person).desks == {world.ihk.pk}
