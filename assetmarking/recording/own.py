"""The way to change a thing: locked, by who speaks for its firm, with a version that rises."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset
from partnership.firms import own_contact
from partnership.models import Person
from partnership.refusals import Refusal


def lock_own_thing(asset_id: int, actor: Person) -> Asset:
    """Raises Refusal for one that is gone, and to who does not speak for its firm any more."""
    asset = lock_assets([asset_id]).get(asset_id)
    if asset is None:
        raise Refusal(_("Dieses Gerät gibt es hier nicht mehr."))
    own_contact(asset.firm, actor)
    return asset


def save_thing(asset: Asset, *fields: str) -> None:
    """Of a locked thing."""
    asset.version += 1
    asset.save(update_fields=[*fields, "version"])


def set_state(asset: Asset, state: str, *, lent_to: str = "", lent_until: object = None) -> None:
    """Of a locked thing, whoever has looked whether it may."""
    asset.state, asset.state_since = state, timezone.now()
    asset.lent_to, asset.lent_until = lent_to, lent_until  # type: ignore[assignment]
    save_thing(asset, "state", "state_since", "lent_to", "lent_until")


def refuse_stolen(asset: Asset) -> None:
    if asset.state == Asset.State.STOLEN:
        raise Refusal(
            _(
                "„%(thing)s“ ist als gestohlen gemeldet. Ist es wieder da, tragen Sie das in der "
                "Diebstahlmeldung ein; danach geht auch das."
            )
            % {"thing": asset.name}
        )
