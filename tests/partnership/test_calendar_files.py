"""Calendar files, read back by another library than the one that writes them."""

import datetime
from typing import Any

import pytest
import vobject

from partnership.calendar_files import build_calendar, calendar_entry
from partnership.models import Partnership
from partnership.times import BERLIN

SUMMER_BEGINS, SUMMER_ENDS = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)
PARTNERSHIP = Partnership(
    name="Sicherheitspartnerschaft Leipzig",
    sender_name="Sicherheitspartnerschaft",
    sender_email="termine@partnerschaft.example",
)


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type,misc]


def write(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "method": "REQUEST",
        "uid": "G-234567@partnerschaft.example",
        "sequence": 3,
        "starts_at": utc(2027, 3, 2, 9),
        "ends_at": utc(2027, 3, 2, 9, 45),
        "summary": "Beratung durch die Polizei, Büro Grimma",
        "location": "Musterstraße 1, 04668 Grimma",
        "description": "Termin G-234567; Zeile eins\nZeile zwei, mit Komma",
    }
    entry = calendar_entry(**given | changes)
    return build_calendar(partnership=PARTNERSHIP, entry=entry, attendee="alice@tischlerei.example")


def read(**changes: Any) -> Any:
    return vobject.readOne(write(**changes).decode())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (utc(2027, 3, 2, 9), utc(2027, 3, 2, 9, 45)),
        (utc(2027, 7, 6, 9), utc(2027, 7, 6, 9, 45)),
        (utc(2027, 3, 27, 12), utc(2027, 3, 27, 13)),  # the day before summer time
        (utc(2027, 3, 28, 0), utc(2027, 3, 28, 1)),  # 1:00 to 3:00, an hour long
        (utc(2027, 3, 28, 8), utc(2027, 3, 28, 9)),  # its first morning
        (utc(2027, 10, 30, 12), utc(2027, 10, 30, 13)),  # the day before winter time
        (utc(2027, 10, 30, 23), utc(2027, 10, 31, 2)),  # 1:00 to 3:00, three hours long
        (utc(2027, 10, 31, 9), utc(2027, 10, 31, 10)),  # its first morning
    ],
)
def test_start_and_end_are_the_same_moments_when_read_back(
    start: datetime.datetime, end: datetime.datetime
) -> None:
    event = read(starts_at=start, ends_at=end).vevent
    assert event.dtstart.value.astimezone(datetime.UTC) == start
    assert event.dtend.value.astimezone(datetime.UTC) == end


@pytest.mark.parametrize("day", [SUMMER_BEGINS, SUMMER_ENDS])
def test_people_see_the_wall_clock_on_the_days_when_clocks_change(day: datetime.date) -> None:
    start = datetime.datetime.combine(day, datetime.time(10), tzinfo=BERLIN)
    lines = write(starts_at=start, ends_at=start + datetime.timedelta(minutes=45)).decode()
    assert f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T100000" in lines
    assert f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T104500" in lines


def test_the_time_zone_comes_along_as_a_rule_for_every_year() -> None:
    zone = read().vtimezone
    rules = {part.name: part.rrule.value for part in (zone.daylight, zone.standard)}
    assert zone.tzid.value == "Europe/Berlin"
    assert "BYMONTH=3" in rules["DAYLIGHT"]
    assert "BYMONTH=10" in rules["STANDARD"]
    assert all("FREQ=YEARLY" in rule and "BYDAY=-1SU" in rule for rule in rules.values())


def test_who_invites_and_who_is_invited() -> None:
    event = read().vevent
    assert event.organizer.value == "mailto:termine@partnerschaft.example"
    assert event.attendee.value == "mailto:alice@tischlerei.example"
    assert event.attendee.params["RSVP"] == ["FALSE"]
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]


def test_a_request_is_confirmed_and_carries_uid_and_sequence() -> None:
    calendar = read()
    assert calendar.method.value == "REQUEST"
    event = calendar.vevent
    assert (event.uid.value, event.sequence.value) == ("G-234567@partnerschaft.example", "3")
    assert event.status.value == "CONFIRMED"


def test_a_cancellation_is_one_for_calendars_too() -> None:
    calendar = read(method="CANCEL")
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.attendee.value == "mailto:alice@tischlerei.example"


def test_a_downloaded_file_asks_nobody_back() -> None:
    calendar = read(method="PUBLISH")
    assert calendar.method.value == "PUBLISH"
    assert not hasattr(calendar.vevent, "attendee")


def test_commas_umlauts_and_lines_survive() -> None:
    event = read().vevent
    assert event.summary.value == "Beratung durch die Polizei, Büro Grimma"
    assert event.location.value == "Musterstraße 1, 04668 Grimma"
    assert event.description.value == "Termin G-234567; Zeile eins\nZeile zwei, mit Komma"


def test_no_line_is_longer_than_the_standard_allows() -> None:
    lines = write(description="lang " * 100).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert lines[-1] == b""


def test_others_who_see_the_calendar_see_only_that_one_is_busy() -> None:
    event = read().vevent
    assert (getattr(event, "class").value, event.transp.value) == ("PRIVATE", "OPAQUE")
