"""Thefts of the demo: three machines gone in Colditz, confirmed by police; one of last year found again."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, Mark, MarkKind, StolenThing, TheftReport
from assetmarking.references import draw_asset_reference, draw_theft_reference
from partnership.demo import leipzig
from partnership.firms import area_of
from partnership.journal import log_act
from partnership.models import Firm, Organisation, Partnership, Person
from partnership.queries import firms_of
from partnership.times import at_wall_time, today

PLACE = {"street": "Musterweg 12", "postcode": "04680", "city": "Colditz"}
STOLEN: tuple[tuple[dict[str, Any], str], ...] = (
    (
        {
            "name": "Minibagger",
            "make": "Gravon",
            "model": "G 18",
            "category": "machine.mini_excavator",
            "year": 2022,
            "value": Decimal("28400.00"),
            "peculiarities": "Aufkleber mit Hobel auf der Heckklappe",
        },
        "GRV18A0B20431",
    ),
    (
        {
            "name": "Rüttelplatte",
            "make": "Stampek",
            "model": "RP 90",
            "category": "site.plate",
            "year": 2023,
            "value": Decimal("1890.00"),
        },
        "SP90-55O1282",
    ),
    (
        {
            "name": "Abbundsäge",
            "make": "Sagola",
            "model": "ZX 330",
            "category": "power_tool.circular_saw",
            "year": 2024,
            "value": Decimal("1249.00"),
        },
        "ZX33-00718-B",
    ),
)
FOUND: tuple[dict[str, Any], str] = (
    {
        "name": "Stromerzeuger",
        "make": "Voltaris",
        "model": "SE 65",
        "category": "site.generator",
        "year": 2021,
        "value": Decimal("1450.00"),
    },
    "VT-650-11937",
)


def add_thefts(partnership: Partnership) -> None:
    owner = Person.objects.get(email=leipzig.FIRM_OWNER_EMAIL)
    firm = firms_of(owner)[0]
    officer = Person.objects.get(email=leipzig.OFFICER)
    _add_found(partnership, firm, owner, officer)
    _add_stolen(partnership, firm, owner, officer)


def _add_found(partnership: Partnership, firm: Firm, owner: Person, officer: Person) -> None:
    generator = _add_thing(firm, owner, FOUND, state=Asset.State.IN_USE)
    old = _add_report(
        partnership,
        [generator],
        owner,
        days=240,
        state=TheftReport.State.CLOSED,
        case_number="4411/26/031190",
        confirmed_by=officer,
        confirmed_at=timezone.now() - datetime.timedelta(days=238),
        ended_at=timezone.now() - datetime.timedelta(days=190),
    )
    back = today() - datetime.timedelta(days=190)
    old.things.update(
        ended_at=old.ended_at,
        found_by=StolenThing.FoundBy.POLICE,
        found_on=back - datetime.timedelta(days=6),
        returned_on=back,
        asked_times=1,
        asked_at=old.reported_at + datetime.timedelta(days=30),
    )


def _add_stolen(partnership: Partnership, firm: Firm, owner: Person, officer: Person) -> None:
    stolen = [_add_thing(firm, owner, row, state=Asset.State.STOLEN) for row in STOLEN]
    _add_report(
        partnership,
        stolen,
        owner,
        days=9,
        state=TheftReport.State.CONFIRMED,
        case_number="4411/26/128733",
        confirmed_by=officer,
        confirmed_at=timezone.now() - datetime.timedelta(days=7),
        circumstances="Bauzaun hinten aufgeschnitten. Reifenspuren eines Anhängers Richtung B 107.",
    )


def _add_thing(firm: Firm, owner: Person, row: tuple[dict[str, Any], str], *, state: str) -> Asset:
    details, number = row
    asset = Asset.objects.create(
        firm=firm,
        reference=draw_asset_reference(),
        state=state,
        recorded_by=owner,
        site=firm.sites.order_by("pk").first(),
        created_at=timezone.now() - datetime.timedelta(days=400),
        **details,
    )
    kind = MarkKind.SERIAL
    Mark.objects.create(asset=asset, kind=kind, text=number, key=key_of(kind, number), place="Typenschild")
    return asset


def _add_report(
    partnership: Partnership, things: list[Asset], owner: Person, *, days: int, **fields: Any
) -> TheftReport:
    """Gone in the night before the report."""
    day = today() - datetime.timedelta(days=days)
    report = TheftReport.objects.create(
        firm=things[0].firm,
        partnership=partnership,
        police=Organisation.objects.get(name=leipzig.POLICE),
        area=area_of(PLACE["postcode"]),
        reference=draw_theft_reference(),
        gone_after=at_wall_time(day - datetime.timedelta(days=1), datetime.time(17, 30)),
        gone_before=at_wall_time(day, datetime.time(6, 45)),
        reported_at=at_wall_time(day, datetime.time(8, 10)),
        station="Polizeirevier Grimma",
        reported_by=owner,
        **PLACE,
        **fields,
    )
    StolenThing.objects.bulk_create(StolenThing(report=report, asset=asset) for asset in things)
    log_act(act="theft.reported", thing=report, actor=owner)
    log_act(act="theft.confirmed", thing=report, actor=report.confirmed_by, organisation=report.police)
    return report
