"""The link to what is online: only for a confirmed place, from an hour before until the end."""

import datetime
from dataclasses import dataclass

from forums.models import Event, Mode, Registration
from forums.registering.calendar_entry import certain_bookings
from partnership.times import long_moment

EARLY = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Joining:
    """Either the link, or from when it is there; neither for whoever comes in person, and afterwards."""

    url: str = ""
    opens: str = ""


def joining_of(registration: Registration, *, now: datetime.datetime) -> Joining:
    event = registration.event
    is_on = event.state in (Event.State.ANNOUNCED, Event.State.HELD)
    if registration.state != Registration.State.CONFIRMED or not is_on or not event.join_url:
        return Joining()
    parts = [booking.part for booking in certain_bookings(registration) if booking.mode == Mode.ONLINE]
    if not parts or max(part.ends_at for part in parts) <= now:
        return Joining()
    opens_at = min(part.starts_at for part in parts) - EARLY
    return Joining(url=event.join_url) if opens_at <= now else Joining(opens=long_moment(opens_at))
