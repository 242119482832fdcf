"""The yes: a place where one is free, else the end of the line."""

import datetime

import pytest
from django.utils import timezone

from forums.models import PartBooking, Registration
from forums.registering import cancelling
from forums.registering.access import registration_behind
from forums.registering.confirming import confirm
from forums.registering.registering import Colleague
from forums.registering.window import TooLate
from partnership.models import Firm, Person, SecretLink
from partnership.refusals import Refusal
from tests.consultations.conftest import MailsOf
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.registering_steps import last_mail, make_forum, sign_up, states_of, take_part, token_in
from tests.personas import World

State = Registration.State
A_DAY = datetime.timedelta(days=1)
Purpose = SecretLink.Purpose


def test_the_yes_gives_places_a_ticket_and_a_person_without_password(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    registration = take_part(event, doors)
    assert states_of(registration) == {"Vortrag": "confirmed", "Türen": "confirmed"}
    assert (registration.state, len(registration.ticket)) == (State.CONFIRMED, 10)
    assert registration.person is not None
    assert not registration.person.has_usable_password()


def test_both_links_lead_where_they_should(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event)
    asked = token_in(last_mail())
    _confirmed, token = confirm(registration_id=registration.pk)
    assert registration_behind(asked, purpose=Purpose.EVENT_CONFIRM) == registration
    assert registration_behind(token, purpose=Purpose.EVENT) == registration
    assert registration_behind(asked, purpose=Purpose.EVENT) is None


def test_a_second_yes_changes_nothing(world: World, mails_of: MailsOf) -> None:
    event, *_parts = make_forum(world)
    registration = take_part(event)
    assert mails_of(lambda: confirm(registration_id=registration.pk)) == []


def test_where_no_place_is_free_one_waits(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1, title="Türen")
    make_registration(event, part)
    registration = take_part(event, part)
    assert (states_of(registration), registration.state) == ({"Türen": "waitlisted"}, State.CONFIRMED)
    assert registration.bookings.get().waits_since is not None


def test_a_part_that_is_full_does_not_keep_one_from_the_others(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    doors.places.update(capacity=0)
    assert states_of(take_part(event, doors)) == {"Vortrag": "confirmed", "Türen": "waitlisted"}


def test_the_mail_says_what_is_certain_and_what_waits_with_the_position(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    doors.places.update(capacity=0)
    make_registration(event, doors, booking_state=PartBooking.State.WAITLISTED)
    take_part(event, doors)
    (person,) = last_mail("event_registered").content["people"]
    assert [part["title"] for part in person["certain"]] == ["Vortrag"]
    assert [(part["title"], "2. Stelle" in part["position"]) for part in person["waits"]] == [("Türen", True)]


def test_colleagues_are_confirmed_along(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    doors.places.update(capacity=2)
    colleagues = (Colleague(name="Ole"), Colleague(name="Ina", email="ina@firma.example"))
    registration = take_part(event, doors, colleagues=colleagues)
    ole, ina = registration.colleagues.order_by("pk")
    assert [states_of(one)["Türen"] for one in (registration, ole, ina)] == [
        "confirmed",
        "confirmed",
        "waitlisted",
    ]
    assert ina.person is None


def test_a_colleague_with_an_address_gets_a_mail_of_the_own(world: World, mails_of: MailsOf) -> None:
    event, *_parts = make_forum(world)
    colleagues = (Colleague(name="Ole"), Colleague(name="Ina", email="ina@firma.example"))
    registration = sign_up(event, colleagues=colleagues)
    mails = mails_of(lambda: confirm(registration_id=registration.pk))
    named = {mail.to_email: [person["name"] for person in mail.content["people"]] for mail in mails}
    assert named == {registration.email: ["Ute Quendel", "Ole"], "ina@firma.example": ["Ina"]}


def test_a_colleague_who_has_registered_in_the_meantime_is_not_confirmed_twice(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event, colleagues=(Colleague(name="Ina", email="ina@firma.example"),))
    take_part(event, email="ina@firma.example")
    confirm(registration_id=registration.pk)
    assert Registration.objects.filter(email="ina@firma.example", state=State.CONFIRMED).count() == 1


def test_a_stranger_who_enters_a_colleagues_address_does_not_keep_the_colleague_out(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event, colleagues=(Colleague(name="Ina", email="ina@firma.example"),))
    strangers = sign_up(event, email="ina@firma.example", name="Irgendwer")
    confirm(registration_id=registration.pk)
    strangers.refresh_from_db()
    assert (registration.colleagues.get().state, strangers.state) == (State.CONFIRMED, State.EXPIRED)


def test_a_firm_is_linked_only_through_its_own_contact(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = take_part(event)
    assert (registration.firm, Firm.objects.count()) == (None, 0)
    assert Person.objects.filter(email=registration.email).exists()


def test_what_nobody_confirms_expires(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event)
    assert cancelling.expire_due(now=timezone.now() + 2 * A_DAY) == 1
    assert cancelling.expire_due(now=timezone.now() + 2 * A_DAY) == 0
    registration.refresh_from_db()
    assert (registration.state, registration.confirmed_at) == (State.EXPIRED, None)


def test_what_has_expired_is_confirmed_while_one_can_register(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    registration = sign_up(event, doors)
    cancelling.expire_due(now=timezone.now() + 2 * A_DAY)
    confirm(registration_id=registration.pk)
    assert states_of(registration) == {"Vortrag": "confirmed", "Türen": "confirmed"}


def test_late_after_the_window_is_too_late(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event)
    past = timezone.now() - A_DAY
    type(event).objects.update(registration_closes_at=past)
    confirm(registration_id=registration.pk)  # in time: only registering is over
    other = make_registration(event, state=State.UNCONFIRMED, confirm_by=past)
    with pytest.raises(TooLate, match="geschlossen"):
        confirm(registration_id=other.pk)


def test_what_was_replaced_cannot_be_confirmed_beside_the_new_one(world: World) -> None:
    event, _talk, doors, locks = make_forum(world)
    first = sign_up(event, doors)
    sign_up(event, locks)
    with pytest.raises(Refusal, match="neuere Anmeldung"):
        confirm(registration_id=first.pk)


def test_a_cancelled_event_confirms_nobody(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event)
    type(event).objects.update(state="cancelled", cancelled_at=timezone.now())
    with pytest.raises(TooLate, match="findet nicht statt"):
        confirm(registration_id=registration.pk)
