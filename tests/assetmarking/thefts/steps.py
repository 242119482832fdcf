"""A firm with things, and what it does when they are gone."""

import datetime
from typing import Any

from django.utils import timezone

from assetmarking.models import Asset, TheftReport
from assetmarking.thefts.reporting import Circumstances, report_theft
from partnership.models import Firm, OutgoingMail, Person, Site
from tests import factories
from tests.personas import World

A_DAY = datetime.timedelta(days=1)


def firm_of(*people: Person, name: str = "Tischlerei Muster") -> Firm:
    """With a site in Colditz."""
    firm = factories.make_firm(*people, name=name)
    Site.objects.create(firm=firm, street="Marktplatz 1", postcode="04680", city="Colditz")
    return firm


def told(**fields: Any) -> Circumstances:
    now = timezone.now()
    defaults: dict[str, Any] = {
        "street": "Marktplatz 1",
        "postcode": "04680",
        "city": "Colditz",
        "gone_after": now - datetime.timedelta(hours=30),
        "gone_before": now - datetime.timedelta(hours=6),
        "case_number": "4411/26/DEMO",
        "circumstances": "Das Schloss am Tor war aufgeschnitten",
    }
    return Circumstances(**defaults | fields)


def report(world: World, *assets: Asset, actor: Person | None = None, **fields: Any) -> TheftReport:
    return report_theft(
        firm_id=assets[0].firm_id,
        asset_ids=[asset.pk for asset in assets],
        told=told(**fields),
        partnership=world.partnership,
        actor=actor or world.alice,
    )


def state_of(asset: Asset) -> str:
    asset.refresh_from_db()
    return asset.state


def told_by_mail(*kinds: str) -> list[str]:
    """Whom mails of these kinds go to."""
    return list(OutgoingMail.objects.filter(kind__in=kinds).order_by("pk").values_list("to_email", flat=True))
