"""A feasibility study with a campaign, and firms that came to it."""

import datetime
from decimal import Decimal
from typing import Any

from assetmarking.models import Asset, Campaign, Pilot
from assetmarking.pilots.deciding import decide
from assetmarking.pilots.planning import add_campaign
from partnership.models import Firm
from partnership.times import at_wall_time, today
from tests import factories
from tests.asset_factories import make_asset
from tests.personas import World

A_DAY = datetime.timedelta(days=1)
NOON = datetime.time(12)


def make_pilot(world: World, **fields: Any) -> Pilot:
    """Of half a year that is over since a month at least."""
    ends = (today().replace(day=1) - A_DAY).replace(day=1) - A_DAY
    defaults: dict[str, Any] = {
        "partnership": world.partnership,
        "name": "Kennzeichnen auf Baustellen",
        "starts": ends - 180 * A_DAY,
        "ends": ends,
    }
    return Pilot.objects.create(**defaults | fields)


def counted(pilot: Pilot, **fields: Any) -> dict[str, Any]:
    """What those who were there typed."""
    defaults = {"day": pilot.starts + 10 * A_DAY, "place": "Grimma", "firms": 6, "note": ""}
    return defaults | {"recorded": 40, "marked": 32, "hours": Decimal("8")} | fields


def make_campaign(world: World, pilot: Pilot, **fields: Any) -> Campaign:
    return add_campaign(pilot_id=pilot.pk, values=counted(pilot, **fields), partners=[], actor=world.karl)


def make_firms(world: World, number: int) -> list[Firm]:
    return [factories.make_firm(world.alice, name=f"Betrieb {count}") for count in range(number)]


def tie(campaign: Campaign, firms: list[Firm], *, each: int, **fields: Any) -> list[Asset]:
    """Things that firms recorded with the campaign's code, on its day."""
    at = at_wall_time(campaign.day, NOON)
    return [
        make_asset(firm, campaign=campaign, created_at=at, **fields) for firm in firms for _one in range(each)
    ]


def go(world: World, pilot: Pilot, **fields: Any) -> Pilot:
    defaults: dict[str, Any] = {
        "seen": pilot.version,
        "decision": Pilot.Decision.GO,
        "decided_on": today(),
        "decided_by": "Lenkungskreis",
        "reason": "Es kam mehr zurück als gedacht.",
    }
    return decide(pilot_id=pilot.pk, actor=world.karl, **defaults | fields)
