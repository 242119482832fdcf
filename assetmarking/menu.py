"""What marking adds to the workplace's menu."""

from django.utils.translation import gettext_lazy as _

from assetmarking.rules import may_search
from partnership.workplace_nav import WorkplacePage

PAGES: list[WorkplacePage] = [
    WorkplacePage(label=_("Fahndung"), url_name="search:search", order=26, is_for=may_search),
]
