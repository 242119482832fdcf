"""What forums add to the workplace's menu."""

from django.utils.translation import gettext_lazy as _

from forums.planning.due import count_overdue
from forums.rules import may_edit_events, may_open_events
from partnership.workplace_nav import WorkplacePage

PAGES: list[WorkplacePage] = [
    WorkplacePage(label=_("Veranstaltungen"), url_name="events:events", order=81, is_for=may_open_events),
    WorkplacePage(
        label=_("Überfällige Reihen"),
        url_name="events:series",
        order=81,
        is_for=may_edit_events,
        count=count_overdue,
    ),
]
