"""What is shown of a thing once it is opened."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assetmarking.models import Asset, StolenThing
from partnership.models import FirmContact
from partnership.rules import Posts
from partnership.times import berlin_day, long_moment, numeric_date


@dataclass(frozen=True, slots=True)
class ContactRow:
    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    kind: str
    text: str
    place: str
    remark: str


@dataclass(frozen=True, slots=True)
class TheftRow:
    """`is_own`: of a directorate in which the reader is in post."""

    reference: str
    state: str
    place: str
    when: str
    station: str
    case_number: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class OwnerPage:
    firm: str
    phone: str
    address: str
    kept_at: str
    lent: str
    contacts: list[ContactRow]
    marks: list[MarkRow]
    thefts: list[TheftRow]


def lay_out_owner(asset: Asset, posts: Posts) -> OwnerPage:
    firm = asset.firm
    contacts = FirmContact.objects.filter(firm=firm, email_confirmed_at__isnull=False).order_by("name", "pk")
    thefts = asset.thefts.select_related("report").order_by("-pk")
    return OwnerPage(
        firm=firm.name,
        phone=firm.phone,
        address=_address(asset),
        kept_at=asset.kept_at,
        lent=asset.lent_to,
        contacts=[ContactRow(one.name, one.phone, one.email) for one in contacts],
        marks=[
            MarkRow(mark.get_kind_display(), mark.text, mark.place, mark.vendor)
            for mark in asset.marks.order_by("pk")
        ],
        thefts=[_theft_row(theft, posts, asset) for theft in thefts],
    )


def _address(asset: Asset) -> str:
    """Where the thing belongs; else the firm's first place."""
    site = asset.site or asset.firm.sites.order_by("pk").first()
    return str(site) if site else ""


def _theft_row(theft: StolenThing, posts: Posts, asset: Asset) -> TheftRow:
    """The street may be an earlier owner's."""
    report = theft.report
    street = report.street if report.firm_id == asset.firm_id else ""
    ended = _("bis %(day)s") % {"day": numeric_date(berlin_day(theft.ended_at))} if theft.ended_at else ""
    return TheftRow(
        reference=report.reference,
        state=", ".join(part for part in (report.get_state_display(), ended) if part),
        place=", ".join(part for part in (street, f"{report.postcode} {report.city}") if part),
        when=_("zwischen %(first)s und %(last)s")
        % {"first": long_moment(report.gone_after), "last": long_moment(report.gone_before)},
        station=report.station,
        case_number=report.case_number,
        is_own=report.police_id in posts.police,
    )
