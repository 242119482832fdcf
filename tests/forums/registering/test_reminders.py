"""One reminder, a day before, where it is still true."""

import datetime

import pytest
from django.utils import timezone

from forums.models import Event, Registration
from forums.registering.cancelling import cancel
from forums.registering.registering import Colleague
from forums.registering.reminders import send_due
from partnership.models import OutgoingMail
from partnership.outbox import deliver_mail, queue_mail
from tests.consultations.conftest import MailsOf
from tests.forums.events.steps import change
from tests.forums.registering_steps import make_forum, take_part
from tests.personas import World
from tests.smtp import Postbox

HOUR = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)


def make_due(registration: Registration, *, hours: int = 20) -> None:
    """The event is so near; it was confirmed a week ago."""
    now = timezone.now()
    event = registration.event
    event.parts.update(starts_at=now + hours * HOUR, ends_at=now + (hours + 1) * HOUR)
    Event.objects.filter(pk=event.pk).update(starts_at=now + hours * HOUR, ends_at=now + (hours + 1) * HOUR)
    Registration.objects.filter(event=event).update(confirmed_at=now - 7 * A_DAY)


@pytest.fixture
def registration(world: World) -> Registration:
    return take_part(make_forum(world)[0])


def test_it_is_sent_once(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration)
    assert [mail.kind for mail in mails_of(send_due)] == ["event_reminder"]
    assert mails_of(send_due) == []


def test_not_before_the_day_before(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration, hours=25)
    assert mails_of(send_due) == []


def test_not_in_the_last_two_hours(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration, hours=1)
    assert mails_of(send_due) == []


def test_whoever_has_just_registered_knows(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration)
    Registration.objects.update(confirmed_at=timezone.now() - 20 * HOUR)
    assert mails_of(send_due) == []


def told(registration: Registration, kind: str, *, hours_ago: int) -> None:
    """A mail as a change of the event, or of somebody's parts, has sent it."""
    mail = queue_mail(
        partnership=registration.event.partnership,
        kind=kind,
        to_email=registration.email,
        content={},
        thing=registration,
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(queued_at=timezone.now() - hours_ago * HOUR)


@pytest.mark.parametrize("kind", ["event_moved", "event_changed", "event_moved_up"])
def test_whoever_was_just_told_when_and_where_knows(
    registration: Registration, mails_of: MailsOf, kind: str
) -> None:
    make_due(registration)
    told(registration, kind, hours_ago=3)
    assert mails_of(send_due) == []


@pytest.mark.parametrize(("kind", "hours"), [("event_moved", 30), ("event_known", 3)])
def test_what_was_told_days_ago_or_was_something_else_is_no_reminder(
    registration: Registration, mails_of: MailsOf, kind: str, hours: int
) -> None:
    make_due(registration)
    told(registration, kind, hours_ago=hours)
    assert [mail.kind for mail in mails_of(send_due)] == ["event_reminder"]


def test_a_colleague_without_an_address_was_told_along(world: World, mails_of: MailsOf) -> None:
    colleagues = (Colleague(name="Ole"), Colleague(name="Ina", email="ina@firma.example"))
    registration = take_part(make_forum(world)[0], colleagues=colleagues)
    make_due(registration)
    told(registration, "event_moved", hours_ago=3)
    assert [[person["name"] for person in mail.content["people"]] for mail in mails_of(send_due)] == [["Ina"]]


def test_an_event_that_moves_near_is_not_reminded_of_at_once(
    world: World, registration: Registration, mails_of: MailsOf
) -> None:
    make_due(registration, hours=30)
    event = registration.event
    event.refresh_from_db()
    event.is_online, event.join_url = True, "https://raum.example/forum"
    event.save()
    shift = -6 * HOUR
    mails = mails_of(
        lambda: change(event, world, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift)
    )
    assert [mail.kind for mail in mails] == ["event_moved"]
    assert mails_of(send_due) == []


def test_nobody_who_only_waits(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration)
    registration.bookings.update(state="waitlisted", waits_since=timezone.now())
    assert mails_of(send_due) == []


def test_nobody_of_a_cancelled_event(registration: Registration, mails_of: MailsOf) -> None:
    make_due(registration)
    Event.objects.update(state="cancelled", cancelled_at=timezone.now())
    assert mails_of(send_due) == []


def test_colleagues_without_an_address_stand_in_one_mail(world: World, mails_of: MailsOf) -> None:
    colleagues = (Colleague(name="Ole"), Colleague(name="Ina", email="ina@firma.example"))
    make_due(take_part(make_forum(world)[0], colleagues=colleagues))
    mails = mails_of(send_due)
    assert [[person["name"] for person in mail.content["people"]] for mail in mails] == [
        ["Ute Quendel", "Ole"],
        ["Ina"],
    ]


@pytest.mark.parametrize("what", ["cancelled", "moved", "another address"])
def test_it_is_withdrawn_when_it_is_not_true_any_more(
    registration: Registration, what: str, postbox: Postbox
) -> None:
    make_due(registration)
    send_due()
    mail = OutgoingMail.objects.get(kind="event_reminder")
    if what == "cancelled":
        cancel(registration_id=registration.pk)
    elif what == "moved":
        Event.objects.update(starts_at=timezone.now() + 15 * HOUR)
    else:
        Registration.objects.update(email="neu@firma.example")
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, postbox.messages) == (OutgoingMail.State.WITHDRAWN, [])
