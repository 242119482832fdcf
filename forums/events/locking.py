"""One event at a time is changed. Order of locks: the event, its parts by key, registrations by key."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from forums.models import Event, EventPart
from partnership.administration.changes import ChangedMeanwhile
from partnership.refusals import Refusal

State = Event.State
CAN_CHANGE = (State.DRAFT, State.ANNOUNCED, State.HELD)


def lock_event(event_id: int) -> Event:
    return (
        Event.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organiser", "office", "partnership", "series")
        .get(pk=event_id)
    )


def lock_to_change(event_id: int, *, seen: int) -> Event:
    """`seen` is the version that was shown. Raises ChangedMeanwhile, and Refusal for what is over."""
    event = lock_event(event_id)
    if event.state not in CAN_CHANGE:
        raise Refusal(
            _("Was abgesagt oder abgeschlossen ist, bleibt, wie es war. Legen Sie eine neue „wie diese“ an.")
        )
    if event.version != seen:
        raise ChangedMeanwhile
    return event


def lock_to_remove(part_ids: Collection[int]) -> None:
    """Whoever is just booking one of them is waited for, and nobody begins to: keys to a row wait."""
    rows = EventPart.objects.select_for_update().filter(pk__in=part_ids)
    list(rows.order_by("pk").values_list("pk"))
