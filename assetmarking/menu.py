"""What marking adds to the workplace's menu."""

from django.utils.translation import gettext_lazy as _

from assetmarking.retroactive.page import count_waiting
from assetmarking.rules import may_read_pilots, may_read_thefts, may_search
from assetmarking.thefts.listing import count_to_confirm
from partnership.workplace_nav import WorkplacePage

PAGES: list[WorkplacePage] = [
    WorkplacePage(
        label=_("Diebstähle"),
        url_name="thefts:thefts",
        order=9,
        is_for=may_read_thefts,
        count=count_to_confirm,
        stays=True,
    ),
    WorkplacePage(label=_("Fahndung"), url_name="search:search", order=26, is_for=may_search),
    WorkplacePage(
        label=_("Nachträgliche Treffer"),
        url_name="search:hits",
        order=26,
        is_for=may_search,
        own_count=count_waiting,
    ),
    WorkplacePage(label=_("Machbarkeit"), url_name="pilots:pilots", order=84, is_for=may_read_pilots),
]
