"""Things, marks and thefts of the demo, relative to today."""

from django.db import transaction

from assetmarking.demo.thefts import add_thefts
from assetmarking.models import Asset
from partnership.demo import leipzig
from partnership.models import Partnership


@transaction.atomic
def create_demo_data() -> None:
    """At the first start; later starts leave it alone."""
    partnership = Partnership.objects.filter(slug=leipzig.SLUG).first()
    if partnership is None or Asset.objects.exists():
        return
    add_thefts(partnership)
