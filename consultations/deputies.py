"""Who takes an empty place in office hours, and what becomes of its bookings if nobody does."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import deputy_mails, office_hours
from consultations.claims import officer_block
from consultations.displaced import Settled, Way, settle_displaced, target_hours
from consultations.expiry import end_holds, expire_run_out
from consultations.models import Appointment, Claim, Lane, OfficeHours
from consultations.taking_time import TimeClash, lock_hours, lock_officers_and_rooms, takes_time
from consultations.vacancies import talks_ahead, vacant_lanes
from partnership.journal import log_act
from partnership.models import Deputy, Person, Post
from partnership.refusals import Refusal
from partnership.times import at_wall_time

State = OfficeHours.State


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody free for the hours. `others`: what else takes the person's time that day, earliest first.

    `is_named`: stands in for the absent officer anyway.
    """

    person: Person
    is_named: bool
    others: list[Claim]


def find_deputies(lane: Lane) -> list[Candidate]:
    """The directorate's officers who are free: named deputies first, then those with nothing else to do."""
    hours, named = lane.hours, _named_deputies(lane)
    posts = Post.objects.in_force(hours.day).filter(organisation=hours.police_id, role=Post.Role.OFFICER)
    people = Person.objects.filter(Q(pk__in=posts.values("person")) | Q(pk__in=named), is_active=True)
    # whoever was absent may be back; who still is away, is taken
    people = people.exclude(pk=lane.officer_id) if lane.officer_id else people
    block = officer_block(hours)
    busy = Claim.objects.filter(blocked__overlap=block, officer__isnull=False).values("officer")
    others = _claims_on(hours.day)
    found = [
        Candidate(person, person.pk in named, others.get(person.pk, []))
        for person in people.exclude(pk__in=busy).order_by("name", "pk")
    ]
    return sorted(found, key=lambda c: (not c.is_named, bool(c.others)))


@takes_time
def put_deputy(*, lane_id: int, deputy: Person, actor: Person, is_agreed: bool) -> Lane:
    """The deputy takes the place: at once when the lead or the deputy acts, else it is asked for a yes.

    Either way the deputy's time is taken. Firms are told nothing, as nothing changes for them. Raises
    Refusal, TimeClash.
    """
    now = timezone.now()
    lane = _lock_vacant(lane_id, deputy, now=now)
    if lane.has_asked_deputy:
        raise Refusal(_("%(who)s ist schon gefragt.") % {"who": lane.officer})
    hours, block = lane.hours, officer_block(lane.hours)
    if deputy.pk not in {candidate.person.pk for candidate in find_deputies(lane)}:
        words = {"who": deputy}
        raise TimeClash(_("%(who)s ist zu dieser Zeit nicht frei. Wählen Sie jemand anderen.") % words)
    if lane.officer:
        Claim.objects.filter(hours=hours, officer=lane.officer).delete()
        lane.absent = lane.officer
    Claim.objects.create(kind=Claim.Kind.OFFICE_HOURS, hours=hours, officer=deputy, blocked=block)
    lane.officer, lane.left_empty_at = deputy, None
    lane.absent = None if lane.absent == deputy else lane.absent
    lane.agreed_at, lane.agreed_by = (now, actor) if is_agreed else (None, None)
    lane.asked_at, lane.asked_by = (None, None) if is_agreed else (now, actor)
    lane.save()
    OfficeHours.objects.filter(pk=hours.pk).update(new_times_at=None)
    act = "hours.deputy_put" if is_agreed else "hours.deputy_asked"
    log_act(act=act, thing=hours, actor=actor, organisation=hours.police)
    booked = talks_ahead([lane], now=now).get(lane.pk, 0)
    if is_agreed:
        deputy_mails.tell_deputy(hours, lane=lane, booked=booked, actor=actor)
        office_hours.agree_once_all_have(hours, actor=actor)
    else:
        deputy_mails.ask_deputy(hours, lane=lane, booked=booked)
    return lane


@takes_time
def release_deputy(*, lane_id: int, actor: Person) -> Lane:
    """Whoever was asked says no, or is not asked any more: the place is empty again. Raises Refusal."""
    known = Lane.objects.select_related("officer").filter(pk=lane_id, asked_by__isnull=False).first()
    if known is None or known.officer is None:
        raise Refusal(_("Diese Anfrage ist schon beantwortet."))
    lane = _lock_vacant(lane_id, known.officer, now=timezone.now())
    deputy, hours = lane.officer, lane.hours
    if deputy is None or not lane.has_asked_deputy:
        raise Refusal(_("Diese Anfrage ist schon beantwortet."))
    is_own = deputy.pk == actor.pk
    if is_own:
        deputy_mails.tell_answer(hours, lane=lane, is_yes=False)
    else:
        deputy_mails.tell_released(hours, person=deputy)
    Claim.objects.filter(hours=hours, officer=deputy).delete()
    lane.officer = lane.asked_at = lane.asked_by = None
    lane.save()
    end_holds(Appointment.objects.filter(lane=lane))
    act = "hours.deputy_declined" if is_own else "hours.deputy_released"
    log_act(act=act, thing=hours, actor=actor, organisation=hours.police)
    return lane


@takes_time
def leave_empty(*, lane_id: int, ways: Iterable[Way], reason: str, actor: Person) -> Settled:
    """Nobody takes the place: every booking goes the way the desk chose, and the place offers no times.

    With nobody left in them, hours that have not begun are cancelled. Raises Refusal, SlotTaken.
    """
    ways, now = list(ways), timezone.now()
    hours_id = Lane.objects.values_list("hours_id", flat=True).get(pk=lane_id)
    lock_officers_and_rooms(officers=Person.objects.filter(lanes=lane_id), rooms=[])
    hours = lock_hours(hours_id, *target_hours(ways))[hours_id]
    lane = _vacant(lane_id, now=now)
    if lane.has_asked_deputy:
        raise Refusal(_("%(who)s ist gefragt. Nehmen Sie zuerst die Anfrage zurück.") % {"who": lane.officer})
    expire_run_out(list(lane.appointments.filter(state__in=Appointment.BLOCKING)), now=now)
    settled = settle_displaced(
        losing=losing_in(lane, now=now), ways=ways, reason=reason, actor=actor, now=now
    )
    end_holds(Appointment.objects.filter(lane=lane))
    if lane.officer:
        # whose post ends before the day
        Claim.objects.filter(hours=hours, officer=lane.officer).delete()
        lane.absent, lane.officer = lane.officer, None
        lane.agreed_at = lane.agreed_by = lane.asked_at = lane.asked_by = None
    lane.left_empty_at = now
    lane.save()
    log_act(act="hours.left_empty", thing=hours, actor=actor, organisation=hours.office.organisation)
    if is_last(lane) and hours.starts_at > now:
        office_hours.cancel_hours(hours_id=hours.pk, ways=[], reason=reason, actor=actor)
    else:
        office_hours.agree_once_all_have(hours, actor=actor)
    return settled


def losing_in(lane: Lane, *, now: datetime.datetime) -> list[Appointment]:
    """Bookings of the place that have not begun."""
    return [a for a in office_hours.upcoming_in(lane.hours) if a.lane_id == lane.pk]


def is_last(lane: Lane) -> bool:
    """Whether nobody else sits in the hours, nor is looked for."""
    return (
        not Lane.objects.filter(hours=lane.hours_id, left_empty_at__isnull=True).exclude(pk=lane.pk).exists()
    )


def _lock_vacant(lane_id: int, person: Person, *, now: datetime.datetime) -> Lane:
    """Locks the person, whoever still stands in the place, and the hours, then reads; raises Refusal."""
    sitting = Person.objects.filter(lanes=lane_id)
    lock_officers_and_rooms(officers=[person, *sitting], rooms=[])
    lock_hours(Lane.objects.values_list("hours_id", flat=True).get(pk=lane_id))
    return _vacant(lane_id, now=now)


def _vacant(lane_id: int, *, now: datetime.datetime) -> Lane:
    lane = (
        vacant_lanes(now)
        .select_related(
            "officer",
            "absent",
            "asked_by",
            "hours__office__organisation",
            "hours__room",
            "hours__police",
            "hours__partnership",
        )
        .filter(pk=lane_id)
        .first()
    )
    if lane is None:
        raise Refusal(_("Dieser Platz ist schon besetzt, oder der Sprechtag ist vorbei oder abgesagt."))
    return lane


def _named_deputies(lane: Lane) -> set[int]:
    """Those who stand in for the absent officer on that day."""
    away = lane.officer_id or lane.absent_id
    deputies = Deputy.objects.in_force(lane.hours.day).filter(
        post__person=away, post__organisation=lane.hours.police_id
    )
    return set(deputies.values_list("person", flat=True)) if away else set()


def _claims_on(day: datetime.date) -> dict[int, list[Claim]]:
    """Officer's key -> claims of that day."""
    after = day + datetime.timedelta(days=1)
    whole = DateTimeTZRange(at_wall_time(day, datetime.time()), at_wall_time(after, datetime.time()))
    claims = Claim.objects.filter(officer__isnull=False, blocked__overlap=whole).order_by("blocked")
    found: dict[int, list[Claim]] = {}
    for claim in claims.select_related("hours__office"):
        found.setdefault(claim.officer_id or 0, []).append(claim)
    return found
