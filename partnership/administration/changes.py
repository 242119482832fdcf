"""Two people who edit the same thing do not overwrite each other, and the log says which fields changed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from partnership.journal import log_act
from partnership.models import Organisation, Partnership, Person
from partnership.queries import members_of
from partnership.refusals import Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else saved after this form was opened. What was typed stands beside what holds now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Inzwischen hat jemand anderes hier etwas geändert. Ihre Eingaben stehen noch im Formular. "
                "Vergleichen Sie, und speichern Sie noch einmal."
            )
        )


def write_changes(thing: Any, *, seen: int, values: Mapping[str, Any]) -> list[str]:
    """Save a locked row; gives the names of the fields that changed, as people know them.

    `seen` is the version that the form was opened with.
    """
    if thing.version != seen:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(thing, name, values[name])
    thing.version += 1
    check(thing)
    thing.save(update_fields=[*changed, "version"])
    return [str(thing._meta.get_field(name).verbose_name) for name in changed]


def check(thing: Model) -> None:
    """What the database would refuse, in words."""
    try:
        thing.full_clean()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from None


def log_in_members(
    *,
    act: str,
    thing: Model,
    partnership: Partnership,
    actor: Person | None,
    detail: dict[str, Any] | None = None,
) -> None:
    """What concerns a whole partnership stands in the log of each of its members."""
    members: list[Organisation | None] = list(members_of(partnership))
    for organisation in members or [None]:
        log_act(act=act, thing=thing, actor=actor, organisation=organisation, detail=detail)
