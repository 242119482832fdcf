"""The day of a house on paper, for reception: who comes when, and where to."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.hours_overview import times_of
from consultations.models import Appointment, OfficeHours
from consultations.queries import standing_in
from partnership.documents import render_pdf
from partnership.models import Office
from partnership.times import clock_span, long_date, short_moment

TEMPLATE = "pdf/day_sheet.html"


def print_day(*, office: Office, day: datetime.date, hours: list[OfficeHours]) -> bytes:
    """A PDF of the public office hours in `hours`. Nothing that was confided is on it."""
    return render_pdf(TEMPLATE, lay_out_sheet(office=office, day=day, hours=hours))


def lay_out_sheet(*, office: Office, day: datetime.date, hours: list[OfficeHours]) -> dict[str, Any]:
    now = timezone.now()
    public = [h for h in hours if h.state == OfficeHours.State.PUBLIC]
    in_hours: dict[int, list[Appointment]] = {h.pk: [] for h in public}
    for appointment in standing_in(public).select_related("lane").order_by("period"):
        assert appointment.lane is not None
        in_hours[appointment.lane.hours_id].append(appointment)
    return {
        "office": office,
        "day": long_date(day),
        "printed": short_moment(now),
        "sittings": [
            {
                "span": clock_span(h.starts_at, h.ends_at),
                "room": h.room.name if h.room else _("ohne Raum"),
                "officers": ", ".join(str(lane.officer or _("noch niemand")) for lane in h.lanes.all()),
                "several": len(h.lanes.all()) > 1,
                "times": times_of(h, in_hours[h.pk], now=now),
            }
            for h in public
        ],
    }
