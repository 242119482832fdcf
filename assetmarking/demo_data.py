"""Things, marks and thefts of the demo, relative to today."""

from django.db import transaction

from assetmarking.demo.firm import add_firms_doings
from assetmarking.demo.pilots import add_pilots
from assetmarking.demo.searching import add_findable_things, keep_a_search
from assetmarking.demo.thefts import add_thefts
from assetmarking.models import Asset
from partnership.demo import leipzig
from partnership.models import Firm, Partnership


@transaction.atomic
def create_demo_data() -> None:
    """At the first start; later starts leave it alone."""
    partnership = Partnership.objects.filter(slug=leipzig.SLUG).first()
    firm = Firm.objects.filter(contacts__email=leipzig.FIRM_OWNER_EMAIL).order_by("pk").first()
    if partnership is None or firm is None or Asset.objects.exists():
        return
    add_thefts(partnership)
    add_findable_things(partnership, firm)
    add_pilots(partnership)
    add_firms_doings(partnership, firm)
    keep_a_search()
