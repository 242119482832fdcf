"""A label that was printed in advance is stuck on a thing, and the portal is told on what."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.labels.ordering import own_code_mark
from assetmarking.models import Asset, Label
from assetmarking.recording.own import lock_own_thing, save_thing
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal


@transaction.atomic
def adopt_label(*, label_id: int, asset_id: int, actor: Person) -> Label:
    """On one thing for good. A torn label is followed by a new one; the old code stays a mark of the thing,
    for whoever still reads it. Raises Refusal.
    """
    asset = lock_own_thing(asset_id, actor)
    lock_rows(Label, [label_id])
    label = Label.objects.filter(pk=label_id, firm=asset.firm_id).first()
    if label is None:
        raise Refusal(_("Dieses Etikett gehört nicht zu Ihrer Firma."))
    refuse_used(label)
    if asset.state not in Asset.HELD:
        raise Refusal(_("Etiketten gibt es nur für Geräte, die Sie noch haben."))
    own_code_mark(asset, label.code).save()
    label.asset, label.adopted_at = asset, timezone.now()
    label.save(update_fields=["asset", "adopted_at"])
    save_thing(asset)
    log_act(act="label.adopted", thing=asset, actor=actor, detail={"code": label.code})
    return label


def refuse_used(label: Label) -> None:
    """Also one that was taken off: its code may still be read somewhere."""
    if label.adopted_at is not None:
        raise Refusal(
            _("Das Etikett %(code)s klebt schon auf einem Gerät. Nehmen Sie für dieses ein anderes Etikett.")
            % {"code": label.code}
        )
