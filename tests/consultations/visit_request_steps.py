"""What police do with requests for visits, for the mails that come of it."""

import datetime
from collections.abc import Callable
from typing import Any

from consultations.models import VisitRequest
from consultations.visits import taking
from consultations.visits.untaken import name_to_leads
from partnership.models import Post
from partnership.times import at_wall_time
from tests import factories
from tests.personas import World
from tests.visit_factories import make_visit_request

NOTE = "Hinter dem Lager ist der Zaun offen"
REASON = "Wir beraten zurzeit nur Betriebe in Leipzig"
THURSDAY = at_wall_time(datetime.date(2026, 11, 26), datetime.time(9))


def taken(world: World, **fields: Any) -> dict[str, Any]:
    """What an act on Paula's request is given."""
    request = make_visit_request(
        police=world.police,
        state=VisitRequest.State.TAKEN,
        officer=world.paula,
        note=NOTE,
        reason="burglary",
        **fields,
    )
    return {"request_id": request.pk, "seen": world.paula.pk, "actor": world.lea}


def moved(world: World) -> None:
    police = factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")
    factories.make_post(factories.make_person(), Post.Role.LEAD, organisation=police)
    taking.give_to_directorate(police=police, reason=REASON, **taken(world))


def named(world: World) -> None:
    asked_since = THURSDAY - datetime.timedelta(days=20)
    for _number in range(2):
        make_visit_request(police=world.police, note=NOTE, reason="burglary", asked_since=asked_since)
    name_to_leads(now=THURSDAY)


REQUEST_ACTS: dict[str, Callable[[World, str], object]] = {
    "visit_handed_over": lambda world, _language: taking.hand_over(
        to=world.pia, reason="Kennt den Betrieb", **taken(world)
    ),
    "visit_moved_here": lambda world, _language: moved(world),
    "visit_untaken": lambda world, _language: named(world),
    "visit_ended": lambda world, language: taking.end_without_visit(
        reason=REASON, **taken(world, page_language=language)
    ),
}
