"""Feasibility studies: one that is decided, one that runs."""

from django.urls import reverse

from partnership.times import today
from tests.assetmarking.pilots.steps import A_DAY, go, make_campaign, make_firms, make_pilot, tie
from tests.browser.addresses import Paths, under
from tests.personas import World

PAGES = {
    "bert": ["pilots:pilots", "pilots:pilot"],
    "karl": [
        *("pilots:pilots", "pilots:pilot", "pilots:pilot_new", "pilots:pilot_edit", "pilots:pilot_remove"),
        *("pilots:campaign_new", "pilots:campaign_edit", "pilots:decide", "pilots:correct"),
    ],
}
NO_PAGES = {"pilots:report", "pilots:campaign_remove"}


def paths(world: World) -> Paths:
    decided = make_pilot(world, target_recorded=50, target_returned=3)
    campaign = make_campaign(world, decided)
    tie(campaign, make_firms(world, 5), each=3)
    go(world, decided)
    running = make_pilot(world, ends=today() + 30 * A_DAY)
    planned = make_campaign(world, running, recorded=0, marked=0)
    pilot = "pilots:pilot"
    return {
        pilot: [reverse(pilot, args=[one.pk]) for one in (decided, running)],
        **under("pilots:", ("pilot_edit", "campaign_new"), running.pk),
        "pilots:pilot_remove": reverse("pilots:pilot_remove", args=[make_pilot(world).pk]),
        "pilots:decide": reverse("pilots:decide", args=[make_pilot(world).pk]),
        "pilots:correct": reverse("pilots:correct", args=[decided.pk]),
        "pilots:campaign_edit": reverse("pilots:campaign_edit", args=[planned.pk]),
    }
