"""When and where an event is, changed by those who run it; those who are coming are told once."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from forums.events.changing import foresee_change
from forums.models import Event, Kind, Registration
from partnership.administration.changes import ChangedMeanwhile
from partnership.mail_content import build_message
from partnership.models import BlockedAddress, OutgoingMail
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.events.steps import (
    A_DAY,
    AN_HOUR,
    acts,
    add,
    change,
    in_days,
    mails,
    make_forum,
    values_of,
)
from tests.personas import World

pytestmark = pytest.mark.django_db
SUMMER_TIME = datetime.date(2027, 3, 28)
WINTER_TIME = datetime.date(2027, 10, 31)
UNCONFIRMED = Registration.State.UNCONFIRMED


def test_what_changes_is_in_the_log_and_raises_the_version(world: World) -> None:
    event = add(world)
    change(event, world, title="Forum Wurzen")
    event.refresh_from_db()
    assert (event.title, event.version) == ("Forum Wurzen", 2)
    assert acts(event) == ["event.added", "event.changed"]


def test_nothing_changed_is_nothing_logged(world: World) -> None:
    event = add(world)
    change(event, world)
    event.refresh_from_db()
    assert (event.version, acts(event)) == (1, ["event.added"])


def test_partners_come_and_go(world: World) -> None:
    event = add(world)
    change(event, world, partners=[world.police, world.hwk])
    assert {*event.partners.all()} == {world.police, world.hwk}
    change(event, world, partners=[world.hwk])
    assert {*event.partners.all()} == {world.hwk}


def test_two_who_edit_notice_each_other(world: World) -> None:
    event = add(world)
    change(event, world, title="Zuerst")
    with pytest.raises(ChangedMeanwhile):
        change(event, world, seen=1, title="Danach")


@pytest.mark.parametrize("state", [Event.State.CANCELLED, Event.State.CLOSED])
def test_what_is_over_stays(world: World, state: str) -> None:
    event = make_event(organiser=world.ihk, state=state)
    with pytest.raises(Refusal, match="bleibt, wie es war"):
        change(event, world, title="Anders")


def test_everybody_is_told_of_another_time_once_with_a_new_entry(world: World) -> None:
    event, talk, workshop = make_forum(world)
    registration = make_registration(event, talk, workshop)
    told = change(event, world, starts_at=event.starts_at + A_DAY, ends_at=event.ends_at + A_DAY)
    assert told.by_mail == [registration]
    mail = mails().pop()
    assert (mail.kind, mail.to_email, len(mails())) == ("event_moved", registration.email, 1)
    assert mail.calendar is not None
    assert (mail.calendar["method"], mail.calendar["sequence"]) == ("REQUEST", 1)
    assert mail.calendar["starts_at"] == (event.starts_at + A_DAY).isoformat()
    text = str(build_message(mail).body)
    assert "Neue Zeit" in text
    assert "Bisher" in text


def test_another_place_is_told_in_the_readers_language(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk, page_language="en")
    change(event, world, venue="Rathaus", street="Markt 1", city="Wurzen", postcode="04808")
    body = str(build_message(mails().pop()).body)
    assert "New place: Rathaus" in body
    assert "Neuer Ort" not in body


@pytest.mark.parametrize("values", [{"title": "Anders"}, {"contact_phone": "0341 123456"}, {"summary": "x"}])
def test_nobody_is_told_of_anything_else(world: World, values: dict[str, Any]) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    assert change(event, world, **values).count == 0
    assert not mails()
    event.refresh_from_db()
    assert event.calendar_sequence == 0


def test_nobody_is_told_by_a_draft(world: World) -> None:
    event = add(world)
    change(event, world, starts_at=event.starts_at + AN_HOUR)
    assert not mails()


def test_only_confirmed_registrations_are_told(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk, state=UNCONFIRMED)
    make_registration(event, talk, state=Registration.State.CANCELLED, booking_state="cancelled")
    assert change(event, world, ends_at=event.ends_at + AN_HOUR).count == 0
    assert not mails()


def test_who_reads_no_mail_is_named_for_calling(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    caller = make_registration(event, talk, email="", phone="0341 123456")
    lost = make_registration(event, talk)
    mail = OutgoingMail.objects.create(
        partnership=world.partnership, kind="x", to_email=lost.email, content={}
    )
    BlockedAddress.objects.create(address=lost.email, partnership=world.partnership, mail=mail)
    told = change(event, world, starts_at=event.starts_at + AN_HOUR, ends_at=event.ends_at + AN_HOUR)
    assert (told.by_mail, told.to_call) == ([], [caller, lost])


def test_who_would_be_told_is_said_before(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    registration = make_registration(event, talk)
    now = timezone.now()
    elsewhere = values_of(event, venue="Rathaus")
    assert foresee_change(event, elsewhere, now=now).by_mail == [registration]
    assert foresee_change(event, values_of(event, title="Anders"), now=now).count == 0


def test_a_moved_event_is_reminded_of_again(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    registration = make_registration(event, talk, reminded_at=timezone.now())
    change(event, world, starts_at=event.starts_at + 7 * A_DAY, ends_at=event.ends_at + 7 * A_DAY)
    registration.refresh_from_db()
    assert registration.reminded_at is None


def test_nobody_confirms_after_an_earlier_beginning(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    late = make_registration(event, talk, state=UNCONFIRMED, confirm_by=event.starts_at)
    change(event, world, starts_at=event.starts_at - A_DAY, ends_at=event.ends_at - A_DAY)
    late.refresh_from_db()
    event.refresh_from_db()
    assert late.confirm_by == event.starts_at


def test_the_programme_moves_with_the_day_and_with_the_hour(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    change(event, world, starts_at=event.starts_at + AN_HOUR, ends_at=event.ends_at + AN_HOUR)
    before = workshop.starts_at
    workshop.refresh_from_db()
    assert workshop.starts_at == before + AN_HOUR


def test_a_longer_event_leaves_its_programme(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    before = workshop.starts_at
    change(event, world, ends_at=event.ends_at + AN_HOUR)
    workshop.refresh_from_db()
    assert workshop.starts_at == before


def test_a_part_that_would_lie_outside_is_named(world: World) -> None:
    event, _talk, _workshop = make_forum(world)
    with pytest.raises(Refusal, match="„Workshop“ läge dann außerhalb"):
        change(event, world, ends_at=event.ends_at - AN_HOUR)


@pytest.mark.parametrize("day", [SUMMER_TIME, WINTER_TIME])
def test_on_a_change_over_day_the_clock_stays(world: World, day: datetime.date) -> None:
    event = make_event(organiser=world.ihk, day=day - A_DAY)
    part = make_part(event, starts_at=event.starts_at + 4 * AN_HOUR)
    starts, ends = (at_wall_time(day, datetime.time(hour)) for hour in (9, 16))
    change(event, world, starts_at=starts, ends_at=ends)
    part.refresh_from_db()
    assert (berlin(part.starts_at).date(), berlin(part.starts_at).hour) == (day, 13)


def test_what_is_announced_keeps_what_it_needs(world: World) -> None:
    event, _talk, _workshop = make_forum(world)
    with pytest.raises(Refusal, match="Es fehlt der Ort"):
        change(event, world, venue="", street="", postcode="", city="")


def test_what_somebody_is_registered_for_becomes_no_external_course(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    course: dict[str, Any] = {
        "kind": Kind.EXTERNAL,
        "provider": "Akademie",
        "provider_url": "https://a.example",
    }
    with pytest.raises(Refusal, match="externer Kurs wird daraus nicht"):
        change(event, world, **course)


def test_an_event_that_is_over_tells_nobody(world: World) -> None:
    event, talk, _workshop = make_forum(world, day=in_days(-3))
    make_registration(event, talk)
    change(event, world, venue="Rathaus")
    assert not mails()
