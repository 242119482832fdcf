"""Who may. Pure functions of a person's posts and a thing.

What a firm has is its own: who speaks for it may do everything with it (`queries.assets_of`).
"""

from assetmarking.models import Pilot, TheftReport
from partnership.rules import Posts


def may_search(posts: Posts) -> bool:
    """Police in post, each time for a purpose and a Vorgangsnummer."""
    return bool(posts.police)


def may_set_search(posts: Posts) -> bool:
    """Whether searches are kept, and how many a day: the lead's."""
    return bool(posts.lead_of)


def may_read_thefts(posts: Posts) -> bool:
    return bool(posts.police)


def may_confirm_theft(posts: Posts, report: TheftReport) -> bool:
    """That the Vorgangsnummer is one of the directorate's."""
    return report.police_id in posts.police


def may_read_pilots(posts: Posts) -> bool:
    """Feasibility studies are read where it is decided what a partner puts into them: desks and leads."""
    return bool(posts.coordinates or posts.desks or posts.lead_of)


def may_run_pilots(posts: Posts) -> bool:
    return bool(posts.coordinates)


def may_run_pilot(posts: Posts, pilot: Pilot) -> bool:
    return pilot.partnership_id in posts.coordinates
