"""Labels, what finders write, the public check: their pages by who opens them, and where each of them is."""

from django.urls import reverse

from assetmarking.finding.writing import answer_finder
from partnership.models import OutgoingMail
from tests import factories
from tests.asset_factories import make_asset
from tests.assetmarking.finding.steps import labelled, written
from tests.browser.addresses import Paths
from tests.personas import World

BY_LINK = ["finder:find", "finder:label", "finder:sent", "finder:thread", "assetmarking:check"]
OF_THE_FIRM = ["assetmarking:finds", "assetmarking:find"]
PAGES = {"visitor": BY_LINK, "alice": OF_THE_FIRM}
NO_PAGES = {"finder:end", "assetmarking:find_end"}


def paths(world: World) -> Paths:
    """Somebody has found a machine, and the owner has answered."""
    label = labelled(world, asset=make_asset(factories.make_firm(world.alice, name="Bau Muster")))
    thread = written(world, label)
    answer_finder(thread_id=thread.pk, text="Danke, wir holen es morgen ab.", actor=world.alice)
    answer = OutgoingMail.objects.get(kind="asset_found_answer")
    return {
        **{name: reverse(name) for name in ("finder:find", "finder:sent", "assetmarking:check")},
        "finder:label": reverse("finder:label", args=[label.code]),
        "finder:thread": "/k/" + answer.content["thread_url"].partition("/k/")[2],
        "assetmarking:finds": reverse("assetmarking:finds", args=[thread.firm_id]),
        "assetmarking:find": reverse("assetmarking:find", args=[thread.pk]),
    }
