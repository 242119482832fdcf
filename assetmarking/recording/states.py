"""Where a thing is: lent and back, sold or scrapped, and in use again."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.models import Asset, Transfer
from assetmarking.recording.own import lock_own_thing, refuse_stolen, set_state
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import today

State = Asset.State
UNDONE_WITHIN = datetime.timedelta(days=90)


@transaction.atomic
def lend(*, asset_id: int, to: str, until: datetime.date | None, actor: Person) -> Asset:
    """Raises Refusal."""
    asset = lock_own_thing(asset_id, actor)
    refuse_away(asset)
    if until and until < today():
        raise Refusal(_("Geben Sie einen Tag ab heute an."))
    set_state(asset, State.LENT, lent_to=to, lent_until=until)
    log_act(act="thing.lent", thing=asset, actor=actor)
    return asset


@transaction.atomic
def take_back(*, asset_id: int, actor: Person) -> Asset:
    """Twice changes nothing."""
    asset = lock_own_thing(asset_id, actor)
    if asset.state in (State.LENT, State.FOUND):
        set_state(asset, State.IN_USE)
        log_act(act="thing.came_back", thing=asset, actor=actor)
    return asset


@transaction.atomic
def retire(*, asset_id: int, state: str, on: datetime.date, actor: Person) -> Asset:
    """Sold outside the portal, or scrapped, on a day. Raises Refusal."""
    asset = lock_own_thing(asset_id, actor)
    refuse_away(asset)
    if on > today():
        raise Refusal(_("Geben Sie einen Tag bis heute an."))
    set_state(asset, state)
    detail = {"state": State(state).label, "day": on.isoformat()}
    log_act(act="thing.retired", thing=asset, actor=actor, detail={k: str(v) for k, v in detail.items()})
    return asset


@transaction.atomic
def undo_retirement(*, asset_id: int, actor: Person) -> Asset:
    """Raises Refusal for what is gone for long."""
    asset = lock_own_thing(asset_id, actor)
    if asset.state not in Asset.GONE:
        return asset
    if not may_come_back(asset):
        raise Refusal(
            _("Das ist länger als %(days)d Tage her. Erfassen Sie das Gerät neu.")
            % {"days": UNDONE_WITHIN.days}
        )
    set_state(asset, State.IN_USE)
    log_act(act="thing.retirement_undone", thing=asset, actor=actor)
    return asset


def may_come_back(asset: Asset) -> bool:
    return asset.state in Asset.GONE and asset.state_since > timezone.now() - UNDONE_WITHIN


def refuse_away(asset: Asset) -> None:
    """What somebody else has, or is about to have, is neither lent nor given away."""
    refuse_stolen(asset)
    if asset.state == State.LENT:
        raise Refusal(_("Das Gerät ist verliehen. Tragen Sie zuerst ein, dass es zurück ist."))
    if asset.state in Asset.GONE:
        raise Refusal(_("Das Gerät ist als verkauft oder ausgemustert eingetragen."))
    if Transfer.objects.filter(asset=asset, state=Transfer.State.OFFERED).exists():
        raise Refusal(_("Das Gerät ist zur Übernahme angeboten. Ziehen Sie zuerst das Angebot zurück."))
