"""How a directorate searches: its lead says so."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from assetmarking.models import SearchSettings
from assetmarking.retroactive.keeping import stop_keeping
from partnership.administration.changes import write_changes
from partnership.journal import log_act
from partnership.models import Organisation, Person


@transaction.atomic
def change_search_settings(
    *, organisation: Organisation, seen: int, values: Mapping[str, Any], actor: Person
) -> list[str]:
    """The names of what has changed. Raises ChangedMeanwhile."""
    SearchSettings.objects.get_or_create(organisation=organisation)
    row = SearchSettings.objects.select_for_update(no_key=True).get(organisation=organisation)
    fields = write_changes(row, seen=seen, values=values)
    if fields:
        row.changed_by, row.changed_at = actor, timezone.now()
        row.save(update_fields=["changed_by", "changed_at"])
        if not row.keeps_searches:
            stop_keeping(organisation)
        log_act(
            act="search_settings.changed",
            thing=row,
            actor=actor,
            organisation=organisation,
            detail={"fields": ", ".join(fields)},
        )
    return fields
