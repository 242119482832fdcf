"""Things that the demo's police can find: type 4471-BO8-52I7; and a search that was made before a theft."""

import datetime

from django.utils import timezone

from assetmarking.matching.keys import key_of
from assetmarking.models import (
    Asset,
    Mark,
    MarkKind,
    Search,
    SearchSettings,
    StolenThing,
    TheftReport,
)
from assetmarking.references import draw_asset_reference, draw_theft_reference
from assetmarking.retroactive.keeping import kept_term
from assetmarking.searching.making import reason_of
from partnership.chained_log.writing import append
from partnership.demo import leipzig
from partnership.directorates import directorate_for
from partnership.models import Firm, Organisation, Partnership, Person

A_DAY = datetime.timedelta(days=1)
MISREAD = "SP9O-S501282"
"""Of the stolen plate's SP90-55O1282."""
THINGS = (
    ("Bohrhammer", "Norvik", "BH 36", "4471-B08-5217", MarkKind.SERIAL, "Typenschild", "stolen"),
    ("Rüttelstampfer", "Feldmark", "VS 60", "4471-B08-5277", MarkKind.ENGRAVED, "Rahmen", "stolen"),
    ("Kernbohrgerät", "Norvik", "KB 200", "NW4471B085217", MarkKind.IDENTIFICATION, "", "in_use"),
    ("Akkuschrauber", "Feldmark", "A 18", "4471-B03-5217", MarkKind.SERIAL, "", "sold"),
)
"""Name, make, model, number, kind and place of the mark, state."""


def add_findable_things(partnership: Partnership, firm: Firm) -> None:
    """Two stolen three days ago, one in use, one sold."""
    now = timezone.now()
    site = firm.sites.order_by("pk").first()
    assets = Asset.objects.bulk_create(
        Asset(
            firm=firm,
            reference=draw_asset_reference(),
            state=state,
            category="power_tool.drill",
            name=name,
            make=make,
            model=model,
            site=site,
            kept_at="im Transporter, Ladefläche links",
            peculiarities="Griff mit rotem Band umwickelt" if name == "Bohrhammer" else "",
            created_at=now - 200 * A_DAY,
        )
        for name, make, model, _text, _kind, _place, state in THINGS
    )
    Mark.objects.bulk_create(
        Mark(asset=asset, kind=kind, text=text, key=key_of(kind, text), place=place)
        for asset, (_name, _make, _model, text, kind, place, _state) in zip(assets, THINGS, strict=True)
    )
    report = TheftReport.objects.create(
        firm=firm,
        partnership=partnership,
        police=directorate_for(partnership=partnership, area=site.area if site else None),
        reference=draw_theft_reference(),
        state=TheftReport.State.CONFIRMED,
        postcode="04680",
        city="Colditz",
        area=site.area if site else None,
        gone_after=now - 4 * A_DAY,
        gone_before=now - 3 * A_DAY,
        case_number="4411/26/DEMO",
        circumstances="Aus dem Transporter auf der Baustelle, Schloss aufgebrochen.",
        reported_at=now - 3 * A_DAY,
        confirmed_at=now - 2 * A_DAY,
    )
    stolen = [asset for asset in assets if asset.state == Asset.State.STOLEN]
    StolenThing.objects.bulk_create(StolenThing(report=report, asset=asset) for asset in stolen)


def keep_a_search() -> None:
    """Of the evening before the plate was missed, misread. The scan that follows the start has the hit."""
    police, officer = Organisation.objects.get(name=leipzig.POLICE), Person.objects.get(email=leipzig.OFFICER)
    SearchSettings.objects.create(
        organisation=police,
        keeps_searches=True,
        reason="Bei Kontrollen auf der B 107 ist der Diebstahl oft noch nicht gemeldet.",
        changed_by=Person.objects.get(email=leipzig.LEAD),
    )
    searched = timezone.now() - 10 * A_DAY
    search = Search.objects.create(
        person=officer,
        organisation=police,
        purpose=Search.Purpose.TRAFFIC,
        case_number="4411/26/127950",
        texts=[MISREAD],
        found=[{"text": MISREAD, "hits": []}],
        searched_at=searched,
        kept_until=searched + 60 * A_DAY,
    )
    kept_term(search, MISREAD).save()
    about = {"asked_numbers": MISREAD, "hits": 0, "found_things": ""}
    append(organisation=police, actor=officer, act="search.made", payload=reason_of(search) | about)
