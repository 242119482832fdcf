"""A firm orders labels, in advance or for things. Codes are drawn at once, a worker makes the file."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmarking.codes.own_code import draw_own_code
from assetmarking.labels.formats import OWN, LabelFormat
from assetmarking.locks import lock_assets
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, Label, LabelSheet, Mark, MarkKind
from partnership.firms import lock_firm, own_contact
from partnership.journal import log_act
from partnership.locking import transaction_tried_again
from partnership.models import Firm, Partnership, Person
from partnership.queueing import tell_worker
from partnership.refusals import Refusal

MOST = 2_000
"""Labels of one order, copies counted."""
SAME_WITHIN = datetime.timedelta(seconds=5)
"""A double click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the labels are printed on. `offset` is right and down, in millimetres."""

    format: LabelFormat
    start: int = 1
    copies: int = 1
    offset: tuple[float, float] = (0.0, 0.0)


def _refuse(error: IntegrityError) -> None:
    raise error


@transaction_tried_again(drawn={"label_code_unique"}, refuse=_refuse)
def order_in_advance(
    *, firm_id: int, partnership: Partnership, paper: Paper, count: int, actor: Person
) -> LabelSheet:
    """They stick on nothing until somebody adopts them. Raises Refusal."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    for same in _ordered_just_now(firm, paper, actor):
        if len(same.codes) == count:
            return same
    sheet = _make_sheet(firm, partnership, paper, [draw_own_code() for _n in range(count)], actor)
    Label.objects.bulk_create(Label(code=code, firm=firm, sheet=sheet) for code in sheet.codes)
    return sheet


@transaction_tried_again(drawn={"label_code_unique"}, refuse=_refuse)
def order_for_things(
    *, firm_id: int, partnership: Partnership, paper: Paper, asset_ids: Collection[int], actor: Person
) -> LabelSheet:
    """A thing that has a label gets it once more, under the same code. Raises Refusal."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    assets = [asset for asset in lock_assets(asset_ids).values() if asset.firm_id == firm.pk]
    if not assets or len(assets) < len(set(asset_ids)):
        raise Refusal(_("Wählen Sie Geräte aus, die Ihrer Firma gehören."))
    if any(asset.state not in Asset.HELD for asset in assets):
        raise Refusal(_("Etiketten gibt es nur für Geräte, die Sie noch haben."))
    known = dict(Label.objects.filter(asset__in=assets).order_by("pk").values_list("asset_id", "code"))
    drawn = {asset.pk: draw_own_code() for asset in assets if asset.pk not in known}
    codes = known | drawn
    ordered = [codes[asset.pk] for asset in sorted(assets, key=lambda asset: (asset.name, asset.pk))]
    for same in _ordered_just_now(firm, paper, actor):
        if same.codes == ordered:
            return same
    sheet = _make_sheet(firm, partnership, paper, ordered, actor)
    _stick(firm, sheet, [asset for asset in assets if asset.pk in drawn], drawn)
    return sheet


def _ordered_just_now(firm: Firm, paper: Paper, actor: Person) -> QuerySet[LabelSheet]:
    """On the same paper."""
    since = timezone.now() - SAME_WITHIN
    right, down = (Decimal(str(offset)) for offset in paper.offset)
    sheets = LabelSheet.objects.filter(firm=firm, made_by=actor, made_at__gt=since, format=paper.format.key)
    alike = sheets.filter(start=paper.start, copies=paper.copies, offset_x=right, offset_y=down)
    return alike.defer("pdf")


def _make_sheet(
    firm: Firm, partnership: Partnership, paper: Paper, codes: Sequence[str], actor: Person
) -> LabelSheet:
    from assetmarking.tasks import print_labels

    if len(codes) * paper.copies > MOST:
        raise Refusal(
            ngettext(
                "Mehr als ein Etikett auf einmal geht nicht.",
                "Mehr als %(count)d Etiketten auf einmal gehen nicht. Bestellen Sie in mehreren Teilen.",
                MOST,
            )
            % {"count": MOST}
        )
    format = paper.format
    sheet = LabelSheet.objects.create(
        firm=firm,
        partnership=partnership,
        format=format.key,
        measures=format.measures if format.key.startswith(OWN) else [],
        codes=list(codes),
        start=paper.start,
        copies=paper.copies,
        offset_x=paper.offset[0],
        offset_y=paper.offset[1],
        made_by=actor,
    )
    log_act(act="labels.ordered", thing=sheet, actor=actor, detail={"count": len(codes)})
    tell_worker(print_labels, sheet.pk)
    return sheet


def _stick(firm: Firm, sheet: LabelSheet, assets: Sequence[Asset], codes: dict[int, str]) -> None:
    """Codes that are new, on locked things."""
    now = timezone.now()
    Label.objects.bulk_create(
        Label(code=codes[asset.pk], firm=firm, sheet=sheet, asset=asset, adopted_at=now) for asset in assets
    )
    Mark.objects.bulk_create(own_code_mark(asset, codes[asset.pk]) for asset in assets)
    for asset in assets:
        asset.version += 1
    Asset.objects.bulk_update(assets, ["version"])


def own_code_mark(asset: Asset, code: str) -> Mark:
    return Mark(asset=asset, kind=MarkKind.OWN_CODE, text=code, key=key_of(MarkKind.OWN_CODE, code))
