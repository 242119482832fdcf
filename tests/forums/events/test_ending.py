"""Called off, held, closed."""

import datetime

import pytest
from django.utils import timezone

from forums.events import ending
from forums.models import Event, PartBooking, PartPlaces, Registration
from partnership.mail_content import build_message
from partnership.refusals import Refusal
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.events.steps import acts, change, in_days, mails, make_forum
from tests.personas import World

pytestmark = pytest.mark.django_db
State = PartBooking.State


def cancel(event: Event, world: World) -> object:
    return ending.cancel_event(event_id=event.pk, reason="Referent erkrankt", actor=world.bert)


def test_everything_ends_with_the_event(world: World) -> None:
    event, talk, workshop = make_forum(world)
    for state in (State.CONFIRMED, State.WAITLISTED, State.OFFERED):
        make_registration(event, talk, workshop, booking_state=state)
    make_registration(event, talk, state=Registration.State.UNCONFIRMED)
    cancel(event, world)
    assert set(PartBooking.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert not PartBooking.objects.filter(offer_until__isnull=False).exists()
    assert set(PartPlaces.objects.values_list("taken", flat=True)) == {0}
    ended = set(Registration.objects.values_list("state", "cancelled_by"))
    assert ended == {("cancelled", "event")}
    assert acts(event) == ["event.cancelled"]


def test_everybody_reads_why(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    registration = make_registration(event, talk)
    cancel(event, world)
    mail = mails().pop()
    assert (mail.kind, mail.to_email) == ("event_called_off", registration.email)
    assert "Referent erkrankt" in str(build_message(mail).body)


def test_the_calendar_entry_is_taken_back(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk)
    change(event, world, venue="Rathaus")
    cancel(event, world)
    calendar = mails().pop().calendar
    assert calendar is not None
    assert (calendar["method"], calendar["sequence"]) == ("CANCEL", 2)


def test_somebody_without_an_address_has_to_be_called(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    caller = make_registration(event, talk, email="", phone="0341 123456")
    told = ending.cancel_event(event_id=event.pk, reason="Sturm", actor=world.bert)
    assert (told.by_mail, told.to_call) == ([], [caller])
    assert not mails()


def test_what_ended_before_is_told_nothing(world: World) -> None:
    event, talk, _workshop = make_forum(world)
    make_registration(event, talk, state=Registration.State.CANCELLED, booking_state=State.CANCELLED)
    cancel(event, world)
    assert not mails()


@pytest.mark.parametrize("state", [Event.State.DRAFT, Event.State.CANCELLED, Event.State.HELD])
def test_only_what_is_announced_is_cancelled(world: World, state: str) -> None:
    event = make_event(organiser=world.ihk, state=state)
    with pytest.raises(Refusal, match="Absagen lässt sich"):
        cancel(event, world)


def test_it_was_held_from_its_beginning_on(world: World) -> None:
    event = make_event(organiser=world.ihk)
    with pytest.raises(Refusal, match="beginnt erst am"):
        ending.mark_held(event_id=event.pk, actor=world.bert)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now, ends_at=now + datetime.timedelta(hours=1))
    assert ending.mark_held(event_id=event.pk, actor=world.bert).held_at is not None


def test_what_was_held_is_closed(world: World) -> None:
    event = make_event(organiser=world.ihk, day=in_days(-3))
    make_part(event)
    with pytest.raises(Refusal, match="zuerst"):
        ending.close_event(event_id=event.pk, actor=world.bert)
    ending.mark_held(event_id=event.pk, actor=world.bert)
    ending.close_event(event_id=event.pk, actor=world.bert)
    event.refresh_from_db()
    assert event.state == Event.State.CLOSED
    assert acts(event) == ["event.held", "event.closed"]
    assert not mails()
