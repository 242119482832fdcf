"""Lines of the education plan: who plans enters, changes and strikes them, or takes over those of a year."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forums.models import TrainingGoal
from partnership.administration.changes import check, write_changes
from partnership.journal import log_act
from partnership.models import Organisation, Partnership, Person
from partnership.refusals import Refusal

COPIED = ("title", "subject", "for_whom", "events_planned", "people_planned", "note")


@transaction.atomic
def add_goal(
    *, partnership: Partnership, organisation: Organisation, values: Mapping[str, Any], actor: Person
) -> TrainingGoal:
    goal = TrainingGoal(partnership=partnership, organisation=organisation, **values)
    _refuse_twice(goal)
    check(goal)
    goal.save()
    _log("training_goal.added", goal, actor)
    return goal


@transaction.atomic
def change_goal(*, goal_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile. Gives the names of what has changed."""
    goal = _lock(goal_id)
    fields = write_changes(goal, seen=seen, values=values)
    if fields:
        _log("training_goal.changed", goal, actor, fields=", ".join(fields))
    return fields


@transaction.atomic
def remove_goal(*, goal_id: int, actor: Person) -> None:
    """One that no event belongs to."""
    goal = _lock(goal_id)
    if goal.events.exists():
        raise Refusal(_("Zu diesem Vorhaben gehören Veranstaltungen. Nehmen Sie es zuerst bei ihnen heraus."))
    _log("training_goal.removed", goal, actor)
    goal.delete()


@transaction.atomic
def take_over(
    *, partnership: Partnership, organisation: Organisation, year: int, actor: Person
) -> list[TrainingGoal]:
    """The organisation's lines of the year before, without those that are there already."""
    lines = TrainingGoal.objects.filter(partnership=partnership, organisation=organisation)
    known = set(lines.filter(year=year).values_list("title", flat=True))
    made = []
    for before in lines.filter(year=year - 1).exclude(title__in=known).order_by("pk"):
        values = {name: getattr(before, name) for name in COPIED} | {"year": year}
        made.append(add_goal(partnership=partnership, organisation=organisation, values=values, actor=actor))
    if not made:
        raise Refusal(_("Aus dem Jahr davor ist nichts zu übernehmen."))
    return made


def _refuse_twice(goal: TrainingGoal) -> None:
    same = TrainingGoal.objects.filter(
        partnership=goal.partnership, organisation=goal.organisation, year=goal.year, title=goal.title
    )
    if same.exists():
        raise Refusal(_("Dieses Vorhaben gibt es in diesem Jahr schon."))


def _lock(goal_id: int) -> TrainingGoal:
    rows = TrainingGoal.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    return rows.get(pk=goal_id)


def _log(act: str, goal: TrainingGoal, actor: Person, **detail: str) -> None:
    log_act(
        act=act,
        thing=goal,
        actor=actor,
        organisation=goal.organisation,
        detail={"title": goal.title, "year": goal.year, **detail},
    )
