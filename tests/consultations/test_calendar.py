"""An appointment in somebody's calendar, read back by another library than the one that writes it."""

import datetime
from typing import Any

import pytest
import vobject

from consultations import booking
from consultations.calendar import UID_DOMAIN, calendar_file
from consultations.models import Appointment, OfficeHours
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests import factories
from tests.consultations.steps import confirm, move
from tests.personas import World

NOTE = "Hinter dem Lager ist der Zaun offen"


def sent_calendars() -> list[Any]:
    """The calendar parts of all mails so far, oldest first."""
    found = []
    for mail in OutgoingMail.objects.filter(calendar__isnull=False).order_by("pk"):
        data = next(part for part in build_message(mail).alternatives if "calendar" in str(part.mimetype))
        found.append(vobject.readOne(str(data.content)))
    return found


def test_confirmed_moved_and_cancelled_are_one_entry_with_a_rising_sequence(world: World) -> None:
    appointment = confirm(world.hours)
    move(appointment, world.hours, 2)
    booking.cancel_by_firm(appointment_id=appointment.pk)
    calendars = sent_calendars()
    assert [c.method.value for c in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [c.vevent.sequence.value for c in calendars] == ["0", "1", "2"]
    assert {c.vevent.uid.value for c in calendars} == {f"{appointment.reference}@{UID_DOMAIN}"}


def test_the_entry_is_at_the_time_of_the_appointment(world: World) -> None:
    appointment = move(confirm(world.hours), world.hours, 2)
    event = sent_calendars()[-1].vevent
    assert event.dtstart.value.astimezone(datetime.UTC) == appointment.starts_at
    assert event.dtend.value.astimezone(datetime.UTC) == appointment.ends_at


def test_organiser_is_the_sender_and_attendee_the_recipient_who_is_asked_nothing(world: World) -> None:
    appointment = confirm(world.hours)
    event = sent_calendars()[0].vevent
    mail = OutgoingMail.objects.get(kind="booking_confirmed")
    assert event.organizer.value == "mailto:termine@partnerschaft.example"
    assert "termine@partnerschaft.example" in build_message(mail).from_email
    assert event.attendee.value == f"mailto:{appointment.contact_email}"
    assert event.attendee.params["RSVP"] == ["FALSE"]


def test_place_and_number_are_in_it_and_nothing_that_was_confided(world: World) -> None:
    appointment = confirm(world.hours, note=NOTE, topic="burglary")
    calendar = sent_calendars()[0]
    event = calendar.vevent
    assert event.summary.value == "Beratung durch die Polizei, IHK-Regionalbüro Grimma"
    assert event.location.value == "IHK-Regionalbüro Grimma, Raum 2.14, Musterstraße 1, 04668 Grimma"
    assert appointment.reference in event.description.value
    for secret in (NOTE, "Einbruch", "Paula", "Tischlerei", "http"):
        assert secret not in calendar.serialize()


def test_a_file_to_download_is_published(world: World) -> None:
    calendar = vobject.readOne(calendar_file(confirm(world.hours)).decode())
    assert calendar.method.value == "PUBLISH"
    assert calendar.vevent.status.value == "CONFIRMED"


def test_the_file_of_a_cancelled_appointment_takes_it_out(world: World) -> None:
    cancelled = booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    calendar = vobject.readOne(calendar_file(cancelled).decode())
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_file_and_mail_are_the_same_entry(world: World) -> None:
    appointment = confirm(world.hours)
    file, mail = vobject.readOne(calendar_file(appointment).decode()).vevent, sent_calendars()[0].vevent
    for name in ("uid", "dtstart", "dtend", "sequence", "location"):
        assert getattr(file, name).value == getattr(mail, name).value


@pytest.mark.parametrize("day", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_every_time_of_the_days_when_clocks_change(world: World, day: datetime.date) -> None:
    hours: OfficeHours = factories.make_hours(
        office=world.hwk_office, police=world.police, officers=[world.pia], day=day
    )
    for index in range(4):
        appointment: Appointment = factories.make_appointment(hours=hours, index=index)
        event = vobject.readOne(calendar_file(appointment).decode()).vevent
        assert event.dtstart.value.astimezone(datetime.UTC) == appointment.starts_at
        assert event.dtend.value - event.dtstart.value == datetime.timedelta(minutes=45)
        assert event.dtstart.value.hour * 60 + event.dtstart.value.minute == 9 * 60 + 45 * index
