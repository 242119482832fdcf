"""What a planned day would be: its times, and what stands against it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.claims import officer_block, room_block
from consultations.models import Claim, OfficeHours
from consultations.office_hours import Plan
from consultations.slots import Slot, cut_slots
from partnership.models import OfficeClosure
from partnership.rules import Posts
from partnership.times import clock_span
from partnership.working_days import holiday_name


@dataclass(frozen=True)
class Objection:
    """`prevents`: saving would be refused; otherwise the desk decides."""

    sentence: str
    prevents: bool


@dataclass(frozen=True)
class Preview:
    slots: list[Slot]
    objections: list[Objection]

    @property
    def can_be_saved(self) -> bool:
        return bool(self.slots) and not any(objection.prevents for objection in self.objections)


def preview_plan(plan: Plan, *, posts: Posts, now: datetime.datetime) -> Preview:
    hours = plan.as_hours()
    objections = _about_the_day(plan, now=now)
    slots: list[Slot] = []
    if plan.ends > plan.starts:
        objections += _about_claims(plan, hours, posts=posts)
        slots = cut_slots(hours)
    if not slots:
        objections.append(Objection(_("Zwischen Beginn und Ende passt kein Gespräch."), prevents=True))
    return Preview(slots=slots, objections=objections)


def _about_the_day(plan: Plan, *, now: datetime.datetime) -> list[Objection]:
    found = []
    if plan.as_hours().starts_at <= now:
        found.append(Objection(_("Dieser Tag ist schon vorbei."), prevents=True))
    if name := holiday_name(plan.day):
        found.append(Objection(_("An diesem Tag ist Feiertag: %(name)s.") % {"name": name}, prevents=False))
    elif plan.day.weekday() >= 5:
        found.append(Objection(_("Dieser Tag fällt auf ein Wochenende."), prevents=False))
    for closure in OfficeClosure.objects.filter(office=plan.office, starts__lte=plan.day, ends__gte=plan.day):
        found.append(
            Objection(_("Das Haus ist geschlossen: %(reason)s.") % {"reason": closure.reason}, prevents=False)
        )
    return found


def _about_claims(plan: Plan, hours: OfficeHours, *, posts: Posts) -> list[Objection]:
    found = []
    for officer in plan.officers:
        for claim in _overlapping(officer=officer, blocked=officer_block(hours)):
            found.append(_clash(str(officer), claim, posts=posts))
    if plan.room:
        for claim in _overlapping(room=plan.room, blocked=room_block(hours)):
            found.append(_clash(plan.room.name, claim, posts=posts))
    return found


def _overlapping(*, blocked: object, **owner: object) -> list[Claim]:
    claims = Claim.objects.filter(blocked__overlap=blocked, **owner).order_by("blocked")
    return list(claims.select_related("hours__office"))


def _clash(who: str, claim: Claim, *, posts: Posts) -> Objection:
    """What belongs to others shows as taken, without saying by what."""
    values = {"who": who, "when": clock_span(claim.blocked.lower, claim.blocked.upper)}
    if claim.hours and claim.hours.office.organisation_id in posts.desks:
        values["office"] = claim.hours.office.name
        sentence = _("%(who)s ist belegt: Sprechtag %(office)s, %(when)s.") % values
    else:
        sentence = _("%(who)s ist belegt, %(when)s.") % values
    return Objection(sentence, prevents=True)
