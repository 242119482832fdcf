"""A firm with a label, and somebody who writes about it."""

from assetmarking.codes.own_code import draw_own_code
from assetmarking.finding.writing import begin_thread
from assetmarking.models import Asset, FinderThread, Label
from partnership.models import Firm
from tests import factories
from tests.asset_factories import make_label
from tests.personas import World

FINDER = "finderin@post.example"
TEXT = "Liegt am Feldweg hinter dem Bauhof."


def labelled(world: World, *, asset: Asset | None = None, firm: Firm | None = None) -> Label:
    """Alice speaks for the firm."""
    firm = firm or (asset.firm if asset else factories.make_firm(world.alice))
    return make_label(firm, asset=asset, code=draw_own_code())


def written(world: World, label: Label | None = None, *, email: str = FINDER) -> FinderThread:
    return begin_thread(
        label_id=(label or labelled(world)).pk,
        text=TEXT,
        finder_email=email,
        partnership=world.partnership,
        page_language="de",
    )
