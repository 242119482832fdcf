"""What the desk does for somebody on the telephone: book, move, cancel. Possible until the talk begins."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.deadlines import link_end
from consultations.models import Appointment, OfficeHours
from consultations.placing import (
    Details,
    TooLate,
    cancel_locked,
    draw_reference,
    free_lane,
    hours_of,
    lock_appointment,
    move_locked,
    period_of,
    place,
    write_concern,
    write_contact,
)
from consultations.taking_time import SlotTaken, lock_hours, takes_time
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal

State = Appointment.State


@takes_time
def book_for_caller(
    *, hours_id: int, starts_at: datetime.datetime, details: Details, actor: Person
) -> Appointment:
    """The desk books for somebody on the telephone: confirmed at once.

    Without an e-mail address nothing is mailed. With one, the confirmation goes there, which does not
    confirm the address: no person and no rights come of it. Raises SlotTaken.
    """
    now = timezone.now()
    hours = _public(lock_hours(hours_id).get(hours_id))
    period = period_of(hours, starts_at, now=now)
    lane = free_lane(hours, period, now=now)
    appointment = Appointment(state=State.CONFIRMED, confirmed_at=now, reference=draw_reference(hours))
    place(appointment, hours=hours, lane=lane, period=period)
    write_contact(appointment, details)
    appointment.save()
    write_concern(appointment, details)
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    log_act(
        act="appointment.booked_for_caller", thing=appointment, actor=actor, organisation=appointment.host
    )
    mails.tell_confirmed(appointment, token=token)
    return appointment


@takes_time
def move_for_caller(
    *, appointment_id: int, hours_id: int, starts_at: datetime.datetime, actor: Person
) -> Appointment:
    """Move a confirmed appointment, after the firm's own deadline too. Raises SlotTaken, TooLate, Refusal."""
    now = timezone.now()
    appointment = lock_appointment(appointment_id, hours_id)
    if appointment.state != State.CONFIRMED:
        raise TooLate(_("Nur ein bestätigter Termin lässt sich verschieben."))
    if appointment.starts_at <= now:
        raise TooLate(_("Das Gespräch hat schon begonnen. Die Polizei trägt ein, ob es stattgefunden hat."))
    own = OfficeHours.objects.filter(partnership=appointment.partnership)
    hours = _public(own.select_related("office__organisation", "room").filter(pk=hours_id).first())
    period = period_of(hours, starts_at, now=now)
    if (appointment.starts_at, hours_of(appointment).pk) == (starts_at, hours.pk):
        raise Refusal(_("Das ist schon die Zeit dieses Termins. Wählen Sie eine andere."))
    moved, _token = move_locked(appointment, hours=hours, period=period, now=now, actor=actor)
    return moved


@takes_time
def cancel_by_desk(*, appointment_id: int, reason: str, actor: Person) -> Appointment:
    """The chamber cancels with a reason that the firm reads; possible until the talk begins."""
    appointment = lock_appointment(appointment_id)
    if appointment.state not in Appointment.UPCOMING:
        raise TooLate(_("Dieser Termin steht nicht mehr an und kann nicht abgesagt werden."))
    if appointment.starts_at <= timezone.now():
        raise TooLate(_("Das Gespräch hat schon begonnen. Die Polizei trägt ein, ob es stattgefunden hat."))
    cancel_locked(appointment, by=Appointment.CancelledBy.DESK, reason=reason, actor=actor)
    return appointment


def _public(hours: OfficeHours | None) -> OfficeHours:
    if hours is None or hours.state != OfficeHours.State.PUBLIC:
        raise SlotTaken(_("Dieser Sprechtag ist nicht öffentlich. Wählen Sie eine andere Zeit."))
    return hours
