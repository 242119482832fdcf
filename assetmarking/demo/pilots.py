"""Feasibility studies of the demo: one decided half a year ago, one under way. All of it is made up."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, Campaign, Mark, MarkKind, Pilot, SearchCount, StolenThing, TheftReport
from assetmarking.pilots.figures import figures_of, stored
from assetmarking.references import draw_asset_reference, draw_campaign_code, draw_theft_reference
from partnership.demo import leipzig
from partnership.firms import area_of
from partnership.models import Firm, Organisation, Partnership
from partnership.queries import members_of
from partnership.times import at_wall_time, today

A_DAY = datetime.timedelta(days=1)
MORNING = datetime.time(9, 30)
MADE_UP = "erfunden"
TOOLS = (
    ("Bohrhammer", "power_tool.drill"),
    ("Handkreissäge", "power_tool.circular_saw"),
    ("Rüttelplatte", "site.plate"),
    ("Stromerzeuger", "site.generator"),
)
PLACES = {"Grimma": "04668", "Borna": "04552", "Delitzsch": "04509", "Torgau": "04860", "Leipzig": "04103"}
TRACED, TRACED_AND_BACK, BACK, GONE = "traced", "traced and back", "back", "gone"


@dataclass(frozen=True, kw_only=True)
class Day:
    """`after`: days from the study's beginning. `firms` have typed the code, with `each` so many things, of
    which `later` were marked afterwards in all. `thefts`: what became of a firm's first things, so many
    days after."""

    after: int
    place: str
    counts: tuple[int, int, int]
    hours: str
    firms: range = range(0)
    each: int = 0
    later: int = 0
    thefts: tuple[tuple[int, tuple[str, ...]], ...] = ()


DECIDED = (
    Day(
        after=20,
        place="Grimma",
        counts=(14, 62, 51),
        hours="16.5",
        firms=range(8),
        each=4,
        later=7,
        thefts=(
            (21, (TRACED_AND_BACK,) * 3),
            (35, (TRACED_AND_BACK, GONE)),
            (50, (TRACED, BACK)),
            (62, (BACK, GONE)),
        ),
    ),
    Day(
        after=48,
        place="Borna",
        counts=(11, 48, 40),
        hours="14",
        firms=range(6),
        each=4,
        later=6,
        thefts=((18, (TRACED_AND_BACK, TRACED_AND_BACK, TRACED)), (170, (BACK, GONE))),
    ),
    Day(after=76, place="Delitzsch", counts=(12, 55, 49), hours="15", firms=range(2, 7), each=3, later=5),
    Day(after=104, place="Torgau", counts=(6, 37, 30), hours="12.5", firms=range(2), each=3),
    Day(after=125, place="Leipzig", counts=(9, 44, 36), hours="13", firms=range(4, 8), each=3, later=2),
)
RUNNING = (
    Day(
        after=14,
        place="Leipzig",
        counts=(10, 41, 33),
        hours="9.5",
        firms=range(6),
        each=3,
        thefts=((12, (TRACED_AND_BACK,)), (20, (GONE,))),
    ),
    Day(after=45, place="Borna", counts=(7, 26, 22), hours="7", firms=range(3), each=2),
    Day(after=110, place="Grimma", counts=(0, 0, 0), hours="0"),
)


def add_pilots(partnership: Partnership) -> None:
    firms = [*Firm.objects.exclude(contacts__email=leipzig.FIRM_OWNER_EMAIL).order_by("pk")[:8]]
    if len(firms) < 8:
        return
    starts = today() - 390 * A_DAY
    decided = Pilot.objects.create(
        partnership=partnership,
        name="Werkzeug auf Baustellen kennzeichnen (Muster)",
        question="Lohnt es sich, Werkzeug und Maschinen kleiner Betriebe vor Ort zu kennzeichnen? "
        "Alle Angaben dieses Musters sind erfunden.",
        starts=starts,
        ends=starts + 150 * A_DAY,
        target_recorded=200,
        target_marked=80,
        target_hours=Decimal("0.5"),
        target_returned=5,
    )
    _add_days(decided, DECIDED, firms)
    _add_searches(decided, numbers=34)
    _add_decision(decided)
    begun = today() - 95 * A_DAY
    running = Pilot.objects.create(
        partnership=partnership,
        name="Kennzeichnen bei Sprechtagen (Muster)",
        question="Reicht es, wenn Betriebe ihr Werkzeug zum Sprechtag mitbringen? Alle Angaben dieses "
        "Musters sind erfunden.",
        starts=begun,
        ends=begun + 180 * A_DAY,
        target_recorded=150,
        target_marked=80,
        target_hours=Decimal("0.3"),
    )
    _add_days(running, RUNNING, firms)
    _add_searches(running, numbers=19)


def _add_decision(pilot: Pilot) -> None:
    """On the figures of that day."""
    pilot.decided_on = pilot.ends + 45 * A_DAY
    pilot.decision = Pilot.Decision.GO_CHANGED
    pilot.decided_by = "Lenkungskreis der Sicherheitspartnerschaft"
    pilot.decision_reason = (
        "Gekennzeichnetes Werkzeug kam öfter zurück als angenommen, und der Aufwand blieb unter dem Ziel.\n"
        "Geändert wird: Aktionen nur noch mit mindestens zehn Betrieben, und die Betriebe tragen den Code "
        "der Aktion gleich vor Ort ins Portal ein."
    )
    pilot.decision_figures = stored(figures_of(pilot, today=pilot.decided_on))
    pilot.save()


def _add_days(pilot: Pilot, days: Sequence[Day], firms: Sequence[Firm]) -> None:
    members = list(members_of(pilot.partnership))
    for number, day in enumerate(days):
        there, recorded, marked = day.counts
        campaign = Campaign.objects.create(
            pilot=pilot,
            code=draw_campaign_code(),
            day=pilot.starts + day.after * A_DAY,
            place=day.place,
            firms=there,
            recorded=recorded,
            marked=marked,
            hours=Decimal(day.hours),
            note=MADE_UP,
        )
        chambers = [member for member in members if member.kind == Organisation.Kind.CHAMBER]
        police = [member for member in members if member.kind == Organisation.Kind.POLICE]
        campaign.partners.set([*police, chambers[number % len(chambers)]])
        things = [_things(campaign, firms[key], day.each) for key in day.firms]
        _mark_later(campaign, [rows[-1] for rows in things][: day.later])
        for rows, (after, fates) in zip(things, day.thefts, strict=False):
            _steal(campaign, rows, after, fates)


def _things(campaign: Campaign, firm: Firm, number: int) -> list[Asset]:
    at = at_wall_time(campaign.day, MORNING)
    things = Asset.objects.bulk_create(
        Asset(
            firm=firm,
            campaign=campaign,
            reference=draw_asset_reference(),
            name=f"{name} ({MADE_UP})",
            category=category,
            created_at=at,
        )
        for name, category in TOOLS[:number]
    )
    Mark.objects.bulk_create(_mark(thing, MarkKind.SERIAL, f"MUSTER-{thing.pk:06d}", at) for thing in things)
    return things


def _mark_later(campaign: Campaign, things: Sequence[Asset]) -> None:
    at = at_wall_time(campaign.day + 9 * A_DAY, MORNING)
    Mark.objects.bulk_create(_mark(thing, MarkKind.ENGRAVED, f"MU {thing.pk:05d} ST", at) for thing in things)


def _mark(thing: Asset, kind: MarkKind, text: str, at: datetime.datetime) -> Mark:
    return Mark(asset=thing, kind=kind, text=text, key=key_of(kind, text), added_at=at)


def _steal(campaign: Campaign, things: Sequence[Asset], after: int, fates: Sequence[str]) -> None:
    """Reported `after` so many days; what is found is found nine days later, and back after three more."""
    pilot, day = campaign.pilot, campaign.day + after * A_DAY
    at = at_wall_time(day, MORNING)
    are_back = all(fate in (TRACED_AND_BACK, BACK) for fate in fates)
    report = TheftReport.objects.create(
        firm=things[0].firm,
        partnership=pilot.partnership,
        police=Organisation.objects.get(name=leipzig.POLICE),
        area=area_of(PLACES[campaign.place]),
        reference=draw_theft_reference(),
        state=TheftReport.State.CLOSED if are_back else TheftReport.State.CONFIRMED,
        postcode=PLACES[campaign.place],
        city=campaign.place,
        gone_after=at - A_DAY,
        gone_before=at,
        reported_at=at,
        case_number="MUSTER/26",
        confirmed_at=at + A_DAY,
        ended_at=at + 12 * A_DAY if are_back else None,
        circumstances="Erfunden, für die Zahlen der Machbarkeitsprüfung.",
    )
    StolenThing.objects.bulk_create(
        _stolen(report, thing, fate, day) for thing, fate in zip(things, fates, strict=False)
    )
    gone = [thing.pk for thing, fate in zip(things, fates, strict=False) if fate == GONE]
    found = [thing.pk for thing, fate in zip(things, fates, strict=False) if fate == TRACED]
    Asset.objects.filter(pk__in=gone).update(state=Asset.State.STOLEN)
    Asset.objects.filter(pk__in=found).update(state=Asset.State.FOUND)


def _stolen(report: TheftReport, thing: Asset, fate: str, day: datetime.date) -> StolenThing:
    if fate == GONE:
        return StolenThing(report=report, asset=thing)
    by = StolenThing.FoundBy.OWNER if fate == BACK else StolenThing.FoundBy.POLICE_SEARCH
    found_on = day + 9 * A_DAY
    return StolenThing(
        report=report,
        asset=thing,
        ended_at=at_wall_time(found_on, MORNING),
        found_by=by,
        found_on=found_on,
        returned_on=None if fate == TRACED else found_on + 3 * A_DAY,
    )


def _add_searches(pilot: Pilot, *, numbers: int) -> None:
    """On every tenth day."""
    police = Organisation.objects.get(name=leipzig.POLICE)
    last = min(pilot.ends, timezone.localdate() - A_DAY)
    days = range(0, (last - pilot.starts).days, 10)
    SearchCount.objects.bulk_create(
        [
            SearchCount(
                organisation=police,
                day=pilot.starts + day * A_DAY,
                numbers=numbers,
                with_hits=2,
                openings=1,
            )
            for day in days
        ],
        ignore_conflicts=True,
    )
