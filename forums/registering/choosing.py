"""Which parts of an event somebody takes, and how: what is for all, one of each choice, nothing at once."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from django.utils.translation import gettext as _

from forums.models import EventPart, Mode
from partnership.refusals import Refusal

Parts = Mapping[int, str]
"""Key of a part -> mode."""


def chosen_parts(parts: Iterable[EventPart], wanted: Parts) -> dict[EventPart, str]:
    """Of an event's `parts` those wanted, and those for all, each with its mode, in their order.

    Reads `part.places`: prefetch them. Raises Refusal. What is for all may last as long as the rest.
    """
    chosen = {}
    for part in parts:
        modes = modes_of(part)
        mode = wanted.get(part.pk) or (next(iter(modes), "") if part.is_for_all else "")
        if mode and mode in modes:
            chosen[part] = mode
        elif mode:
            raise Refusal(_("„%(part)s“ gibt es so nicht. Wählen Sie bitte neu.") % {"part": part.title})
    if not chosen:
        raise Refusal(_("Wählen Sie mindestens einen Teil des Programms."))
    for one, other in combinations([part for part in chosen if not part.is_for_all], 2):
        if exclude_each_other(one, other):
            raise Refusal(
                _("„%(one)s“ und „%(other)s“ gehen nicht zusammen. Wählen Sie einen davon.")
                % {"one": one.title, "other": other.title}
            )
    return chosen


def modes_of(part: EventPart) -> list[str]:
    """On site first."""
    offered = {places.mode for places in part.places.all()}
    return [mode for mode in Mode.values if mode in offered]


def exclude_each_other(one: EventPart, other: EventPart) -> bool:
    if one.choice and one.choice == other.choice:
        return True
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
