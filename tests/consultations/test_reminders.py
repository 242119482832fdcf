"""Reminders before a talk: written with it, sent once, in time, and only where they hold."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from consultations import booking, desk_booking, tasks
from consultations.models import Appointment, OfficeHours, Reminder, ReminderPlan
from consultations.reminder_plans import change_plan, due_moment, plan_reminders
from consultations.reminders import BATCH, send_due
from partnership.links import find_link
from partnership.models import LogEntry, OutgoingMail, SecretLink
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import cancel_all, confirm, details, move, start_of, token_in
from tests.personas import World
from tests.smtp import Postbox, text_of

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
Kind, Outcome, State = Reminder.Kind, Reminder.Outcome, Appointment.State


@pytest.fixture
def far(world: World) -> OfficeHours:
    """Twenty days ahead, at nine."""
    day = timezone.localdate() + 20 * DAY
    return factories.make_hours(office=world.office, police=world.police, officers=[world.pia], day=day)


def kinds_of(appointment: Appointment) -> list[str]:
    return list(Reminder.objects.filter(appointment=appointment).values_list("kind", flat=True))


def outcomes() -> dict[str, str]:
    return dict(Reminder.objects.values_list("kind", "outcome"))


def reminders() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="booking_reminder").order_by("pk"))


def before(appointment: Appointment, distance: datetime.timedelta) -> datetime.datetime:
    return appointment.starts_at - distance


def test_a_confirmed_appointment_owes_two(far: OfficeHours) -> None:
    appointment = confirm(far)
    due = dict(Reminder.objects.values_list("kind", "due_at"))
    assert due == {
        Kind.WEEK: due_moment(appointment.starts_at, days=7),
        Kind.DAY: due_moment(appointment.starts_at, days=1),
    }


def test_what_the_desk_books_owes_them_too(world: World, far: OfficeHours) -> None:
    booked = desk_booking.book_for_caller(
        hours_id=far.pk, starts_at=start_of(far), details=details(), actor=world.bert
    )
    assert kinds_of(booked) == [Kind.WEEK, Kind.DAY]


@pytest.mark.parametrize(("days", "kinds"), [(8, [Kind.WEEK, Kind.DAY]), (6, [Kind.DAY]), (0, [])])
def test_a_moment_that_is_past_is_none(world: World, days: int, kinds: list[str]) -> None:
    hours = factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=timezone.localdate() + days * DAY
    )
    appointment = factories.make_appointment(hours=hours)
    plan_reminders(appointment=appointment, now=before(appointment, days * DAY + HOUR))
    assert kinds_of(appointment) == kinds


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2027-03-28", "2027-03-27 09:00 +0100"),
        ("2027-03-29", "2027-03-28 09:00 +0200"),
        ("2027-10-31", "2027-10-30 09:00 +0200"),
        ("2027-11-01", "2027-10-31 09:00 +0100"),
    ],
)
def test_the_day_before_is_at_the_same_time_of_day(day: str, moment: str) -> None:
    """24 hours before would be 8 or 10 o'clock where the clocks have changed in between."""
    found = due_moment(at_wall_time(datetime.date.fromisoformat(day), datetime.time(9)), days=1)
    assert f"{found:%Y-%m-%d %H:%M %z}" == moment


def test_a_reminder_says_when_where_and_how_to_cancel(far: OfficeHours, mails_of: MailsOf) -> None:
    appointment = confirm(far)
    (mail,) = mails_of(lambda: send_due(now=before(appointment, 7 * DAY)))
    assert (mail.kind, mail.to_email, mail.thing) == (
        "booking_reminder",
        appointment.contact_email,
        appointment,
    )
    assert find_link(token_in(mail), purpose=SecretLink.Purpose.MANAGE, model=Appointment)


def test_nothing_is_sent_before_it_is_due(far: OfficeHours, mails_of: MailsOf) -> None:
    appointment = confirm(far)
    assert mails_of(lambda: send_due(now=before(appointment, 7 * DAY + HOUR))) == []


def test_a_second_scan_finds_nothing(far: OfficeHours) -> None:
    now = before(confirm(far), 7 * DAY)
    assert [send_due(now=now), send_due(now=now)] == [1, 0]


def test_both_are_sent_each_in_its_time(far: OfficeHours) -> None:
    appointment = confirm(far)
    for days in (7, 1):
        send_due(now=before(appointment, days * DAY))
    assert [mail.content["kind"] for mail in reminders()] == [Kind.WEEK, Kind.DAY]


def test_a_days_pause_makes_it_late_and_loses_nothing(far: OfficeHours) -> None:
    send_due(now=before(confirm(far), 6 * DAY))
    assert len(reminders()) == 1


def test_after_a_long_pause_the_later_one_speaks_for_both(far: OfficeHours) -> None:
    send_due(now=before(confirm(far), DAY))
    assert outcomes() == {Kind.WEEK: Outcome.REPLACED, Kind.DAY: Outcome.SENT}
    assert len(reminders()) == 1


def test_a_late_one_leaves_it_to_the_next_that_is_near(far: OfficeHours) -> None:
    send_due(now=before(confirm(far), DAY + 3 * HOUR))
    assert (outcomes()[Kind.WEEK], reminders()) == (Outcome.REPLACED, [])


def test_in_the_last_two_hours_nobody_is_reminded(far: OfficeHours) -> None:
    send_due(now=before(confirm(far), 2 * HOUR - DAY / 86400))
    assert set(outcomes().values()) == {Outcome.MOOT}
    assert reminders() == []


@pytest.mark.parametrize(
    "act",
    [
        lambda a, _world: booking.cancel_by_firm(appointment_id=a.pk),
        lambda a, world: cancel_all(a.lane.hours, actor=world.bert),
    ],
)
def test_who_has_no_appointment_any_more_is_not_reminded(
    world: World, far: OfficeHours, act: Callable[[Appointment, World], object]
) -> None:
    appointment = confirm(far)
    act(appointment, world)
    send_due(now=before(appointment, DAY))
    assert reminders() == []


def test_a_moved_appointment_owes_new_ones_and_no_old_ones(world: World, far: OfficeHours) -> None:
    appointment = move(confirm(far), far, 2)
    assert set(Reminder.objects.values_list("starts_at", flat=True)) == {appointment.starts_at}


def test_moved_there_and_back_nobody_is_told_twice(far: OfficeHours) -> None:
    appointment = confirm(far)
    now = before(appointment, 7 * DAY)
    send_due(now=now)
    move(move(appointment, far, 2), far, 0)
    send_due(now=now + HOUR)
    assert len(reminders()) == 1


def test_without_an_address_the_timeline_says_that_none_went(world: World, far: OfficeHours) -> None:
    booked = desk_booking.book_for_caller(
        hours_id=far.pk, starts_at=start_of(far), details=details(contact_email=""), actor=world.bert
    )
    send_due(now=before(booked, DAY))
    assert reminders() == []
    assert LogEntry.objects.filter(act="reminder.no_address", object_id=booked.pk).count() == 1


def test_more_than_a_batch_is_sent_in_one_scan(far: OfficeHours, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consultations.reminders.BATCH", 2)
    assert BATCH > 2
    appointments = [confirm(far, index, contact_email=f"{index}@firma.example") for index in range(4)]
    assert send_due(now=before(appointments[-1], 7 * DAY)) == 4


def test_the_schedule_sends(far: OfficeHours) -> None:
    confirm(far)
    Reminder.objects.update(due_at=timezone.now())
    tasks.send_due_reminders()
    assert len(reminders()) == 1


def sent_later(far: OfficeHours, act: Callable[[Appointment], object]) -> tuple[OutgoingMail, Appointment]:
    """A reminder is claimed and queued; something happens before a worker sends it."""
    appointment = confirm(far)
    send_due(now=before(appointment, 7 * DAY))
    (mail,) = reminders()
    act(appointment)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    return mail, appointment


def test_what_still_holds_leaves(far: OfficeHours, postbox: Postbox) -> None:
    mail, appointment = sent_later(far, lambda _a: None)
    assert mail.state == OutgoingMail.State.SENT
    assert appointment.reference in text_of(postbox.messages[0])


@pytest.mark.parametrize(
    "act",
    [
        lambda a: move(a, a.lane.hours, 2),
        lambda a: booking.cancel_by_firm(appointment_id=a.pk),
        lambda a: Appointment.objects.filter(pk=a.pk).update(contact_email="neu@firma.example"),
        lambda _a: Reminder.objects.filter(kind=Kind.DAY).update(due_at=timezone.now()),
    ],
)
def test_what_does_not_hold_any_more_is_withdrawn_at_the_door(
    far: OfficeHours, postbox: Postbox, act: Callable[[Appointment], object]
) -> None:
    mail, _appointment = sent_later(far, act)
    assert (mail.state, mail.leased_until, postbox.messages) == (OutgoingMail.State.WITHDRAWN, None, [])
    assert "manage_url" not in mail.content


def change(world: World, **values: object) -> None:
    stored = ReminderPlan.objects.filter(partnership=world.partnership).first()
    seen = stored.version if stored else 1
    change_plan(partnership_id=world.partnership.pk, seen=seen, values=values, actor=world.karl)


def test_a_changed_plan_holds_for_what_is_not_sent_yet(world: World, far: OfficeHours) -> None:
    appointment = confirm(far)
    change(world, week_days=10, day_days=2)
    assert dict(Reminder.objects.values_list("kind", "due_at")) == {
        Kind.WEEK: due_moment(appointment.starts_at, days=10),
        Kind.DAY: due_moment(appointment.starts_at, days=2),
    }


def test_a_kind_that_is_switched_off_goes_and_comes_back(world: World, far: OfficeHours) -> None:
    appointment = confirm(far)
    change(world, week_on=False)
    assert kinds_of(appointment) == [Kind.DAY]
    change(world, week_on=True)
    assert set(kinds_of(appointment)) == {Kind.WEEK, Kind.DAY}


def test_whose_new_moment_is_past_keeps_the_old_one(world: World, far: OfficeHours) -> None:
    appointment = confirm(far)
    change(world, week_days=30)
    assert Reminder.objects.get(kind=Kind.WEEK).due_at == due_moment(appointment.starts_at, days=7)


def test_another_partnerships_plan_changes_nothing_here(world: World, far: OfficeHours) -> None:
    appointment = confirm(far)
    other = factories.make_partnership()
    change_plan(partnership_id=other.pk, seen=1, values={"week_on": False}, actor=world.karl)
    assert kinds_of(appointment) == [Kind.WEEK, Kind.DAY]


def test_the_partnerships_own_words_are_in_the_language_of_the_booking(
    world: World, far: OfficeHours
) -> None:
    change(world, week_text_de="Bitte Ausweis mitbringen.", week_text_en="Please bring your ID.")
    appointment = confirm(far, page_language="en")
    send_due(now=before(appointment, 7 * DAY))
    assert reminders()[0].content["added"] == ["Please bring your ID."]
