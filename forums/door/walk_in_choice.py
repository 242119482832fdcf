"""What somebody without registration can still take part in, for the form at the door."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forums.event_words import part_when_of
from forums.models import Event, EventPart, Mode


@dataclass(slots=True)
class Choice:
    """`options` for a form's boxes; `only` is the one part there is, where there is nothing to choose."""

    for_all: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    only: list[str] = field(default_factory=list)
    all_fit: bool = True


def choice_for_walk_in(event: Event, *, now: datetime.datetime) -> Choice:
    """Parts on site that are not over."""
    choice = Choice()
    for part in event.parts.all():
        free = next((places.free for places in part.places.all() if places.mode == Mode.SITE), None)
        if free is None or part.ends_at <= now:
            continue
        choice.all_fit = choice.all_fit and free > 0
        if part.is_for_all:
            choice.for_all.append(_in_words(part, free))
        else:
            choice.options.append((str(part.pk), _in_words(part, free)))
    if len(choice.options) == 1 and not choice.for_all:
        ((key, words),) = choice.options
        choice.only, choice.for_all, choice.options = [key], [words], []
    return choice


def _in_words(part: EventPart, free: int) -> str:
    places = _("noch %(free)d frei") % {"free": free} if free > 0 else _("voll")
    return f"{part.title}, {part_when_of(part)} ({places})"
