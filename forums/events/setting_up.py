"""A new event: a draft that only those who run it see, fresh or like an earlier one."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forums.events.locking import lock_event
from forums.events.partners import set_partners
from forums.events.shifting import shift_between, shifted
from forums.models import Event, EventInvitation, FeedbackQuestion, PartPlaces
from forums.references import draw_event_reference
from forums.seats import takes_places
from partnership.administration.changes import check
from partnership.journal import log_act
from partnership.links import revoke_links_of
from partnership.models import Organisation, Partnership, Person
from partnership.refusals import Refusal


@takes_places
def add_event(
    *,
    partnership: Partnership,
    organiser: Organisation,
    partners: Collection[Organisation],
    values: Mapping[str, Any],
    actor: Person,
    like: Event | None = None,
) -> Event:
    """`like`: an earlier event whose programme and questions come along, on the new day. Nobody does."""
    event = Event(
        partnership=partnership,
        organiser=organiser,
        reference=draw_event_reference(),
        copied_from=like,
        **values,
    )
    check(event)
    event.save()
    set_partners(event, partners)
    if like:
        _copy_programme(like, event)
        _copy_questions(like, event)
    detail = {"like": like.reference} if like else {}
    log_act(act="event.added", thing=event, actor=actor, organisation=organiser, detail=detail)
    return event


@transaction.atomic
def delete_draft(*, event_id: int, actor: Person) -> None:
    """With its programme and invitations; nobody was told of it."""
    event = lock_event(event_id)
    if event.state != Event.State.DRAFT:
        raise Refusal(_("Nur ein Entwurf lässt sich löschen. Was angekündigt ist, sagen Sie ab."))
    detail = {"reference": event.reference}
    log_act(act="event.deleted", thing=event, actor=actor, organisation=event.organiser, detail=detail)
    revoke_links_of(EventInvitation, list(event.invitations.values_list("pk", flat=True)))
    event.delete()


def _copy_programme(like: Event, event: Event) -> None:
    by = shift_between(like, event)
    for part in like.parts.prefetch_related("places"):
        places = list(part.places.all())
        part.pk, part._state.adding, part.event = None, True, event
        part.starts_at, part.ends_at = shifted(part.starts_at, by), shifted(part.ends_at, by)
        part.save()
        PartPlaces.objects.bulk_create(
            PartPlaces(part=part, mode=row.mode, capacity=row.capacity) for row in places
        )


def _copy_questions(like: Event, event: Event) -> None:
    rows = like.feedback_questions.order_by("position")
    FeedbackQuestion.objects.bulk_create(
        FeedbackQuestion(event=event, key=row.key, position=row.position, text=row.text, form=row.form)
        for row in rows
    )
