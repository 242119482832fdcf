"""A registration in somebody's calendar: one entry, in Berlin's time, on both change-over days."""

import datetime

import icalendar
import pytest
from django.utils import timezone

from forums.models import Event, Registration
from forums.registering.calendar_entry import calendar_file, entry_for, uid_of
from forums.registering.cancelling import cancel
from forums.registering.joining import joining_of
from partnership.models import OutgoingMail
from partnership.times import BERLIN, at_wall_time
from tests.forums.registering_steps import last_mail, make_forum, take_part
from tests.personas import World

MARCH, OCTOBER = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)
HOUR = datetime.timedelta(hours=1)


def event_in(data: bytes) -> icalendar.Event:
    (entry,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return entry


def on(world: World, day: datetime.date, first: int, last: int) -> Registration:
    times = {
        "starts_at": at_wall_time(day, datetime.time(first)),
        "ends_at": at_wall_time(day, datetime.time(last)),
    }
    event, _talk, doors, _locks = make_forum(world, **times)
    return take_part(event, doors)


@pytest.mark.parametrize("day", [MARCH, OCTOBER])
def test_the_wall_clock_is_kept_on_change_over_days(world: World, day: datetime.date) -> None:
    entry = event_in(calendar_file(on(world, day, 9, 16)))
    start, end = entry["dtstart"].dt, entry["dtend"].dt
    assert (start.replace(tzinfo=None), end.replace(tzinfo=None)) == (
        datetime.datetime.combine(day, datetime.time(9)),
        datetime.datetime.combine(day, datetime.time(16)),
    )
    assert entry["dtstart"].params["TZID"] == BERLIN.key


@pytest.mark.parametrize(("day", "hours"), [(MARCH, 5), (OCTOBER, 7)])
def test_over_the_change_it_lasts_as_long_as_it_does(world: World, day: datetime.date, hours: int) -> None:
    entry = event_in(calendar_file(on(world, day, 0, 6)))
    start, end = (entry[name].dt.astimezone(datetime.UTC) for name in ("dtstart", "dtend"))
    assert end - start == hours * HOUR


def test_it_goes_from_the_first_own_part_to_the_last(world: World) -> None:
    event, talk, doors, _locks = make_forum(world)
    only_talk, both = take_part(event), take_part(event, doors, email="olaf@firma.example")
    assert event_in(calendar_file(only_talk))["dtend"].dt == talk.ends_at
    assert event_in(calendar_file(both))["dtend"].dt == event.ends_at


def test_what_one_waits_for_is_not_in_it(world: World) -> None:
    event, talk, doors, _locks = make_forum(world)
    doors.places.update(capacity=0)
    entry = event_in(calendar_file(take_part(event, doors)))
    assert entry["dtend"].dt == talk.ends_at
    assert "Vortrag" in entry["description"]
    assert "Türen" not in entry["description"]


def test_the_sequence_counts_the_events_changes_along(world: World) -> None:
    registration = take_part(make_forum(world)[0])
    Event.objects.update(calendar_sequence=2)
    registration.refresh_from_db()
    registration.calendar_sequence = 3
    assert entry_for(registration, method="REQUEST")["sequence"] == 5


def test_the_cancellation_has_the_same_uid_and_a_higher_sequence(world: World) -> None:
    registration = take_part(make_forum(world)[0])
    first = last_mail("event_registered").calendar
    cancel(registration_id=registration.pk)
    last = last_mail("event_cancelled").calendar
    assert first is not None
    assert last is not None
    assert first["uid"] == last["uid"] == uid_of(registration)
    assert (last["method"], last["sequence"] > first["sequence"]) == ("CANCEL", True)


def online(world: World, *, minutes: int, mode: str = "online") -> Registration:
    """To a talk that begins in so many minutes."""
    now = timezone.now()
    starts = now + datetime.timedelta(minutes=minutes)
    event, talk, *_workshops = make_forum(
        world,
        starts_at=now + HOUR,
        ends_at=now + 9 * HOUR,
        is_online=True,
        join_url="https://video.example/x",
    )
    registration = take_part(event, talk, mode=mode)
    type(talk).objects.filter(pk=talk.pk).update(starts_at=starts, ends_at=starts + HOUR)
    return registration


@pytest.mark.parametrize(
    ("minutes", "has_link", "is_said"),
    [(61, False, True), (59, True, False), (-59, True, False), (-61, False, False)],
)
def test_the_join_link_is_there_from_an_hour_before_until_the_end(
    world: World, minutes: int, has_link: bool, is_said: bool
) -> None:
    joining = joining_of(online(world, minutes=minutes), now=timezone.now())
    assert (bool(joining.url), bool(joining.opens)) == (has_link, is_said)


def test_whoever_comes_in_person_has_no_join_link(world: World) -> None:
    assert joining_of(online(world, minutes=30, mode="site"), now=timezone.now()).url == ""


@pytest.mark.parametrize("state", ["waitlisted", "offered", "pending"])
def test_whoever_has_no_place_has_no_join_link(world: World, state: str) -> None:
    registration = online(world, minutes=30)
    now = timezone.now()
    until = now + HOUR if state == "offered" else None
    registration.bookings.update(
        state=state, waits_since=now, offer_until=until, offered_at=now if until else None
    )
    assert joining_of(registration, now=now).url == ""


def test_no_mail_carries_the_join_link(world: World) -> None:
    online(world, minutes=30)
    assert "video.example" not in str(list(OutgoingMail.objects.values_list("content", "calendar")))
