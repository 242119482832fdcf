"""Marks come to a thing and go from it."""

from django.db import transaction
from django.utils.translation import gettext as _

from assetmarking.models import Asset, Label, Mark, MarkKind
from assetmarking.recording.details import MarkDetails, check_mark, unsaved_mark
from assetmarking.recording.own import lock_own_thing, refuse_stolen, save_thing
from partnership.administration.changes import check
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

MOST_MARKS = 30


@transaction.atomic
def add_mark(*, asset_id: int, details: MarkDetails, actor: Person) -> Mark:
    """Raises Refusal."""
    asset = lock_own_thing(asset_id, actor)
    check_mark(details)
    mark = unsaved_mark(details, asset=asset)
    if asset.marks.filter(kind=mark.kind, key=mark.key).exists():
        raise Refusal(_("Diese Nummer steht schon bei diesem Gerät."))
    if asset.marks.count() >= MOST_MARKS:
        raise Refusal(
            _("Mehr als %(most)d Kennzeichen gehen nicht. Entfernen Sie zuerst eines.") % {"most": MOST_MARKS}
        )
    check(mark)
    mark.save()
    save_thing(asset)
    log_act(act="mark.added", thing=asset, actor=actor, detail={"kind": str(mark.get_kind_display())})
    return mark


@transaction.atomic
def remove_mark(*, asset_id: int, mark_id: int, actor: Person) -> None:
    """With one of our codes its label comes off, too. Police may be looking for what is stolen by any mark.
    Raises Refusal."""
    asset = lock_own_thing(asset_id, actor)
    refuse_stolen(asset)
    mark = asset.marks.filter(pk=mark_id).first()
    if mark is None:
        raise Refusal(_("Dieses Kennzeichen ist schon entfernt."))
    if mark.kind == MarkKind.OWN_CODE:
        Label.objects.filter(asset=asset, code=mark.text).update(asset=None)
    kind = str(mark.get_kind_display())
    mark.delete()
    save_thing(asset)
    log_act(act="mark.removed", thing=asset, actor=actor, detail={"kind": kind})


def others_with_number(asset: Asset, mark: Mark) -> list[Asset]:
    """Other things of the same firm under this number. Those of other firms are never told."""
    rows = Asset.objects.filter(firm=asset.firm_id, marks__key=mark.key).exclude(pk=asset.pk)
    return list(rows.distinct().order_by("pk")[:3])
