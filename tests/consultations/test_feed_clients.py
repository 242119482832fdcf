"""Real calendar programs read the feeds: khal as a process, vobject as a library."""

import datetime
from pathlib import Path

import pytest
import vobject

from consultations import booking
from consultations.models import Appointment
from partnership.calendar_files import FeedEvent, build_feed
from partnership.models import Partnership, Person
from tests import factories
from tests.consultations.feed_steps import Kind, address_of, text_of
from tests.consultations.steps import confirm, move
from tests.khal import Khal
from tests.personas import World

SUMMER_BEGINS, SUMMER_ENDS = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


def address_of_firm(appointment: Appointment) -> str:
    assert isinstance(appointment.person, Person)
    return address_of(appointment.person)


@pytest.mark.parametrize("day", [SUMMER_BEGINS, SUMMER_ENDS])
def test_a_program_shows_the_wall_clock_on_the_days_when_clocks_change(
    world: World, khal: Khal, day: datetime.date
) -> None:
    hours = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=day)
    booked = factories.make_appointment(hours=hours, index=2)
    khal.take(text_of(address_of(world.pia, Kind.OFFICER)))
    place = "HWK Leipzig, Musterstraße 1, 04103 Leipzig"
    assert khal.shown_on(day.isoformat()) == [
        f"{day} 09:00-12:00 CONFIRMED Sprechtag, HWK Leipzig at {place}",
        f"{day} 10:30-11:15 CONFIRMED Beratung {booked.reference}, HWK Leipzig at {place}",
    ]


def test_a_program_moves_and_cancels_what_it_knows(world: World, khal: Khal) -> None:
    appointment = confirm(world.hours)
    address, day = address_of_firm(appointment), world.hours.day.isoformat()
    khal.take(text_of(address))
    (before,) = khal.shown_on(day)
    move(appointment, world.hours, 2)
    khal.take(text_of(address))
    (moved,) = khal.shown_on(day)
    booking.cancel_by_firm(appointment_id=appointment.pk)
    khal.take(text_of(address))
    (cancelled,) = khal.shown_on(day)
    assert (before[11:32], moved[11:32]) == ("09:00-09:45 CONFIRMED", "10:30-11:15 CONFIRMED")
    assert cancelled[11:32] == "10:30-11:15 CANCELLED"
    assert "Abgesagt" in cancelled


def test_long_lines_umlauts_and_commas_survive() -> None:
    text = "Größe; Länge, Höhe \\ ß " * 30
    moment = datetime.datetime(2027, 3, 2, 9, tzinfo=datetime.UTC)
    event = FeedEvent("a@b", 0, moment, moment, moment, text, text, f"{text}\n{text}", "https://a.example/")
    data = build_feed(partnership=Partnership(name="P"), name="Büro; Süd, West", events=[event])
    read = vobject.readOne(data.decode())
    assert (read.vevent.summary.value, read.vevent.location.value) == (text, text)
    assert read.vevent.description.value == f"{text}\n{text}"
    assert read.x_wr_calname.value in ("Büro; Süd, West", "Büro\\; Süd\\, West")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
