"""How an event ends: called off, held, closed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.events.locking import lock_event
from forums.events.telling import Told, ended_with, reach, standing_of
from forums.models import Event, PartBooking, Registration
from forums.seats import lock_parts_of_event, takes_places
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import long_moment

State = Event.State


@takes_places
def cancel_event(*, event_id: int, reason: str, actor: Person) -> Told:
    """Every registration ends with it, every place, wait and offer; everybody is told, with the reason."""
    now = timezone.now()
    event = lock_event(event_id)
    if event.state != State.ANNOUNCED:
        raise Refusal(
            _("Absagen lässt sich, was angekündigt ist und noch nicht als stattgefunden vermerkt ist.")
        )
    lock_parts_of_event(event_id)
    keys = list(standing_of(event).values_list("pk", flat=True))
    lock_rows(Registration, keys)
    event.state, event.cancelled_at, event.cancel_reason = State.CANCELLED, now, reason
    event.calendar_sequence += 1
    event.version += 1
    event.save(update_fields=["state", "cancelled_at", "cancel_reason", "calendar_sequence", "version"])
    standing = PartBooking.objects.filter(registration__in=keys, state__in=PartBooking.STANDING)
    standing.update(state=PartBooking.State.CANCELLED, offer_until=None)
    Registration.objects.filter(pk__in=keys).update(
        state=Registration.State.CANCELLED,
        cancelled_by=Registration.CancelledBy.EVENT,
        ended_at=now,
    )
    log_act(
        act="event.cancelled",
        thing=event,
        actor=actor,
        organisation=event.organiser,
        detail={"reason": reason, "registrations": len(keys)},
    )
    reached = reach(ended_with(event))
    mails.tell_event_cancelled(reached.by_mail)
    return reached


@takes_places
def mark_held(*, event_id: int, actor: Person) -> Event:
    """From its beginning on."""
    now = timezone.now()
    event = lock_event(event_id)
    if event.state != State.ANNOUNCED:
        raise Refusal(_("Vermerken lässt sich nur, was angekündigt ist und nicht abgesagt."))
    if event.starts_at > now:
        raise Refusal(
            _("Sie beginnt erst am %(when)s. Vermerken Sie danach, dass sie stattgefunden hat.")
            % {"when": long_moment(event.starts_at)}
        )
    event.state, event.held_at = State.HELD, now
    return _note(event, "held_at", act="event.held", actor=actor)


@takes_places
def close_event(*, event_id: int, actor: Person) -> Event:
    """Nothing is changed any more."""
    event = lock_event(event_id)
    if event.state != State.HELD:
        raise Refusal(_("Vermerken Sie zuerst, dass die Veranstaltung stattgefunden hat."))
    event.state, event.closed_at = State.CLOSED, timezone.now()
    return _note(event, "closed_at", act="event.closed", actor=actor)


def _note(event: Event, moment: str, *, act: str, actor: Person) -> Event:
    event.version += 1
    event.save(update_fields=["state", moment, "version"])
    log_act(act=act, thing=event, actor=actor, organisation=event.organiser)
    return event
