"""Office hours that come back: plan, agree, publish, prolong, cancel from a day on.

A series' row is locked first, then officers and rooms, then its days, each in id order.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.booking_window import closes_at, opens_at
from consultations.claims import officer_block, room_block
from consultations.clashes import Wanted, refuse_clashes
from consultations.displaced import Settled, Way, settle_displaced, target_hours
from consultations.models import Claim, Lane, OfficeHours, OfficeHoursSeries
from consultations.office_hours import Plan, close_locked, upcoming_in
from consultations.recurrence import MOST_DAYS_AHEAD, Rule, rule_of
from consultations.taking_time import lock_hours, lock_officers_and_rooms, takes_time
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.refusals import Refusal
from partnership.times import today

State = OfficeHours.State
TAKEN_OVER = (
    *("room", "starts", "ends", "slot_minutes", "gap_minutes", "pause_starts", "pause_ends"),
    *("topics", "languages"),
)
"""As they are, from a plan into the series and back."""


@dataclass(frozen=True, kw_only=True)
class SeriesPlan:
    """`like` is what each day is like; its own day and booking window are those of the first."""

    rule: Rule
    like: Plan
    opens_days: int
    closes_hours: int
    exceptions: list[datetime.date]
    skips_bridge_days: bool

    def plans(self) -> list[Plan]:
        return [self.plan_for(day) for day in self.rule.days()]

    def plan_for(self, day: datetime.date) -> Plan:
        return replace(
            self.like,
            day=day,
            booking_opens_at=opens_at(day, days_before=self.opens_days),
            booking_closes_at=closes_at(day, self.like.starts, hours_before=self.closes_hours),
        )


def plan_of(series: OfficeHoursSeries, *, last_day: datetime.date | None = None) -> SeriesPlan:
    """The series as a plan; with `last_day` what it would be if it went on until then."""
    first = series.first_day
    like = Plan(
        partnership=series.partnership,
        office=series.office,
        police=series.police,
        officers=series.officers,
        day=first,
        booking_opens_at=opens_at(first, days_before=series.opens_days),
        booking_closes_at=closes_at(first, series.starts, hours_before=series.closes_hours),
        **{name: getattr(series, name) for name in TAKEN_OVER},
    )
    return SeriesPlan(
        rule=replace(rule_of(series), last_day=last_day or series.last_day),
        like=like,
        opens_days=series.opens_days,
        closes_hours=series.closes_hours,
        exceptions=series.exceptions,
        skips_bridge_days=series.skips_bridge_days,
    )


@takes_time
def plan_series(
    *,
    plan: SeriesPlan,
    days: list[datetime.date],
    left_out: list[datetime.date],
    added: list[datetime.date],
    publish: bool,
    actor: Person,
) -> OfficeHoursSeries:
    """Enter the series and these days of its rule, all or none; `left_out` were taken out by hand and
    `added` put in. With `publish` the officers are asked once for all. Raises Refusal, TimeClash.
    """
    if not days:
        raise Refusal(_("Kein Tag ist ausgewählt. Wählen Sie in der Vorschau mindestens einen."))
    like = plan.like
    officers = [*like.officers, None]
    series = OfficeHoursSeries(
        partnership=like.partnership,
        office=like.office,
        police=like.police,
        officer=officers[0],
        second_officer=officers[1],
        **vars(plan.rule),
        exceptions=sorted(({*plan.exceptions, *left_out} & set(plan.rule.days())) - set(days)),
        added=sorted(added),
        skips_bridge_days=plan.skips_bridge_days,
        opens_days=plan.opens_days,
        closes_hours=plan.closes_hours,
        created_by=actor,
        **{name: getattr(like, name) for name in TAKEN_OVER},
    )
    series.full_clean(validate_constraints=True)
    series.save()
    log_act(act="series.planned", thing=series, actor=actor, organisation=like.office.organisation)
    _enter_days(series, plan, days, publish=publish, actor=actor)
    return series


@takes_time
def prolong_series(
    *,
    series_id: int,
    last_day: datetime.date,
    days: list[datetime.date],
    left_out: list[datetime.date],
    added: list[datetime.date],
    publish: bool,
    actor: Person,
) -> OfficeHoursSeries:
    """Go on with the same rule until `last_day`, 18 months ahead at most. Raises Refusal, TimeClash."""
    series = lock_series(series_id)
    if series.cancelled_from:
        raise Refusal(_("Diese Reihe ist abgesagt. Legen Sie mit „Wie diese Reihe“ eine neue an."))
    if series.followed_by.exists():
        raise Refusal(_("Diese Reihe geht in einer anderen weiter. Verlängern Sie die spätere."))
    if last_day <= series.last_day:
        raise Refusal(_("Bis dahin läuft die Reihe schon. Wählen Sie einen späteren Tag."))
    if not days:
        raise Refusal(_("Kein Tag ist ausgewählt. Wählen Sie in der Vorschau mindestens einen."))
    plan = plan_of(series, last_day=last_day)
    series.last_day = last_day
    series.exceptions = sorted({*series.exceptions, *left_out} - set(days))
    series.added = sorted({*series.added, *added})
    series.save(update_fields=["last_day", "exceptions", "added"])
    log_act(act="series.prolonged", thing=series, actor=actor, organisation=series.office.organisation)
    _enter_days(series, plan, days, publish=publish, actor=actor)
    return series


@transaction.atomic
def agree_to_series(*, series_id: int, actor: Person, for_all: bool = False) -> list[OfficeHours]:
    """The officer's yes to all own lanes that still want it, or the lead's to everybody's.

    Gives the days that became public by it.
    """
    series, hours = _lock_with_days(series_id)
    waiting = Lane.objects.waiting_for_yes().filter(
        hours__in=hours, officer__isnull=False, asked_by__isnull=True
    )
    if not for_all:
        waiting = waiting.filter(officer=actor)
    lanes = list(waiting.order_by("hours", "number"))
    if not lanes:
        raise Refusal(_("In dieser Reihe wartet nichts auf Ihre Zustimmung."))
    for lane in lanes:
        lane.agreed_at, lane.agreed_by, lane.asked_at = timezone.now(), actor, None
    Lane.objects.bulk_update(lanes, ["agreed_at", "agreed_by", "asked_at"])
    for key in sorted({lane.hours_id for lane in lanes}):
        log_act(act="hours.agreed", thing=hours[key], actor=actor, organisation=series.police)
    open_lanes = Lane.objects.filter(hours__in=hours, agreed_at=None, left_empty_at=None)
    still = set(open_lanes.values_list("hours_id", flat=True))
    agreed = [h for h in hours.values() if h.state == State.DRAFT and h.pk not in still]
    for day in agreed:
        day.state = State.PUBLIC if day.publish_when_agreed else State.AGREED
    OfficeHours.objects.bulk_update(agreed, ["state"])
    published = [day for day in agreed if day.state == State.PUBLIC]
    _log_published(published, actor=actor)
    return published


@transaction.atomic
def publish_series(*, series_id: int, actor: Person) -> list[OfficeHours]:
    """Publish what is agreed; for the other days the officers are asked, once. Gives those public now."""
    series, hours = _lock_with_days(series_id)
    agreed = [h for h in hours.values() if h.state == State.AGREED]
    drafts = [h for h in hours.values() if h.state == State.DRAFT and not h.publish_when_agreed]
    if not (agreed or drafts):
        raise Refusal(_("In dieser Reihe ist nichts mehr zu veröffentlichen."))
    _publish(series, agreed, drafts, actor=actor)
    return agreed


@takes_time
def cancel_series(
    *, series_id: int, first_day: datetime.date, ways: Iterable[Way], reason: str, actor: Person
) -> Settled:
    """Cancel every day of the series from this one on that has not begun; raises Refusal, SlotTaken.

    A booking that no way names stops everything: it was made after the desk looked.
    """
    ways = list(ways)
    series = lock_series(series_id)
    keys = days_from(series, first_day).values_list("pk", flat=True)
    own = set(keys)
    locked = lock_hours(*own, *target_hours(ways))
    now = timezone.now()
    hours = [h for h in locked.values() if h.pk in own and h.state != State.CANCELLED and h.starts_at > now]
    if not hours:
        raise Refusal(_("Ab diesem Tag gibt es in der Reihe nichts mehr abzusagen."))
    settled = settle_displaced(losing=upcoming_in(*hours), ways=ways, reason=reason, actor=actor, now=now)
    close_locked(hours, reason=reason, actor=actor)
    series.cancelled_from = min(series.cancelled_from or first_day, first_day)
    series.save(update_fields=["cancelled_from"])
    log_act(act="series.cancelled", thing=series, actor=actor, organisation=series.office.organisation)
    mails.tell_officers_days_cancelled(hours, lanes=lanes_of(hours), reason=reason)
    return settled


def days_from(series: OfficeHoursSeries, first_day: datetime.date) -> QuerySet[OfficeHours]:
    return (
        OfficeHours.objects.filter(series=series, series_day__gte=first_day, day__gte=today())
        .exclude(state=State.CANCELLED)
        .order_by("series_day")
    )


def lock_series(series_id: int) -> OfficeHoursSeries:
    rows = OfficeHoursSeries.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "office__organisation", "room", "police", "partnership", "officer", "second_officer"
    )
    series = rows.filter(pk=series_id).first()
    if series is None:
        raise Refusal(_("Diese Reihe gibt es nicht."))
    return series


def lanes_of(hours: Iterable[OfficeHours]) -> list[Lane]:
    """With their hours as given."""
    by_key = {h.pk: h for h in hours}
    lanes = list(Lane.objects.filter(hours__in=by_key).select_related("officer").order_by("hours", "number"))
    for lane in lanes:
        lane.hours = by_key[lane.hours_id]
    return lanes


def _lock_with_days(series_id: int) -> tuple[OfficeHoursSeries, dict[int, OfficeHours]]:
    """The series, and its days from today on that are not cancelled."""
    series = lock_series(series_id)
    keys = days_from(series, series.first_day).values_list("pk", flat=True)
    locked = lock_hours(*keys)
    return series, {key: h for key, h in locked.items() if h.state != State.CANCELLED}


def _enter_days(
    series: OfficeHoursSeries, plan: SeriesPlan, days: list[datetime.date], *, publish: bool, actor: Person
) -> None:
    known = set(series.days.values_list("series_day", flat=True))
    if known & set(days):
        raise Refusal(_("Einige dieser Tage gibt es inzwischen. Zeigen Sie die Vorschau noch einmal."))
    if strange := set(days) - set(plan.rule.days()):
        raise AssertionError(f"no days of this rule: {sorted(strange)}")
    if max(days) > today() + datetime.timedelta(days=MOST_DAYS_AHEAD):
        raise Refusal(_("Wählen Sie Tage in den nächsten 18 Monaten."))
    lock_officers_and_rooms(officers=plan.like.officers, rooms=[plan.like.room] if plan.like.room else [])
    hours = [_day_of(series, plan.plan_for(day), actor=actor) for day in sorted(days)]
    if hours[0].starts_at <= timezone.now():
        raise Refusal(_("Der erste Tag ist schon vorbei. Zeigen Sie die Vorschau noch einmal."))
    refuse_clashes(Wanted(h, plan.like.officers) for h in hours)
    OfficeHours.objects.bulk_create(hours)
    lanes = [
        Lane(hours=h, officer=officer, number=number)
        for h in hours
        for number, officer in enumerate(plan.like.officers, start=1)
    ]
    Lane.objects.bulk_create(lanes)
    Claim.objects.bulk_create(_claims(hours, plan.like.officers))
    for day in hours:
        log_act(act="hours.planned", thing=day, actor=actor, organisation=series.office.organisation)
    if publish:
        agreed = [h for h in hours if h.state == State.AGREED]
        drafts = [h for h in hours if h.state == State.DRAFT]
        _publish(series, agreed, drafts, actor=actor)


def _day_of(series: OfficeHoursSeries, plan: Plan, *, actor: Person) -> OfficeHours:
    hours = plan.as_hours()
    hours.series, hours.series_day, hours.created_by = series, plan.day, actor
    if not series.office.organisation.officers_must_agree:
        hours.state = State.AGREED
    return hours


def _claims(hours: list[OfficeHours], officers: list[Person]) -> list[Claim]:
    kind = Claim.Kind.OFFICE_HOURS
    claims = []
    for day in hours:
        claims += [Claim(kind=kind, hours=day, officer=o, blocked=officer_block(day)) for o in officers]
        if day.room:
            claims.append(Claim(kind=kind, hours=day, room=day.room, blocked=room_block(day)))
    return claims


def _publish(
    series: OfficeHoursSeries, agreed: list[OfficeHours], drafts: list[OfficeHours], *, actor: Person
) -> None:
    for day in agreed:
        day.state = State.PUBLIC
    for day in drafts:
        day.publish_when_agreed = True
    OfficeHours.objects.bulk_update([*agreed, *drafts], ["state", "publish_when_agreed"])
    _log_published(agreed, actor=actor)
    for day in drafts:
        organisation = series.office.organisation
        log_act(act="hours.publication_requested", thing=day, actor=actor, organisation=organisation)
    waiting = [lane for lane in lanes_of(drafts) if lane.agreed_at is None]
    mails.ask_officers_to_agree_to_series(series, lanes=waiting)


def _log_published(hours: list[OfficeHours], *, actor: Person) -> None:
    for day in hours:
        organisation: Organisation = day.office.organisation
        log_act(act="hours.published", thing=day, actor=actor, organisation=organisation)
