"""Officers who are away: their places in office hours become empty, what firms have booked stays.

Locks are taken in one order: officers, then office hours, each in id order.
"""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import deputy_mails
from consultations.claims import claim_absence, officer_block
from consultations.expiry import end_holds
from consultations.models import Absence, Appointment, Claim, Lane, OfficeHours
from consultations.taking_time import lock_hours_unread, lock_officers_and_rooms, takes_time
from consultations.vacancies import talks_ahead
from partnership.journal import log_act
from partnership.models import Organisation, Person, Post
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin_day, short_moment

LONGEST = datetime.timedelta(days=548)
"""18 months."""


@takes_time
def plan_absence(
    *, officer: Person, starts_at: datetime.datetime, ends_at: datetime.datetime, actor: Person
) -> Absence:
    """Enter a time in which the officer is away; what is over of it is left out. Raises Refusal."""
    return _enter(
        kind=Absence.Kind.PLANNED,
        officer=officer,
        starts_at=max(starts_at, timezone.now()),
        ends_at=ends_at,
        actor=actor,
    )


@takes_time
def report_absence_today(*, officer: Person, last_day: datetime.date, actor: Person) -> Absence:
    """Away from now on, to the end of `last_day`. Raises Refusal."""
    after = last_day + datetime.timedelta(days=1)
    return _enter(
        kind=Absence.Kind.SUDDEN,
        officer=officer,
        starts_at=timezone.now(),
        ends_at=at_wall_time(after, datetime.time()),
        actor=actor,
    )


@takes_time
def change_end(*, absence_id: int, ends_at: datetime.datetime, actor: Person) -> Absence:
    """Back earlier, or away for longer. Empty places outside of it are given back to the officer."""
    absence, now = _lock(absence_id), timezone.now()
    if ends_at <= max(now, absence.starts_at):
        raise Refusal(_("Das neue Ende liegt vor jetzt oder vor dem Beginn. Wählen Sie ein späteres."))
    _refuse_too_long(absence.starts_at, ends_at)
    before = absence.ends_at
    absence.period = DateTimeTZRange(absence.starts_at, ends_at)
    absence.save(update_fields=["period"])
    detail = {"from": short_moment(before), "to": short_moment(ends_at)}
    log_act(act="absence.changed", thing=absence, actor=actor, organisation=absence.police, detail=detail)
    _fit(absence, actor=actor, now=now)
    return absence


@takes_time
def withdraw_absence(*, absence_id: int, actor: Person) -> Absence:
    """One that has not begun is gone, one that runs ends now. Empty places are given back to the officer."""
    absence, now = _lock(absence_id), timezone.now()
    if absence.ends_at <= now:
        raise Refusal(_("Diese Abwesenheit ist schon vorbei."))
    if absence.starts_at < now:
        absence.period = DateTimeTZRange(absence.starts_at, now)
    else:
        absence.withdrawn_at = now
    absence.save(update_fields=["period", "withdrawn_at"])
    log_act(act="absence.withdrawn", thing=absence, actor=actor, organisation=absence.police)
    _fit(absence, actor=actor, now=now)
    return absence


def hit_lanes(
    *, officer: Person, starts_at: datetime.datetime, ends_at: datetime.datetime, now: datetime.datetime
) -> list[Lane]:
    """The officer's places in office hours that lie, or go on, in this time and are not over.

    Arriving and packing up do not count: whoever comes back when the hours begin, holds them.
    """
    first = max(starts_at, now)
    lanes = (
        Lane.objects.filter(
            officer=officer,
            hours__day__range=(berlin_day(first), berlin_day(ends_at)),
            hours__claims__officer=officer,
        )
        .exclude(hours__state=OfficeHours.State.CANCELLED)
        .select_related("hours__office__organisation", "hours__partnership", "hours__police", "hours__room")
        .order_by("hours__day", "hours__starts", "hours", "number")
    )
    return [lane for lane in lanes if lane.hours.starts_at < ends_at and lane.hours.ends_at > first]


def hit_by(absence: Absence, *, now: datetime.datetime) -> list[Lane]:
    return hit_lanes(officer=absence.officer, starts_at=absence.starts_at, ends_at=absence.ends_at, now=now)


def directorate_of(officer: Person) -> Organisation | None:
    """Where the officer works today; the first one, if there are several."""
    roles = (Post.Role.OFFICER, Post.Role.LEAD)
    posts = Post.objects.in_force().filter(person=officer, role__in=roles).select_related("organisation")
    post = posts.order_by("-role", "pk").first()
    return post.organisation if post else None


def _enter(
    *,
    kind: Absence.Kind,
    officer: Person,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    actor: Person,
) -> Absence:
    if ends_at <= starts_at:
        raise Refusal(_("Diese Zeit liegt in der Vergangenheit. Wählen Sie einen späteren Tag."))
    _refuse_too_long(starts_at, ends_at)
    lock_officers_and_rooms(officers=[officer], rooms=[])
    police = directorate_of(officer)
    if police is None:
        raise Refusal(_("%(who)s hat keine Funktion bei der Polizei.") % {"who": officer})
    period = DateTimeTZRange(starts_at, ends_at)
    known = Absence.objects.standing().filter(officer=officer, period__contains=period).first()
    if known:
        words = {"who": officer, "until": short_moment(known.ends_at)}
        raise Refusal(_("%(who)s ist für diese Zeit schon eingetragen, bis %(until)s.") % words)
    absence = Absence.objects.create(
        kind=kind, officer=officer, police=police, period=period, reported_by=actor
    )
    act = "absence.planned" if kind == Absence.Kind.PLANNED else "absence.reported"
    log_act(act=act, thing=absence, actor=actor, organisation=police)
    _fit(absence, actor=actor, now=timezone.now())
    return absence


def _refuse_too_long(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    if ends_at - starts_at > LONGEST:
        raise Refusal(_("Das sind mehr als 18 Monate. Beenden Sie statt dessen die Funktion der Person."))


def _lock(absence_id: int) -> Absence:
    """Locks the officer, then reads."""
    officer = Person.objects.filter(absences=absence_id)
    lock_officers_and_rooms(officers=officer, rooms=[])
    absence = Absence.objects.standing().select_related("officer", "police").filter(pk=absence_id).first()
    if absence is None:
        raise Refusal(_("Diese Abwesenheit ist schon zurückgenommen."))
    return absence


def _fit(absence: Absence, *, actor: Person, now: datetime.datetime) -> None:
    """Make places and claims what the absence says now; the officer is locked."""
    officer = absence.officer
    is_standing = absence.withdrawn_at is None
    hit = hit_by(absence, now=now) if is_standing else []
    lock_hours_unread(*(lane.hours_id for lane in [*hit, *_given_up_by(officer)]))
    standing = Absence.objects.standing().filter(officer=officer, period__endswith__gt=now)
    others = list(standing.exclude(pk=absence.pk).select_related("officer"))
    Claim.objects.filter(absence__in=[absence, *others]).delete()
    emptied = hit_by(absence, now=now) if is_standing else []
    for lane in emptied:
        _empty(lane, actor=actor)
    if emptied:
        booked = talks_ahead(emptied, now=now)
        deputy_mails.tell_missing(emptied, booked=booked, officer=officer, actor=actor)
    # places first: absences take what is left of the time, arriving and packing up are no absence
    for lane in _given_up_by(officer):
        _give_back(lane, officer=officer, actor=actor, now=now)
    for one in [*others, absence] if is_standing else others:
        claim_absence(one)


def _empty(lane: Lane, *, actor: Person) -> None:
    """What is only held or offered goes, so that nobody books a place that has just lost its officer."""
    hours = lane.hours
    Claim.objects.filter(hours=hours, officer=lane.officer).delete()
    lane.absent, lane.officer = lane.officer, None
    lane.agreed_at = lane.agreed_by = lane.asked_at = lane.asked_by = None
    lane.save()
    end_holds(Appointment.objects.filter(lane=lane))
    log_act(act="hours.officer_missing", thing=hours, actor=actor, organisation=hours.office.organisation)


def _given_up_by(officer: Person) -> list[Lane]:
    """Places that are still empty since this officer has been away."""
    lanes = Lane.objects.filter(
        absent=officer, officer__isnull=True, hours__day__gte=berlin_day(timezone.now())
    )
    return list(
        lanes.exclude(hours__state=OfficeHours.State.CANCELLED)
        .select_related("hours__office__organisation")
        .order_by("hours", "number")
    )


def _give_back(lane: Lane, *, officer: Person, actor: Person, now: datetime.datetime) -> None:
    """Unless another absence covers the hours, or something else has taken the officer's time."""
    hours, block = lane.hours, officer_block(lane.hours)
    whole = DateTimeTZRange(hours.starts_at, hours.ends_at)
    is_away = Absence.objects.standing().filter(officer=officer, period__overlap=whole).exists()
    if hours.ends_at <= now or is_away or _is_taken(officer, block):
        return
    Claim.objects.create(kind=Claim.Kind.OFFICE_HOURS, hours=hours, officer=officer, blocked=block)
    lane.officer, lane.absent, lane.left_empty_at = officer, None, None
    if hours.state != OfficeHours.State.DRAFT:
        lane.agreed_at, lane.agreed_by = now, actor
    lane.save()
    OfficeHours.objects.filter(pk=hours.pk).update(new_times_at=None)
    log_act(act="hours.officer_back", thing=hours, actor=actor, organisation=hours.office.organisation)


def _is_taken(officer: Person, block: DateTimeTZRange) -> bool:
    return Claim.objects.filter(officer=officer, blocked__overlap=block).exists()
