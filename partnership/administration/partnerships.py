"""The partnership itself: its particulars, its texts, its area."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from partnership.administration.changes import log_in_members, write_changes
from partnership.current import forget_partnerships
from partnership.models import Area, Partnership, Person


@transaction.atomic
def change_partnership(
    *, partnership_id: int, seen: int, values: Mapping[str, Any], actor: Person
) -> list[str]:
    """Raises ChangedMeanwhile. Gives the names of what has changed."""
    partnership = Partnership.objects.select_for_update(no_key=True).get(pk=partnership_id)
    fields = write_changes(partnership, seen=seen, values=values)
    if fields:
        log_in_members(
            act="partnership.changed",
            thing=partnership,
            partnership=partnership,
            actor=actor,
            detail={"fields": ", ".join(fields)},
        )
        transaction.on_commit(forget_partnerships)
    return fields


@transaction.atomic
def add_area(*, partnership: Partnership, area: Area, actor: Person) -> None:
    if partnership.areas.filter(pk=area.pk).exists():
        return
    partnership.areas.add(area)
    _log_area("partnership.area_added", partnership, area, actor)


@transaction.atomic
def remove_area(*, partnership: Partnership, area: Area, actor: Person) -> None:
    if not partnership.areas.filter(pk=area.pk).exists():
        return
    partnership.areas.remove(area)
    _log_area("partnership.area_removed", partnership, area, actor)


def _log_area(act: str, partnership: Partnership, area: Area, actor: Person) -> None:
    log_in_members(
        act=act, thing=partnership, partnership=partnership, actor=actor, detail={"area": area.ags}
    )
