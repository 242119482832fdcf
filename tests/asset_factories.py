"""Things, marks and thefts for tests, as they stand when somebody has got that far."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from assetmarking.codes.own_code import draw_own_code
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, Label, Mark, MarkKind, StolenThing, TheftReport
from partnership.models import Firm, Organisation, Partnership
from tests.event_factories import code

_numbers = itertools.count(1)


def make_asset(firm: Firm, *marks: str, state: str = Asset.State.IN_USE, **fields: Any) -> Asset:
    """A drill; `marks` are serial numbers of it."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "reference": f"G-{code(number)}",
        "category": "power_tool.drill",
        "name": "Bohrhammer",
        "make": "Norvik",
        "model": "BH 36",
        "lent_to": "Nachbarbetrieb" if state == Asset.State.LENT else "",
    }
    asset = Asset.objects.create(firm=firm, state=state, **defaults | fields)
    for text in marks:
        make_mark(asset, text)
    return asset


def make_mark(asset: Asset, text: str, *, kind: str = MarkKind.SERIAL, **fields: Any) -> Mark:
    return Mark.objects.create(asset=asset, kind=kind, text=text, key=key_of(kind, text), **fields)


def make_label(firm: Firm, *, asset: Asset | None = None, **fields: Any) -> Label:
    defaults: dict[str, Any] = {
        "code": draw_own_code(),
        "adopted_at": timezone.now() if asset else None,
    }
    return Label.objects.create(firm=firm, asset=asset, **defaults | fields)


def make_theft(
    *assets: Asset,
    partnership: Partnership,
    police: Organisation,
    state: str = TheftReport.State.REPORTED,
    **fields: Any,
) -> TheftReport:
    """Reported just now, gone over night; the things are stolen unless the report is over."""
    now = timezone.now()
    is_over = state not in TheftReport.STANDING
    defaults: dict[str, Any] = {
        "reference": f"D-{code(next(_numbers))}",
        "postcode": "04680",
        "city": "Colditz",
        "gone_after": now - datetime.timedelta(hours=20),
        "gone_before": now - datetime.timedelta(hours=6),
        "case_number": "4411/26/DEMO",
        "confirmed_at": now if state == TheftReport.State.CONFIRMED else None,
        "ended_at": now if is_over else None,
    }
    report = TheftReport.objects.create(
        firm=assets[0].firm, partnership=partnership, police=police, state=state, **defaults | fields
    )
    StolenThing.objects.bulk_create(
        StolenThing(report=report, asset=asset, ended_at=now if is_over else None) for asset in assets
    )
    if not is_over:
        Asset.objects.filter(pk__in=[asset.pk for asset in assets]).update(state=Asset.State.STOLEN)
    return report
