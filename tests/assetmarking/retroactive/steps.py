"""A directorate that keeps searches, and what is recorded or reported afterwards."""

from typing import Any

from assetmarking.models import Search, SearchSettings
from assetmarking.searching.making import make_search
from partnership.models import Person
from tests.personas import World

TYPED, NUMBER = "4471-BO8-52I7", "4471-B08-5217"
"""As it was read at the roadside, and as it is recorded."""
REASON = "Werkzeug wird oft erst am Morgen vermisst."


def keep_searches(world: World, **fields: Any) -> SearchSettings:
    row, _is_new = SearchSettings.objects.update_or_create(
        organisation=world.police,
        defaults={"keeps_searches": True, "keep_days": 60, "reason": REASON} | fields,
    )
    return row


def look_up(
    world: World, *numbers: str, by: Person | None = None, purpose: str = "traffic", make: str = ""
) -> Search:
    return make_search(
        person=by or world.paula,
        organisation=world.police,
        numbers=numbers or (TYPED,),
        purpose=purpose,
        case_number="ST-123/26",
        make=make,
    )
