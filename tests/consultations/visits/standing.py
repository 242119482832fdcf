"""Visits as the tests of mails, pages and scans need them: standing, with all that is confided about them."""

import datetime
from collections.abc import Callable
from typing import Any

from consultations import mails
from consultations.models import Appointment, Visit, VisitMatter
from consultations.reminder_plans import plan_reminders
from consultations.reminders import send_due
from partnership.models import Person
from partnership.times import at_wall_time, berlin_day
from tests import visit_factories
from tests.factories import a_week_ahead
from tests.personas import World

NOTE = "Hinter dem Lager ist der Zaun offen"
NEED = "Gebärdensprache"
TOKEN = "t" * 43
A_DAY = datetime.timedelta(days=1)


def make_visit(
    world: World,
    *,
    officer: Person | None = None,
    request: dict[str, Any] | None = None,
    reason: str = VisitMatter.Reason.BURGLARY,
    **fields: Any,
) -> Visit:
    """Pia's at a roofer's in Grimma, a week ahead at ten. `request`: what the firm has said there."""
    asked = visit_factories.make_visit_request(
        police=world.police, note=NOTE, reason=reason, firm_name="Dachdeckerei Quendel", **request or {}
    )
    asked.matter.accessibility_need = NEED
    asked.matter.save()
    return visit_factories.make_visit(request=asked, officer=officer or world.pia, **fields)


def at(clock: str, day: datetime.date | None = None) -> datetime.datetime:
    return at_wall_time(day or a_week_ahead(), datetime.time.fromisoformat(clock))


def _told(world: World, language: str, **fields: Any) -> Appointment:
    said = {
        "on_site_name": "Uwe Quendel",
        "on_site_phone": "0341 000-5001",
        "access_note": "Klingel am Tor",
        "page_language": language,
    }
    return make_visit(world, request=said, page_language=language, **fields).appointment


def _remind(world: World, language: str) -> None:
    appointment = _told(world, language)
    now = at("08:00", berlin_day(appointment.starts_at) - 8 * A_DAY)
    plan_reminders(appointment=appointment, now=now)
    send_due(now=appointment.starts_at - A_DAY)


VISIT_ACTS: dict[str, Callable[[World, str], object]] = {
    "visit_confirmed": lambda world, language: mails.tell_confirmed(_told(world, language), token=TOKEN),
    "visit_moved": lambda world, language: mails.tell_moved(
        _told(world, language), before=at("08:15"), token=TOKEN, reason="Einsatz"
    ),
    "visit_cancelled": lambda world, language: mails.tell_cancelled(
        _told(world, language, cancelled_by="police", cancel_reason="Einsatz"), with_calendar=True
    ),
    "visit_declined": lambda world, language: mails.say_how_to_cancel(_told(world, language), token=TOKEN),
    "visit_reminder": _remind,
}
