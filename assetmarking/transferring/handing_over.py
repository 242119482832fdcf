"""What of a thing is the old owner's, and goes when it becomes another's."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from assetmarking.models import Asset, Label, Receipt, SearchOpening
from assetmarking.recording.own import save_thing
from partnership.models import Firm, LogEntry
from partnership.photos.queries import photos_about

OLD_OWNERS = {
    "site": None,
    "kept_at": "",
    "own_number": "",
    "value": None,
    "lent_to": "",
    "lent_until": None,
    "campaign": None,
    "recorded_by": None,
}


def hand_over(asset: Asset, *, to: Firm) -> None:
    """Of a locked thing. Marks stay without who made them, photos without who took them, and the log of what
    happened without who did it. Labels stick to the thing and go along. What police have opened was the old
    owner's: whoever wants to know the new one opens again."""
    for name, value in OLD_OWNERS.items():
        setattr(asset, name, value)
    asset.firm, asset.state, asset.state_since = to, Asset.State.IN_USE, timezone.now()
    save_thing(asset, "firm", "state", "state_since", *OLD_OWNERS)
    Receipt.objects.filter(asset=asset).delete()
    SearchOpening.objects.filter(asset=asset).delete()
    asset.marks.update(marked_by="")
    Label.objects.filter(asset=asset).update(firm=to, sheet=None)
    photos_about(Asset, [asset.pk]).update(added_by=None)
    kind = ContentType.objects.get_for_model(Asset)
    LogEntry.objects.filter(content_type=kind, object_id=asset.pk).update(actor=None)
