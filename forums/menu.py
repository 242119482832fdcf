"""What forums add to the workplace's menu."""

from django.utils.translation import gettext_lazy as _

from forums.rules import may_open_events
from partnership.workplace_nav import WorkplacePage

PAGES: list[WorkplacePage] = [
    WorkplacePage(label=_("Veranstaltungen"), url_name="events:events", order=32, is_for=may_open_events),
]
