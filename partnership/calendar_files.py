"""Calendar files (RFC 5545, 5546): one event, Europe/Berlin with its VTIMEZONE."""

import datetime
from typing import Any

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from partnership.models import Partnership
from partnership.times import BERLIN


def calendar_entry(
    *,
    method: str,
    uid: str,
    sequence: int,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    summary: str,
    location: str,
    description: str,
) -> dict[str, Any]:
    """A calendar entry as JSON, as the outbox keeps it. `method` is REQUEST, CANCEL or PUBLISH."""
    return {
        "method": method,
        "uid": uid,
        "sequence": sequence,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "summary": summary,
        "location": location,
        "description": description,
    }


def build_calendar(*, partnership: Partnership, entry: dict[str, Any], attendee: str = "") -> bytes:
    """The .ics file of one entry. The organiser is the partnership's one stable, read address."""
    event = Event()
    event.add("uid", entry["uid"])
    event.add("sequence", entry["sequence"])
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", datetime.datetime.fromisoformat(entry["starts_at"]).astimezone(BERLIN))
    event.add("dtend", datetime.datetime.fromisoformat(entry["ends_at"]).astimezone(BERLIN))
    event.add("summary", entry["summary"])
    event.add("location", entry["location"])
    event.add("description", entry["description"])
    event.add("status", "CANCELLED" if entry["method"] == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event["organizer"] = _address(partnership.sender_email, CN=partnership.sender_name)
    if attendee and entry["method"] != "PUBLISH":
        event["attendee"] = _address(attendee, RSVP="FALSE", PARTSTAT="ACCEPTED", ROLE="REQ-PARTICIPANT")
    calendar = Calendar()
    calendar.add("prodid", f"-//{partnership.name}//DE")
    calendar.add("version", "2.0")
    calendar.add("method", entry["method"])
    calendar.add_component(_berlin_time())
    calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _berlin_time() -> Timezone:
    """The European rule since 1996: last Sunday of March and of October."""
    winter, summer = datetime.timedelta(hours=1), datetime.timedelta(hours=2)
    berlin = Timezone()
    berlin.add("tzid", BERLIN.key)
    for part, name, start, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime.datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime.datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        berlin.add_component(part)
    return berlin


def _address(email: str, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for name, value in parameters.items():
        address.params[name] = vText(value)
    return address
