"""What planned days would be: their times, and what stands against them. Two statements for any number."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.clashes import Wanted, find_clashes
from consultations.models import Claim, OfficeHours
from consultations.office_hours import Plan
from consultations.recurrence import bridge_of
from consultations.slots import Slot, cut_slots
from partnership.models import OfficeClosure, Person
from partnership.rules import Posts
from partnership.times import clock_span
from partnership.working_days import holiday_name


@dataclass(frozen=True)
class Objection:
    """`prevents`: saving would be refused; `leaves_out`: a series goes without it unless it is put in."""

    sentence: str
    prevents: bool
    leaves_out: bool = False


@dataclass(frozen=True)
class Preview:
    day: datetime.date
    slots: list[Slot]
    objections: list[Objection]

    @property
    def can_be_saved(self) -> bool:
        return bool(self.slots) and not any(objection.prevents for objection in self.objections)

    @property
    def is_left_out(self) -> bool:
        return any(objection.leaves_out for objection in self.objections)

    @property
    def reasons(self) -> str:
        return " ".join(objection.sentence for objection in self.objections)


@dataclass(frozen=True)
class SeriesPreview:
    """The days of a rule: those that would be entered, those left out that can be put in, and the others."""

    possible: list[Preview] = field(default_factory=list)
    left_out: list[Preview] = field(default_factory=list)
    impossible: list[Preview] = field(default_factory=list)


def preview_plan(plan: Plan, *, posts: Posts, now: datetime.datetime) -> Preview:
    return preview_days([plan], posts=posts, now=now)[0]


def preview_series(
    plans: Sequence[Plan],
    *,
    exceptions: Sequence[datetime.date],
    skips_bridge_days: bool,
    posts: Posts,
    now: datetime.datetime,
) -> SeriesPreview:
    found = SeriesPreview()
    for preview in preview_days(plans, posts=posts, now=now):
        preview.objections.extend(_of_the_series(preview.day, exceptions, skips_bridge_days))
        if not preview.can_be_saved:
            found.impossible.append(preview)
        elif preview.is_left_out:
            found.left_out.append(preview)
        else:
            found.possible.append(preview)
    return found


def preview_days(plans: Sequence[Plan], *, posts: Posts, now: datetime.datetime) -> list[Preview]:
    """One for each plan, in their order."""
    closures = _closures(plans)
    rows = [(plan, plan.as_hours()) for plan in plans]
    ordered = [(plan, hours) for plan, hours in rows if plan.ends > plan.starts]
    clashes = find_clashes(Wanted(hours, plan.officers) for plan, hours in ordered)
    of_plan = {id(plan): claims for (plan, _hours), claims in zip(ordered, clashes, strict=True)}
    return [
        _preview(plan, hours, closures, of_plan.get(id(plan), []), posts=posts, now=now)
        for plan, hours in rows
    ]


def _preview(
    plan: Plan,
    hours: OfficeHours,
    closures: list[OfficeClosure],
    claims: list[Claim],
    *,
    posts: Posts,
    now: datetime.datetime,
) -> Preview:
    objections = _about_the_day(plan, hours, closures, now=now)
    objections += [
        Objection(words_of_clash(claim, officers=plan.officers, posts=posts), prevents=True)
        for claim in claims
    ]
    slots = cut_slots(hours) if plan.ends > plan.starts else []
    if not slots:
        objections.append(Objection(_("Zwischen Beginn und Ende passt kein Gespräch."), prevents=True))
    return Preview(day=plan.day, slots=slots, objections=objections)


def _closures(plans: Sequence[Plan]) -> list[OfficeClosure]:
    days = [plan.day for plan in plans]
    if not days:
        return []
    offices = {plan.office.pk for plan in plans}
    return list(OfficeClosure.objects.filter(office__in=offices, starts__lte=max(days), ends__gte=min(days)))


def _about_the_day(
    plan: Plan, hours: OfficeHours, closures: list[OfficeClosure], *, now: datetime.datetime
) -> list[Objection]:
    found = []
    if hours.starts_at <= now:
        found.append(Objection(_("Dieser Tag ist schon vorbei."), prevents=True))
    if name := holiday_name(plan.day):
        words = _("An diesem Tag ist Feiertag: %(name)s.") % {"name": name}
        found.append(Objection(words, prevents=False, leaves_out=True))
    elif plan.day.weekday() >= 5:
        found.append(Objection(_("Dieser Tag fällt auf ein Wochenende."), prevents=False))
    for closure in closures:
        if closure.office_id == plan.office.pk and closure.starts <= plan.day <= closure.ends:
            words = _("Das Haus ist geschlossen: %(reason)s.") % {"reason": closure.reason}
            found.append(Objection(words, prevents=False, leaves_out=True))
    return found


def _of_the_series(
    day: datetime.date, exceptions: Sequence[datetime.date], skips_bridge_days: bool
) -> list[Objection]:
    found = []
    if day in exceptions:
        found.append(Objection(_("Ausnahme."), prevents=False, leaves_out=True))
    if skips_bridge_days and (name := bridge_of(day)):
        words = _("Brückentag neben %(name)s.") % {"name": name}
        found.append(Objection(words, prevents=False, leaves_out=True))
    return found


def words_of_clash(claim: Claim, *, officers: Sequence[Person], posts: Posts) -> str:
    """What belongs to others shows as taken, without saying by what."""
    who = next((str(o) for o in officers if o.pk == claim.officer_id), "") or str(claim.room)
    values = {"who": who, "when": clock_span(claim.blocked.lower, claim.blocked.upper)}
    if claim.hours and claim.hours.office.organisation_id in posts.desks:
        values["office"] = claim.hours.office.name
        return _("%(who)s ist belegt: Sprechtag %(office)s, %(when)s.") % values
    return _("%(who)s ist belegt, %(when)s.") % values
