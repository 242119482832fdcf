"""What a directorate has set for ways and days, and where its officers begin."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from consultations.models import TravelPlan
from partnership.administration.changes import write_changes
from partnership.journal import log_act
from partnership.models import Office, Organisation, Person


def plan_of(police_id: int) -> TravelPlan:
    """The defaults, unsaved, for a directorate that has changed none of them."""
    stored = TravelPlan.objects.select_related("start").filter(police=police_id).first()
    return stored or TravelPlan(police_id=police_id)


def start_of(plan: TravelPlan) -> Office | None:
    """Where the day begins and ends: as set, else the directorate's first office."""
    if plan.start:
        return plan.start
    return Office.objects.filter(organisation=plan.police_id, is_active=True).order_by("kind", "pk").first()


def plans_and_starts(police_ids: Collection[int]) -> dict[int, tuple[TravelPlan, Office | None]]:
    """By directorate, two statements for each."""
    plans = {key: plan_of(key) for key in police_ids}
    return {key: (plan, start_of(plan)) for key, plan in plans.items()}


@transaction.atomic
def change_travel_plan(
    *, police: Organisation, seen: int, values: Mapping[str, Any], actor: Person
) -> list[str]:
    """For times that are planned from now on: what stands keeps the travel it was planned with.

    Raises ChangedMeanwhile. Gives the names of what has changed.
    """
    TravelPlan.objects.get_or_create(police=police)
    plan = TravelPlan.objects.select_for_update(no_key=True).get(police=police)
    fields = write_changes(plan, seen=seen, values=values)
    if fields:
        detail = {"fields": ", ".join(fields)}
        log_act(act="travel_plan.changed", thing=plan, actor=actor, organisation=police, detail=detail)
    return fields
