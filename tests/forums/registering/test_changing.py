"""Other parts, fewer people: what is given up goes to those who wait, and nothing is lost unsaid."""

import pytest
from django.utils import timezone

from forums.models import Event, EventPart, PartBooking, Registration
from forums.registering.cancelling import cancel
from forums.registering.changing import change_parts
from forums.registering.registering import Colleague
from forums.registering.window import TooLate
from forums.seats import NoPlaceLeft, free_places
from partnership.models import LogEntry
from partnership.refusals import Refusal
from tests.consultations.conftest import MailsOf
from tests.event_factories import make_registration
from tests.forums.registering_steps import last_mail, make_forum, states_of, take_part
from tests.personas import World

State = Registration.State
Forum = tuple[Event, EventPart, EventPart, EventPart]


@pytest.fixture
def forum(world: World) -> Forum:
    return make_forum(world)


def begin(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now())


def test_another_workshop(forum: Forum) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    change_parts(registration_id=registration.pk, parts={locks.pk: "site"})
    assert states_of(registration) == {"Vortrag": "confirmed", "Schlösser": "confirmed"}
    assert (free_places(doors, "site"), free_places(locks, "site")) == (15, 14)


def test_another_way_of_taking_part(forum: Forum) -> None:
    event, talk, *_workshops = forum
    registration = take_part(event)
    change_parts(registration_id=registration.pk, parts={talk.pk: "online"})
    assert registration.bookings.exclude(state="cancelled").get().mode == "online"
    assert free_places(talk, "site") == 80


def test_nothing_else_is_no_change(forum: Forum, mails_of: MailsOf) -> None:
    event, talk, doors, _locks = forum
    registration = take_part(event, doors)
    parts = {talk.pk: "site", doors.pk: "site"}
    assert mails_of(lambda: change_parts(registration_id=registration.pk, parts=parts)) == []


def test_a_place_is_not_given_up_for_a_wait_that_was_not_said(forum: Forum) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    locks.places.update(capacity=0)
    with pytest.raises(NoPlaceLeft, match="Schlösser"):
        change_parts(registration_id=registration.pk, parts={locks.pk: "site"})
    assert states_of(registration)["Türen"] == "confirmed"


def test_who_knows_it_may_change_to_a_wait(forum: Forum) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    locks.places.update(capacity=0)
    waits = frozenset({locks.pk})
    change_parts(registration_id=registration.pk, parts={locks.pk: "site"}, may_wait_for=waits)
    assert states_of(registration) == {"Vortrag": "confirmed", "Schlösser": "waitlisted"}


def test_whoever_keeps_waiting_keeps_the_place_in_line(forum: Forum) -> None:
    event, talk, doors, _locks = forum
    doors.places.update(capacity=0)
    registration = take_part(event, doors)
    since = registration.bookings.get(part=doors).waits_since
    change_parts(registration_id=registration.pk, parts={talk.pk: "online", doors.pk: "site"})
    assert registration.bookings.get(part=doors).waits_since == since


def test_a_place_given_up_goes_to_who_waits(forum: Forum) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    doors.places.update(capacity=1)
    waiting = take_part(event, doors, email="olaf@firma.example")
    change_parts(registration_id=registration.pk, parts={locks.pk: "site"})
    assert states_of(waiting)["Türen"] == "confirmed"


def test_changing_is_told_with_a_new_entry_and_logged(forum: Forum, mails_of: MailsOf) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    (mail,) = mails_of(lambda: change_parts(registration_id=registration.pk, parts={locks.pk: "site"}))
    assert (mail.kind, mail.calendar["method"], mail.calendar["sequence"]) == ("event_changed", "REQUEST", 1)
    assert LogEntry.objects.filter(act="registration.changed", object_id=registration.pk).exists()


def test_after_the_beginning_nothing_changes(forum: Forum) -> None:
    event, _talk, doors, locks = forum
    registration = take_part(event, doors)
    begin(event)
    with pytest.raises(TooLate):
        change_parts(registration_id=registration.pk, parts={locks.pk: "site"})
    with pytest.raises(TooLate):
        cancel(registration_id=registration.pk)


def test_none_of_the_parts_is_no_change(world: World) -> None:
    event, talk, doors, _locks = make_forum(world)
    EventPart.objects.filter(pk=talk.pk).update(is_for_all=False)
    registration = take_part(event, doors)
    with pytest.raises(Refusal, match="mindestens"):
        change_parts(registration_id=registration.pk, parts={})


def test_cancelling_frees_the_places_and_takes_the_entry_back(forum: Forum, mails_of: MailsOf) -> None:
    event, talk, doors, _locks = forum
    registration = take_part(event, doors)
    (mail,) = mails_of(lambda: cancel(registration_id=registration.pk))
    registration.refresh_from_db()
    assert (registration.state, states_of(registration)) == (State.CANCELLED, {})
    assert (free_places(talk, "site"), free_places(doors, "site")) == (80, 15)
    assert (mail.kind, mail.calendar["method"]) == ("event_cancelled", "CANCEL")


def test_cancelling_again_changes_nothing(forum: Forum, mails_of: MailsOf) -> None:
    registration = take_part(forum[0])
    cancel(registration_id=registration.pk)
    assert mails_of(lambda: cancel(registration_id=registration.pk)) == []


def test_a_cancelled_place_goes_to_who_waits(forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    registration = take_part(event, doors)
    doors.places.update(capacity=1)
    waiting = take_part(event, doors, email="olaf@firma.example")
    cancel(registration_id=registration.pk)
    assert states_of(waiting)["Türen"] == "confirmed"


def test_one_colleague_or_all(forum: Forum) -> None:
    colleagues = (Colleague(name="Ole"), Colleague(name="Ina", email="ina@firma.example"))
    registration = take_part(forum[0], colleagues=colleagues)
    ole, ina = registration.colleagues.order_by("pk")
    cancel(registration_id=ole.pk)
    mail = last_mail("event_cancelled")
    assert (mail.to_email, mail.content["people"][0]["name"], mail.calendar) == (
        registration.email,
        "Ole",
        None,
    )
    cancel(registration_id=registration.pk, with_colleagues=True)
    ina.refresh_from_db()
    assert ina.state == State.CANCELLED


def test_after_cancelling_one_can_register_again(forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    cancel(registration_id=take_part(event, doors).pk)
    assert states_of(take_part(event, doors))["Türen"] == "confirmed"


def test_who_was_only_waiting_has_no_entry_to_take_back(forum: Forum, mails_of: MailsOf) -> None:
    event, talk, *_workshops = forum
    talk.places.update(capacity=0)
    registration = take_part(event)
    (mail,) = mails_of(lambda: cancel(registration_id=registration.pk))
    assert (mail.calendar, mail.content["has_calendar"]) == (None, False)


def test_what_a_desk_has_let_in_beyond_is_not_passed_on(forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    doors.places.update(capacity=0)
    registration = make_registration(event)
    PartBooking.objects.create(
        registration=registration, part=doors, mode="site", state="confirmed", beyond_reason="Rollstuhl"
    )
    waiting = take_part(event, doors)
    cancel(registration_id=registration.pk)
    assert states_of(waiting)["Türen"] == "waitlisted"
