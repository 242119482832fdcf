"""A report as ready strings: for its firm, for police before and after opening, for the insurer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assetmarking.models import Asset, Receipt, StolenThing, TheftReport
from assetmarking.thefts.words import address_of, days_of, describe, hours_of, marks_in_words, theft_line
from partnership.photos.queries import count_photos
from partnership.times import berlin_day, long_day, long_moment, numeric_date

State = TheftReport.State


@dataclass(frozen=True, slots=True)
class Badge:
    """As `administration/includes/_mark.html` shows it."""

    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ThingRow:
    pk: int
    reference: str
    name: str
    marks: list[str]
    standing: Badge
    is_open: bool
    is_found: bool
    """Found, and not back yet."""
    value: Decimal | None
    photos: int
    has_receipt: bool
    own_number: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    reference: str
    badge: Badge
    days: str
    hours: str
    city: str
    """With the postcode; the street only in `address`."""
    address: str
    station: str
    case_number: str
    circumstances: str
    reported: str
    confirmed: str
    police: str
    police_note: str
    things: list[ThingRow]
    is_standing: bool
    is_confirmed: bool
    is_declined: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    reference: str
    badge: Badge
    days: str
    city: str
    reported: str
    things: str


def lay_out_report(report: TheftReport) -> ReportPage:
    """In four statements for any number of things. What belongs to another firm by now is not in it."""
    things = report.things.filter(asset__firm=report.firm_id)
    rows = list(things.select_related("asset").prefetch_related("asset__marks"))
    keys = [row.asset_id for row in rows]
    photos = count_photos(Asset, keys)
    receipts = set(Receipt.objects.filter(asset__in=keys).values_list("asset_id", flat=True))
    return ReportPage(
        reference=report.reference,
        badge=badge_of(report),
        days=days_of(report),
        hours=hours_of(report),
        city=f"{report.postcode} {report.city}",
        address=address_of(report),
        station=report.station,
        case_number=report.case_number,
        circumstances=report.circumstances,
        reported=long_moment(report.reported_at),
        confirmed=long_day(berlin_day(report.confirmed_at)) if report.confirmed_at else "",
        police=report.police.name if report.police else "",
        police_note=report.police_note,
        things=[
            _thing(row, photos=photos.get(row.asset_id, 0), has_receipt=row.asset_id in receipts)
            for row in rows
        ],
        is_standing=report.state in TheftReport.STANDING,
        is_confirmed=report.state == State.CONFIRMED,
        is_declined=report.declined_at is not None and bool(report.case_number),
    )


def lay_out_row(report: TheftReport) -> ReportRow:
    """Prefetch `things` with what still belongs to the firm."""
    things = [describe(row.asset) for row in report.things.all()]
    shown = "; ".join(things[:3]) or _("Diese Geräte gehören inzwischen einer anderen Firma.")
    more = len(things) - 3
    return ReportRow(
        reference=report.reference,
        badge=badge_of(report),
        days=days_of(report),
        city=f"{report.postcode} {report.city}",
        reported=numeric_date(berlin_day(report.reported_at)),
        things=_("%(things)s und %(more)d weitere") % {"things": shown, "more": more} if more > 0 else shown,
    )


def thefts_of_thing(asset: Asset) -> dict[str, Any] | None:
    """For the section on a thing's page: those that its present owner has reported, latest first."""
    rows = asset.thefts.filter(report__firm=asset.firm_id).select_related("report", "asset").order_by("-pk")
    thefts = [
        {
            "reference": row.report.reference,
            "line": theft_line(row),
            "standing": _standing(row),
            "is_open": row.ended_at is None,
            "is_found": row.found_on is not None and row.returned_on is None,
        }
        for row in rows
    ]
    return {"thefts": thefts} if thefts else None


def badge_of(report: TheftReport) -> Badge:
    if report.state == State.CONFIRMED:
        return Badge(_("von der Polizei bestätigt"), "success")
    if report.state != State.REPORTED:
        return Badge(str(report.get_state_display()))
    if not report.case_number:
        return Badge(_("Vorgangsnummer fehlt"), "warning")
    if report.declined_at:
        return Badge(_("Vorgangsnummer nicht gefunden"), "warning")
    return Badge(_("gemeldet, noch nicht bestätigt"), "info")


def _thing(row: StolenThing, *, photos: int, has_receipt: bool) -> ThingRow:
    asset = row.asset
    return ThingRow(
        pk=row.pk,
        reference=asset.reference,
        name=describe(asset),
        marks=marks_in_words(asset),
        standing=_standing(row),
        is_open=row.ended_at is None,
        is_found=row.found_on is not None and row.returned_on is None,
        value=asset.value,
        photos=photos,
        has_receipt=has_receipt,
        own_number=asset.own_number,
        year=asset.year,
    )


def _standing(row: StolenThing) -> Badge:
    if row.returned_on:
        return Badge(_("zurück seit %(day)s") % {"day": numeric_date(row.returned_on)}, "success")
    if row.found_on:
        return Badge(_("gefunden am %(day)s") % {"day": numeric_date(row.found_on)}, "info")
    return Badge(
        _("doch nicht gestohlen") if row.ended_at else _("gestohlen"), "" if row.ended_at else "danger"
    )
