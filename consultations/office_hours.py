"""A day of office hours from plan to publication: plan, agree, publish, cancel."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import deputy_mails, mails
from consultations.claims import claim_hours
from consultations.displaced import Settled, Way, settle_displaced, target_hours
from consultations.expiry import end_holds
from consultations.models import Appointment, Claim, Lane, OfficeHours
from consultations.slots import cut_slots
from consultations.taking_time import lock_hours, lock_officers_and_rooms, takes_time
from partnership.journal import log_act
from partnership.models import Office, Organisation, Partnership, Person, Room
from partnership.refusals import Refusal

State = OfficeHours.State


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One day as the desk enters it. Clock times are Berlin wall time, lengths minutes."""

    partnership: Partnership
    office: Office
    room: Room | None
    police: Organisation
    officers: list[Person]
    day: datetime.date
    starts: datetime.time
    ends: datetime.time
    slot_minutes: int
    gap_minutes: int
    pause_starts: datetime.time | None
    pause_ends: datetime.time | None
    booking_opens_at: datetime.datetime
    booking_closes_at: datetime.datetime
    topics: list[str]
    languages: list[str]

    def as_hours(self) -> OfficeHours:
        """The unsaved row, for the preview and for saving."""
        fields = {name: value for name, value in vars(self).items() if name != "officers"}
        return OfficeHours(**fields)


@takes_time
def plan_hours(*, plan: Plan, actor: Person) -> OfficeHours:
    """Enter a day as a draft and take officers' and room's time for it; raises Refusal, TimeClash."""
    hours = plan.as_hours()
    hours.created_by = actor
    hours.full_clean(validate_constraints=True)
    if hours.starts_at <= timezone.now():
        raise Refusal(_("Dieser Tag ist schon vorbei. Wählen Sie einen späteren."))
    if not cut_slots(hours):
        raise Refusal(
            _("Zwischen Beginn und Ende passt kein Gespräch. Ändern Sie die Zeiten oder die Dauer.")
        )
    lock_officers_and_rooms(officers=plan.officers, rooms=[plan.room] if plan.room else [])
    if not plan.office.organisation.officers_must_agree:
        hours.state = State.AGREED
    hours.save()
    Lane.objects.bulk_create(
        Lane(hours=hours, officer=officer, number=number)
        for number, officer in enumerate(plan.officers, start=1)
    )
    claim_hours(hours=hours, officers=plan.officers)
    log_act(act="hours.planned", thing=hours, actor=actor, organisation=plan.office.organisation)
    return hours


@transaction.atomic
def agree_to_hours(*, hours_id: int, actor: Person, for_all: bool = False) -> OfficeHours:
    """The officer's yes to the own lane, or the lead's to all; the last yes makes a draft agreed.

    If the desk has asked for publication, it becomes public at once. Hours that have got another officer
    or other times stay public meanwhile.
    """
    hours = _lock(hours_id)
    lanes = hours.lanes.select_related("officer", "asked_by")
    waiting = [lane for lane in lanes if lane.officer and lane.is_waiting_in(hours)]
    if not waiting and hours.state != State.DRAFT:
        raise Refusal(_("Dieser Sprechtag braucht keine Zustimmung mehr."))
    agreeing = [lane for lane in waiting if for_all or lane.officer_id == actor.pk]
    if not agreeing:
        raise Refusal(_("Sie haben diesem Sprechtag schon zugestimmt."))
    for lane in agreeing:
        deputy_mails.tell_answer(hours, lane=lane, is_yes=True)
        lane.agreed_at, lane.agreed_by = timezone.now(), actor
        lane.asked_at = lane.asked_by = None
        lane.save(update_fields=["agreed_at", "agreed_by", "asked_at", "asked_by"])
    log_act(act="hours.agreed", thing=hours, actor=actor, organisation=hours.police)
    agree_once_all_have(hours, actor=actor)
    return hours


def agree_once_all_have(hours: OfficeHours, *, actor: Person) -> None:
    """A place that is left empty on purpose asks nobody; one that waits for a deputy holds the day up."""
    asked = list(hours.lanes.filter(left_empty_at__isnull=True))
    if hours.state != State.DRAFT or not asked or any(lane.agreed_at is None for lane in asked):
        return
    hours.state = State.AGREED
    hours.save(update_fields=["state"])
    if hours.publish_when_agreed:
        _publish(hours, actor=actor)


@transaction.atomic
def publish_hours(*, hours_id: int, actor: Person) -> OfficeHours:
    """Make a day public; where police have not agreed yet, ask them, and publish with their last yes."""
    hours = _lock(hours_id)
    if hours.state == State.AGREED:
        _publish(hours, actor=actor)
    elif hours.state == State.DRAFT:
        if hours.publish_when_agreed:
            raise Refusal(
                _("Die Zustimmung ist schon erbeten. Danach wird der Sprechtag von selbst öffentlich.")
            )
        hours.publish_when_agreed = True
        hours.save(update_fields=["publish_when_agreed"])
        log_act(
            act="hours.publication_requested",
            thing=hours,
            actor=actor,
            organisation=hours.office.organisation,
        )
        mails.ask_officers_to_agree(hours, lanes=_lanes_of(hours, agreed=False))
    else:
        raise Refusal(_("Dieser Sprechtag ist schon öffentlich oder abgesagt."))
    return hours


@takes_time
def cancel_hours(*, hours_id: int, ways: Iterable[Way], reason: str, actor: Person) -> Settled:
    """Cancel a day: every booking goes the way the desk chose for it, the claims are given back.

    A booking without a way was made after the desk looked: it is named, and nothing happens. Raises
    Refusal, SlotTaken.
    """
    ways = list(ways)
    hours = lock_hours(hours_id, *target_hours(ways)).get(hours_id)
    if hours is None:
        raise Refusal(_("Diesen Sprechtag gibt es nicht."))
    if hours.state == State.CANCELLED:
        raise Refusal(_("Dieser Sprechtag ist schon abgesagt."))
    now = timezone.now()
    if hours.ends_at <= now:
        raise Refusal(_("Dieser Sprechtag ist vorbei und kann nicht mehr abgesagt werden."))
    settled = settle_displaced(losing=upcoming_in(hours), ways=ways, reason=reason, actor=actor, now=now)
    close_locked([hours], reason=reason, actor=actor)
    mails.tell_officers_cancelled(hours, lanes=_lanes_of(hours))
    return settled


def close_locked(hours: list[OfficeHours], *, reason: str, actor: Person) -> None:
    """The days alone: no time is left for holds and offers, claims are given back. Call it under the locks,
    with no booking left.
    """
    coming = Appointment.objects.filter(lane__hours__in=hours, period__startswith__gt=timezone.now())
    end_holds(coming)
    coming.filter(state=Appointment.State.UNCONFIRMED).update(state=Appointment.State.EXPIRED)
    Claim.objects.filter(hours__in=hours).delete()
    for day in hours:
        day.state = State.CANCELLED
        day.cancel_reason = reason
        log_act(act="hours.cancelled", thing=day, actor=actor, organisation=day.office.organisation)
    OfficeHours.objects.bulk_update(hours, ["state", "cancel_reason"])


def upcoming_in(*hours: OfficeHours) -> list[Appointment]:
    """Bookings that a cancellation of these days would hit, without those that have run out."""
    now = timezone.now()
    return list(
        Appointment.objects.filter(
            lane__hours__in=hours, state__in=Appointment.UPCOMING, period__startswith__gt=now
        )
        .exclude(state=Appointment.State.UNCONFIRMED, confirm_by__lte=now)
        .select_related("lane__hours__office__organisation", "lane__hours__room", "partnership", "host")
        .order_by("period", "pk")
    )


def _lock(hours_id: int) -> OfficeHours:
    hours = lock_hours(hours_id).get(hours_id)
    if hours is None:
        raise Refusal(_("Diesen Sprechtag gibt es nicht."))
    return hours


def _publish(hours: OfficeHours, *, actor: Person) -> None:
    hours.state = State.PUBLIC
    hours.save(update_fields=["state"])
    log_act(act="hours.published", thing=hours, actor=actor, organisation=hours.office.organisation)


def _lanes_of(hours: OfficeHours, *, agreed: bool | None = None) -> list[Lane]:
    lanes = hours.lanes.select_related("officer")
    return [lane for lane in lanes if agreed is None or bool(lane.agreed_at) == agreed]
