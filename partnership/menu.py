"""What every workplace has in its menu, beside the apps' own pages."""

from django.utils.translation import gettext_lazy as _

from partnership.administration.rules import may_open_administration
from partnership.rules import may_decide_erasures
from partnership.workplace_nav import WorkplacePage

PAGES = [
    WorkplacePage(
        label=_("Löschbegehren"),
        url_name="workplace:erasures",
        order=87,
        is_for=may_decide_erasures,
    ),
    WorkplacePage(
        label=_("Partner"),
        url_name="workplace:partners",
        order=80,
        is_for=lambda posts: bool(posts.coordinates),
    ),
    WorkplacePage(
        label=_("Verwaltung"),
        url_name="administration:start",
        order=85,
        is_for=may_open_administration,
    ),
    WorkplacePage(
        label=_("Protokoll"),
        url_name="workplace:log",
        order=90,
        is_for=lambda posts: bool(posts.auditor_of),
    ),
    WorkplacePage(
        label=_("Abrufe"),
        url_name="workplace:lookups",
        order=91,
        is_for=lambda posts: bool(posts.auditor_of),
    ),
    WorkplacePage(
        label=_("Löschungen"),
        url_name="workplace:retention",
        order=92,
        is_for=lambda posts: bool(posts.auditor_of),
    ),
    WorkplacePage(
        label=_("Betrieb"),
        url_name="workplace:operations",
        order=95,
        is_for=lambda posts: posts.is_technician,
    ),
]
