"""Figures that outlast the searches."""

from django.db.models import F

from assetmarking.models import SearchCount
from partnership.models import Organisation
from partnership.times import today


def count(organisation: Organisation, **more: int) -> None:
    """Inside the act's transaction, before its row in the chained log: the row is locked until the commit."""
    day = today()
    SearchCount.objects.bulk_create([SearchCount(organisation=organisation, day=day)], ignore_conflicts=True)
    rows = SearchCount.objects.filter(organisation=organisation, day=day)
    rows.update(**{name: F(name) + number for name, number in more.items()})
