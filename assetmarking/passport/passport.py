"""The equipment passport (Gerätepass): what a thing is and how it can be told from others, on paper.

What its owner keeps to itself is not on it: not the value, not where it is kept, nobody's name.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assetmarking.categories import category_label
from assetmarking.models import Asset, Mark, MarkKind, Receipt, StolenThing, Transfer
from partnership.current import absolute_url
from partnership.documents import render_pdf
from partnership.models import Partnership, Photo, PhotoFile
from partnership.photos.queries import photos_of_many
from partnership.qr_codes import QrCode, draw_qr_code
from partnership.times import berlin_day, long_day, numeric_date, today

MOST_PASSPORTS = 50


@dataclass(frozen=True, slots=True)
class MarkLine:
    kind: str
    text: str
    place: str
    marked: str


@dataclass(frozen=True, slots=True)
class Passport:
    reference: str
    name: str
    facts: list[tuple[str, str]]
    marks: list[MarkLine]
    history: list[tuple[str, str]]
    """Day and what happened, oldest first."""
    code: str
    qr: QrCode | None
    photo: str
    """Key of the picture that is handed in with the document; empty without one."""


def pdf_of_passports(assets: Sequence[Asset], *, partnership: Partnership | None = None) -> bytes:
    """Of things read with their marks; at most `MOST_PASSPORTS`."""
    keys = [asset.pk for asset in assets]
    photos = _first_photos(keys)
    partnership = partnership or Partnership.objects.order_by("pk").first()
    with translation.override("de"):
        receipts = set(Receipt.objects.filter(asset__in=keys).values_list("asset_id", flat=True))
        histories = _histories(assets)
        passports = [
            _passport(
                asset,
                has_receipt=asset.pk in receipts,
                history=histories[asset.pk],
                photo=str(photos[asset.pk].pk) if asset.pk in photos else "",
                partnership=partnership,
            )
            for asset in assets
        ]
    context = {
        "passports": passports,
        "printed": long_day(today()),
        "partnership": partnership,
        "demo": settings.DEMO,
    }
    return render_pdf("pdf/passport.html", context, photos=_contents(photos))


def _passport(
    asset: Asset,
    *,
    has_receipt: bool,
    history: list[tuple[datetime.date, str]],
    photo: str,
    partnership: Partnership | None,
) -> Passport:
    marks = list(asset.marks.all())
    own = next((mark.text for mark in marks if mark.kind == MarkKind.OWN_CODE), "")
    facts = [
        (_("Art"), category_label(asset.category)),
        (_("Hersteller"), asset.make),
        (_("Modell"), asset.model),
        (_("Baujahr"), str(asset.year or "")),
        (_("Inventarnummer"), asset.own_number),
        (_("Besonderheiten"), asset.peculiarities),
        (_("Kaufbeleg"), _("im Portal hinterlegt") if has_receipt else _("nicht hinterlegt")),
        (_("Stand"), str(asset.get_state_display())),
    ]
    return Passport(
        reference=asset.reference,
        name=asset.name,
        facts=[(label, value) for label, value in facts if value],
        marks=[_line(mark) for mark in marks],
        history=[(numeric_date(day), what) for day, what in sorted(history)],
        code=own,
        qr=_qr_code(own, partnership) if own and partnership else None,
        photo=photo,
    )


def _line(mark: Mark) -> MarkLine:
    marked = [mark.marked_by, numeric_date(mark.marked_on) if mark.marked_on else ""]
    kind = str(mark.get_kind_display())
    return MarkLine(
        kind=f"{kind}, {mark.vendor}" if mark.vendor else kind,
        text=mark.text,
        place=mark.place,
        marked=", ".join(filter(None, marked)),
    )


def _qr_code(code: str, partnership: Partnership) -> QrCode:
    url = absolute_url(partnership, reverse("finder:label", args=[code]))
    return draw_qr_code(url, label=_("QR-Code für Finder: %(url)s") % {"url": url})


def _histories(assets: Sequence[Asset]) -> dict[int, list[tuple[datetime.date, str]]]:
    """Without persons and firms."""
    found = {
        asset.pk: [
            (berlin_day(asset.created_at), _("erfasst")),
            *(
                (mark.marked_on, _("gekennzeichnet: %(kind)s") % {"kind": mark.get_kind_display()})
                for mark in asset.marks.all()
                if mark.marked_on
            ),
        ]
        for asset in assets
    }
    accepted = Transfer.objects.filter(asset__in=found, state=Transfer.State.ACCEPTED, ended_at__isnull=False)
    for transfer in accepted:
        assert transfer.ended_at is not None
        found[transfer.asset_id].append((berlin_day(transfer.ended_at), _("an eine andere Firma übergeben")))
    for theft in StolenThing.objects.filter(asset__in=found).select_related("report"):
        if theft.ended_at and theft.found_on is None:
            continue
        found[theft.asset_id].append((berlin_day(theft.report.reported_at), _("als gestohlen gemeldet")))
        if theft.found_on:
            found[theft.asset_id].append((theft.found_on, _("wiedergefunden")))
    return found


def _first_photos(keys: Sequence[int]) -> dict[int, Photo]:
    rows = photos_of_many(Asset, keys)
    ready = {
        key: next((photo for photo in photos if photo.state == Photo.State.READY), None)
        for key, photos in rows.items()
    }
    return {key: photo for key, photo in ready.items() if photo}


def _contents(photos: dict[int, Photo]) -> dict[str, bytes]:
    """Small files are enough at this size, and quick."""
    keys = [photo.pk for photo in photos.values()]
    files = PhotoFile.objects.filter(photo__in=keys, kind=PhotoFile.Size.SMALL)
    return {str(key): bytes(content) for key, content in files.values_list("photo", "content")}
