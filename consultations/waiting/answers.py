"""The answer to an offer from the waiting list: yes or no, by the firm's link or through the desk."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, Concern, PhoneTask, Waiting, WaitingOffer
from consultations.phone_tasks import end_call
from consultations.placing import TooLate, confirm_locked, lock_appointment
from consultations.taking_time import takes_time
from consultations.waiting.asking import close_offer, end_offer
from consultations.waiting.offers import pass_on
from partnership.desk_firms import enter_firm
from partnership.journal import log_act
from partnership.models import Person
from partnership.times import long_moment

Outcome = WaitingOffer.Outcome


@takes_time
def accept_offer(*, offer_id: int, actor: Person | None = None) -> tuple[Appointment, str]:
    """Confirmed at once: the address was confirmed in joining. `actor`: the desk, for a caller.

    The appointment and the token of the link to manage it, which is empty the second time. Raises TooLate.
    """
    now = timezone.now()
    offer, appointment = _lock_offer(offer_id)
    if offer.outcome == Outcome.ACCEPTED and appointment:
        return appointment, ""
    appointment = _refuse_ended(offer, appointment, now=now)
    waiting = offer.waiting
    assert waiting is not None
    if actor:
        appointment.firm = enter_firm(
            name=waiting.firm_name,
            chamber=None,
            membership_number="",
            phone=waiting.contact_phone,
            actor=actor,
        )
    Concern.objects.get_or_create(appointment=appointment)
    appointment.held_until = None
    close_offer(offer, Outcome.ACCEPTED, now=now)
    Waiting.objects.filter(pk=waiting.pk).update(state=Waiting.State.SERVED, ended_at=now)
    log_act(act="waiting.accepted", thing=waiting, actor=actor, organisation=appointment.host)
    result = PhoneTask.Result.REACHED if actor else PhoneTask.Result.NOT_NEEDED
    end_call(appointment=appointment, result=result, actor=actor)
    token = confirm_locked(appointment, now=now, by_desk=actor)
    return appointment, token


@takes_time
def decline_offer(*, offer_id: int, actor: Person | None = None) -> None:
    """The next in line is asked; whoever declines keeps the place. Declining again changes nothing."""
    now = timezone.now()
    offer, appointment = _lock_offer(offer_id)
    if offer.outcome == Outcome.DECLINED:
        return
    appointment = _refuse_ended(offer, appointment, now=now)
    freed = end_offer(appointment, Outcome.DECLINED, now=now, actor=actor)
    pass_on(lane=appointment.lane, period=appointment.period, now=now, freed=freed)


def _lock_offer(offer_id: int) -> tuple[WaitingOffer, Appointment | None]:
    """Under the lock on the hours, then on whoever waits. What ended long ago has no appointment left."""
    known = WaitingOffer.objects.values("appointment", "waiting").get(pk=offer_id)
    appointment = lock_appointment(known["appointment"]) if known["appointment"] else None
    Waiting.objects.select_for_update(no_key=True).get(pk=known["waiting"])
    rows = WaitingOffer.objects.select_related("waiting__office", "waiting__partnership", "freed")
    return rows.get(pk=offer_id), appointment


def _refuse_ended(
    offer: WaitingOffer, appointment: Appointment | None, *, now: datetime.datetime
) -> Appointment:
    """Who is late is late, even if the scan has not been by: the next in line comes first."""
    if appointment is None or offer.outcome or offer.expires_at <= now:
        raise TooLate(_ended_words(offer))
    return appointment


def _ended_words(offer: WaitingOffer) -> str:
    match offer.outcome:
        case Outcome.ACCEPTED:
            return _("Dieses Angebot ist schon angenommen.")
        case Outcome.DECLINED:
            return _("Dieses Angebot ist schon abgelehnt.")
        case Outcome.WITHDRAWN:
            return _("Diese Zeit gibt es nicht mehr. Der Platz auf der Warteliste bleibt.")
    return _("Das Angebot galt bis %(when)s. Der Platz auf der Warteliste bleibt.") % {
        "when": long_moment(offer.expires_at)
    }
