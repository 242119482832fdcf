"""Place and time of a theft, and how it stands, as ready strings."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assetmarking.models import Asset, StolenThing, TheftReport
from partnership.times import berlin_day, long_day, long_moment


def open_thefts(asset_ids: Iterable[int]) -> dict[int, StolenThing]:
    """Thing -> where it counts as stolen, with its report: one statement for any number."""
    rows = StolenThing.objects.filter(asset__in=set(asset_ids), ended_at__isnull=True)
    return {row.asset_id: row for row in rows.select_related("report")}


def theft_line(thing: StolenThing) -> str:
    """'Gestohlen zwischen 20. und 21. November 2026 in Colditz'; the street is the firm's and in no line."""
    return _("Gestohlen %(when)s in %(city)s") % {
        "when": days_of(thing.report),
        "city": thing.report.city,
    }


def days_of(report: TheftReport) -> str:
    """'am 20. November 2026' or 'zwischen 20. und 21. November 2026'."""
    first, last = berlin_day(report.gone_after), berlin_day(report.gone_before)
    if first == last:
        return _("am %(day)s") % {"day": long_day(first)}
    if (first.year, first.month) == (last.year, last.month):
        begin = long_day(first).partition(" ")[0]
    else:
        begin = long_day(first)
    return _("zwischen %(first)s und %(last)s") % {"first": begin, "last": long_day(last)}


def hours_of(report: TheftReport) -> str:
    """For those who look closer."""
    return _("zwischen %(first)s und %(last)s") % {
        "first": long_moment(report.gone_after),
        "last": long_moment(report.gone_before),
    }


def address_of(report: TheftReport) -> str:
    town = f"{report.postcode} {report.city}"
    return f"{report.street}, {town}" if report.street else town


def describe(asset: Asset) -> str:
    """'Bohrhammer, Norvik BH 36'."""
    return ", ".join(filter(None, (asset.name, " ".join(filter(None, (asset.make, asset.model))))))


def marks_in_words(asset: Asset) -> list[str]:
    """Each with its kind: 'Seriennummer NV-2231'. Prefetch `marks`."""
    return [f"{mark.get_kind_display()} {mark.text}" for mark in asset.marks.all()]


def euros(value: Decimal, *, decimals: int = 2) -> str:
    """'1.250,00 €', in one piece."""
    return f"{number_format(value, decimals, force_grouping=True)}\N{NO-BREAK SPACE}€"
