"""The receipt of a thing: one file, for its owner alone."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from assetmarking.models import Asset, Receipt
from assetmarking.recording.own import lock_own_thing
from partnership.journal import log_act
from partnership.judged_files import judge_pdf
from partnership.models import Person
from partnership.photos.judging import PhotoRefused, short_name
from partnership.photos.reencoding import Unfinished, reencode_safely
from partnership.refusals import Refusal

MOST_MEGABYTES = 8


def add_receipt(*, asset_id: int, upload: "UploadedFile[Any]", actor: Person) -> Receipt:
    """Instead of an earlier one; the same once more changes nothing. A picture is made anew, without what the
    camera noted; that takes about a second, and no row is locked for it. Raises Refusal."""
    kind, content = _content_of(upload)
    with transaction.atomic():
        asset = lock_own_thing(asset_id, actor)
        if same := Receipt.objects.filter(asset=asset, content=content).first():
            return same
        values = {"kind": kind, "size": len(content), "content": content}
        receipt, _is_new = Receipt.objects.update_or_create(asset=asset, defaults=values)
        log_act(act="thing.receipt_added", thing=asset, actor=actor)
    return receipt


@transaction.atomic
def remove_receipt(*, asset_id: int, actor: Person) -> None:
    asset = lock_own_thing(asset_id, actor)
    if Receipt.objects.filter(asset=asset).delete()[0]:
        log_act(act="thing.receipt_removed", thing=asset, actor=actor)


def receipt_of(asset: Asset) -> Receipt | None:
    """Without its bytes."""
    return Receipt.objects.filter(asset=asset).defer("content").first()


def _content_of(upload: "UploadedFile[Any]") -> tuple[str, bytes]:
    upload.seek(0)
    content = upload.read()
    if content.startswith(b"%PDF-"):
        judge_pdf(upload.file, short_name(upload.name or ""))  # type: ignore[arg-type]
        return Receipt.Kind.PDF, content
    try:
        return Receipt.Kind.JPEG, reencode_safely(content).large
    except (PhotoRefused, Unfinished):
        raise Refusal(
            _("Dieses Bild ließ sich nicht verarbeiten. Speichern Sie es als JPEG oder PNG noch einmal.")
        ) from None
