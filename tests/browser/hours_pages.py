"""Consultation hours and their series, whoever is absent, and a house that closes."""

import datetime

from django.urls import reverse

from consultations.absences import plan_absence
from consultations.models import OfficeHours
from partnership.times import at_wall_time
from tests import factories
from tests.browser.addresses import Paths, under
from tests.consultations.test_series import plan as plan_five_days
from tests.personas import World

A_DAY = datetime.timedelta(days=1)

PAGES = {
    "bert": [
        *("appointments:hours", "appointments:hours_new", "appointments:hours_detail"),
        *("appointments:hours_cancel", "appointments:hours_change", "appointments:series_list"),
        *("appointments:series", "appointments:series_prolong", "appointments:series_cancel"),
        *("appointments:load", "appointments:absent_today", "appointments:without_officer"),
        *("appointments:hours_without_officer", "appointments:close_office"),
    ],
    "paula": [
        *("appointments:hours", "appointments:hours_detail", "appointments:series_list"),
        *("appointments:series", "appointments:absences", "appointments:absent_today"),
        *("appointments:absence", "appointments:without_officer", "appointments:hours_without_officer"),
    ],
    "lea": [
        *("appointments:hours", "appointments:absences", "appointments:absent_today"),
        *("appointments:absence", "appointments:without_officer", "appointments:hours_without_officer"),
    ],
}
QUERIES = {"appointments:load": ["", "?zeitraum=2026-Q4"]}
NO_PAGES = {
    *("appointments:hours_agree", "appointments:hours_publish"),
    *("appointments:series_agree", "appointments:series_publish"),
    *("appointments:absence_withdraw", "appointments:put_deputy", "appointments:release_deputy"),
}


def paths(world: World) -> Paths:
    """A draft beside the small world's day, a series, a day whose officer is absent."""
    factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day,
        state=OfficeHours.State.DRAFT,
    )
    series = plan_five_days(world, publish=True)
    empty = factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=world.hours.day + A_DAY
    )
    factories.make_appointment(hours=empty, index=1)
    midnight = at_wall_time(empty.day, datetime.time())
    absence = plan_absence(
        officer=world.paula, starts_at=midnight, ends_at=midnight + A_DAY, actor=world.paula
    )
    close = reverse("appointments:close_office", args=[world.office.pk])
    return {
        **under("appointments:hours_", ("detail", "cancel", "change"), world.hours.pk),
        **under("appointments:series", ("", "_prolong", "_cancel"), series.pk),
        **under("appointments:", ("hours_without_officer",), empty.pk),
        **under("appointments:", ("absence",), absence.pk),
        "appointments:close_office": [close, f"{close}?von={world.hours.day}&bis={world.hours.day}"],
    }
