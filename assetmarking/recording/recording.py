"""Things are recorded, changed, and deleted when they were recorded by mistake."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import hold_campaign
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, Campaign, Mark
from assetmarking.recording.details import (
    MarkDetails,
    ThingDetails,
    check_mark,
    check_thing,
    unsaved_mark,
    unsaved_thing,
)
from assetmarking.recording.own import lock_own_thing
from assetmarking.references import draw_asset_reference
from partnership.administration.changes import check, write_changes
from partnership.firms import lock_firm, own_contact
from partnership.journal import log_act
from partnership.locking import transaction_tried_again
from partnership.models import Firm, Person
from partnership.photos.receiving import remove_photos_of
from partnership.refusals import Refusal


def refuse(error: IntegrityError) -> None:
    raise error


@transaction_tried_again(drawn={"asset_reference_unique"}, refuse=refuse)
def record_thing(
    *,
    firm_id: int,
    details: ThingDetails,
    marks: Sequence[MarkDetails] = (),
    campaign: Campaign | None = None,
    form_key: UUID | None = None,
    actor: Person,
) -> Asset:
    """`form_key` is the form's own: sent twice, it gives what was recorded the first time. Filled in anew, as
    after going back in the browser, it records another thing. Raises Refusal.
    """
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    details = _checked(details, firm)
    for mark in marks:
        check_mark(mark)
    before = Asset.objects.filter(form_key=form_key).first() if form_key else None
    if before and before.firm_id == firm.pk and _says_the_same(before, details, marks):
        return before
    hold_campaign(campaign)
    asset = unsaved_thing(
        details,
        firm=firm,
        reference=draw_asset_reference(),
        recorded_by=actor,
        campaign=campaign,
        form_key=None if before else form_key,
    )
    check(asset)
    asset.save()
    Mark.objects.bulk_create(unsaved_mark(mark, asset=asset) for mark in marks)
    log_act(act="thing.recorded", thing=asset, actor=actor)
    return asset


@transaction.atomic
def change_thing(
    *, asset_id: int, seen: int, details: ThingDetails, campaign: Campaign | None, actor: Person
) -> list[str]:
    """`seen` is the version that the form was opened with. Raises ChangedMeanwhile and Refusal."""
    asset = lock_own_thing(asset_id, actor)
    details = _checked(details, asset.firm)
    hold_campaign(campaign)
    values = {name: getattr(details, name) for name in ThingDetails.__dataclass_fields__}
    values |= {"campaign": campaign}
    fields = write_changes(asset, seen=seen, values=values)
    if fields:
        log_act(act="thing.changed", thing=asset, actor=actor, detail={"fields": ", ".join(fields)})
    return fields


@transaction.atomic
def delete_thing(*, asset_id: int, actor: Person) -> None:
    """One recorded by mistake: it has no past that others count on."""
    asset = lock_own_thing(asset_id, actor)
    if sentence := why_not_deleted(asset):
        raise Refusal(sentence)
    remove_photos_of(Asset, [asset.pk])
    log_act(act="thing.deleted", thing=asset.firm, actor=actor, detail={"reference": asset.reference})
    asset.delete()


def why_not_deleted(asset: Asset) -> str:
    if asset.thefts.exists():
        return _("Was einmal als gestohlen gemeldet war, bleibt. Sie können es als ausgemustert eintragen.")
    if asset.transfers.exists():
        return _("Was einmal angeboten oder übergeben war, bleibt. Sie können es als ausgemustert eintragen.")
    return ""


def _checked(details: ThingDetails, firm: Firm) -> ThingDetails:
    check_thing(details, this_year=timezone.localdate().year)
    if details.site and details.site.firm_id != firm.pk:
        raise Refusal(_("Dieser Standort gehört nicht zu Ihrer Firma. Wählen Sie einen anderen."))
    return replace(details, name=details.name.strip())


def _says_the_same(asset: Asset, details: ThingDetails, marks: Sequence[MarkDetails]) -> bool:
    is_alike = all(
        getattr(asset, name) == getattr(details, name) for name in ThingDetails.__dataclass_fields__
    )
    keys = {key_of(mark.kind, mark.text) for mark in marks}
    return is_alike and keys == {mark.key for mark in asset.marks.all()}
