"""Somebody registers: nothing is taken before the yes, and nobody learns who is registered."""

import datetime

import pytest
from django.utils import timezone

from forums.models import Event, Registration, RegistrationNeeds
from forums.registering.registering import Colleague, register
from forums.registering.window import TooLate
from forums.seats import free_places
from partnership.models import LogEntry, OutgoingMail
from partnership.refusals import Refusal
from tests.consultations.conftest import MailsOf
from tests.event_factories import make_event, make_part
from tests.forums.registering_steps import (
    EMAIL,
    entry_of,
    kinds,
    last_mail,
    make_forum,
    sign_up,
    states_of,
    take_part,
)
from tests.personas import World

State = Registration.State
HOUR = datetime.timedelta(hours=1)


def test_an_address_is_asked_and_nothing_is_taken(world: World) -> None:
    event, talk, doors, _locks = make_forum(world)
    registration = sign_up(event, doors)
    assert states_of(registration) == {"Vortrag": "pending", "Türen": "pending"}
    assert (free_places(talk, "site"), free_places(doors, "site")) == (80, 15)
    assert (registration.state, registration.ticket, kinds()) == (State.UNCONFIRMED, "", ["event_confirm"])


def test_what_is_for_all_comes_along_on_site_unless_online_is_wanted(world: World) -> None:
    event, talk, _doors, _locks = make_forum(world)
    assert list(sign_up(event).bookings.values_list("mode", flat=True)) == ["site"]
    online = sign_up(event, talk, mode="online", email="olaf@firma.example")
    assert list(online.bookings.values_list("mode", flat=True)) == ["online"]


def test_one_of_a_choice(world: World) -> None:
    event, _talk, doors, locks = make_forum(world)
    with pytest.raises(Refusal, match="gehen nicht zusammen"):
        sign_up(event, doors, locks)


def test_parts_at_the_same_time_exclude_each_other(world: World) -> None:
    event = make_event(organiser=world.ihk)
    with pytest.raises(Refusal, match="gehen nicht zusammen"):
        sign_up(event, make_part(event), make_part(event))


def test_a_way_that_is_not_offered_is_refused(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    with pytest.raises(Refusal, match="gibt es so nicht"):
        sign_up(event, doors, mode="online")


def test_somebody_signed_in_is_confirmed_at_once(world: World, mails_of: MailsOf) -> None:
    event, _talk, doors, _locks = make_forum(world)
    world.alice.last_login = timezone.now()
    mails = mails_of(lambda: sign_up(event, doors, person=world.alice, email=world.alice.email))
    registration = Registration.objects.get()
    assert (registration.state, registration.person) == (State.CONFIRMED, world.alice)
    assert [mail.kind for mail in mails] == ["event_registered"]


def test_somebody_signed_in_who_enters_another_address_is_asked_there(world: World) -> None:
    event, *_parts = make_forum(world)
    assert sign_up(event, person=world.alice).state == State.UNCONFIRMED


def test_colleagues_are_registered_along_for_the_same_parts(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    colleagues = (Colleague(name="Ole Quendel"), Colleague(name="Ina Quendel", email="ina@firma.example"))
    registration = sign_up(event, doors, colleagues=colleagues)
    along = list(registration.colleagues.order_by("pk"))
    assert [one.name for one in along] == ["Ole Quendel", "Ina Quendel"]
    assert all(states_of(one) == states_of(registration) for one in along)
    assert kinds() == ["event_confirm"]


def test_needs_are_kept_apart(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event, accessibility="Gebärdensprache")
    assert RegistrationNeeds.objects.get().registration == registration
    assert not RegistrationNeeds.objects.exclude(registration=registration).exists()


def test_a_double_click_is_one_registration(world: World, mails_of: MailsOf) -> None:
    event, _talk, doors, _locks = make_forum(world)
    first = sign_up(event, doors)
    assert mails_of(lambda: sign_up(event, doors)) == []
    assert Registration.objects.get() == first


def test_what_waits_for_its_yes_is_replaced(world: World) -> None:
    event, _talk, doors, locks = make_forum(world)
    first = sign_up(event, doors)
    second = sign_up(event, locks)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.EXPIRED, State.UNCONFIRMED)


def test_an_address_that_is_registered_reads_so_by_mail_only(world: World, mails_of: MailsOf) -> None:
    event, _talk, doors, locks = make_forum(world)
    take_part(event, doors)
    mails = mails_of(lambda: register(entry=entry_of(event, locks, email=EMAIL.upper())))
    assert ([mail.kind for mail in mails], mails[0].to_email) == (["event_known"], EMAIL)
    assert states_of(Registration.objects.get()) == {"Vortrag": "confirmed", "Türen": "confirmed"}


def test_that_mail_comes_once_a_day(world: World, mails_of: MailsOf) -> None:
    event, *_parts = make_forum(world)
    take_part(event)
    register(entry=entry_of(event))
    assert mails_of(lambda: register(entry=entry_of(event))) == []


def test_a_strangers_address_is_not_asked_without_end(world: World, mails_of: MailsOf) -> None:
    for _number in range(4):
        sign_up(make_forum(world)[0])
    event, *_parts = make_forum(world)
    with pytest.raises(Refusal, match="schon mehrere"):
        sign_up(event)


def test_a_colleague_who_is_registered_is_left_out(world: World) -> None:
    event, *_parts = make_forum(world)
    take_part(event, email="ina@firma.example")
    registration = sign_up(event, colleagues=(Colleague(name="Ina", email="Ina@firma.example"),))
    assert not registration.colleagues.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": Event.State.DRAFT}, "schon begonnen"),
        ({"state": Event.State.CANCELLED}, "abgesagt"),
        ({"registration_opens_at": 1}, "beginnt am"),
        ({"registration_closes_at": -1}, "geschlossen"),
    ],
)
def test_outside_the_window_nobody_registers(world: World, fields: dict[str, object], sentence: str) -> None:
    now = timezone.now()
    given = {name: now + value * HOUR if isinstance(value, int) else value for name, value in fields.items()}
    event, *_parts = make_forum(world, **given)
    with pytest.raises(TooLate, match=sentence):
        sign_up(event)


def test_after_the_beginning_nobody_registers(world: World) -> None:
    now = timezone.now()
    event, *_parts = make_forum(world, starts_at=now - HOUR, ends_at=now + HOUR)
    with pytest.raises(TooLate):
        sign_up(event)


def test_the_yes_is_wanted_within_a_day_and_before_the_beginning(world: World) -> None:
    far, *_parts = make_forum(world)
    now = timezone.now()
    near, *_parts = make_forum(world, starts_at=now + HOUR, ends_at=now + 3 * HOUR)
    by = sign_up(far).confirm_by
    assert by is not None
    assert abs(by - now - 24 * HOUR) < HOUR
    assert sign_up(near).confirm_by == near.starts_at


def test_registering_is_logged_for_the_organiser(world: World) -> None:
    event, *_parts = make_forum(world)
    registration = sign_up(event)
    entry = LogEntry.objects.get(act="registration.made")
    assert (entry.object_id, entry.organisation) == (registration.pk, world.ihk)


def test_the_mail_names_the_parts_and_no_other_person(world: World) -> None:
    event, _talk, doors, _locks = make_forum(world)
    take_part(event, doors, email="olaf@firma.example", name="Olaf Fremd")
    sign_up(event, doors)
    content = last_mail("event_confirm").content
    assert [part["title"] for part in content["wanted"]] == ["Vortrag", "Türen"]
    assert "Olaf" not in str(content)
    assert OutgoingMail.objects.filter(to_email=EMAIL).count() == 1


def test_one_address_cannot_stand_for_two(world: World) -> None:
    event, *_parts = make_forum(world)
    with pytest.raises(Refusal, match="steht zweimal"):
        sign_up(event, colleagues=(Colleague(name="Ole", email=EMAIL.upper()),))
