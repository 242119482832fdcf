"""What consultations add to the workplace's menu."""

from django.utils.translation import gettext_lazy as _

from consultations.calls import count_calls
from consultations.rules import (
    may_have_work_feeds,
    may_open_absences,
    may_open_calls,
    may_open_checklists,
    may_open_desk,
    may_open_hours,
    may_open_waiting_list,
    may_read_numbers,
    may_read_uptake_numbers,
    may_set_travel,
)
from consultations.vacancies import count_vacancies
from consultations.visit_reports.rules import may_open_reports
from consultations.visits.queries import count_untaken
from consultations.visits.rules import may_open_requests
from partnership.workplace_nav import WorkplacePage

PAGES = [
    WorkplacePage(
        label=_("Heute"),
        url_name="appointments:today",
        order=5,
        is_for=lambda posts: bool(posts.police),
    ),
    WorkplacePage(
        label=_("Anfragen"),
        url_name="appointments:visit_requests",
        order=7,
        is_for=may_open_requests,
        count=count_untaken,
        stays=True,
    ),
    WorkplacePage(label=_("Woche"), url_name="appointments:week", order=10, is_for=may_open_desk),
    WorkplacePage(
        label=_("Ohne Beamtin/Beamten"),
        url_name="appointments:without_officer",
        order=12,
        is_for=lambda posts: bool(posts.desks or posts.lead_of),
        count=count_vacancies,
    ),
    WorkplacePage(
        label=_("Für Anrufende buchen"),
        url_name="appointments:book_for_caller",
        order=15,
        is_for=may_open_desk,
    ),
    WorkplacePage(
        label=_("Ohne Anmeldung"),
        url_name="appointments:walk_in",
        order=16,
        is_for=may_open_desk,
    ),
    WorkplacePage(
        label=_("Anrufe"),
        url_name="appointments:calls",
        order=17,
        is_for=may_open_calls,
        count=count_calls,
    ),
    WorkplacePage(
        label=_("Warteliste"),
        url_name="appointments:waiting_lists",
        order=17,
        is_for=may_open_waiting_list,
    ),
    WorkplacePage(
        label=_("Besuche aufnehmen"),
        url_name="appointments:visits_entered",
        order=16,
        is_for=may_open_desk,
    ),
    WorkplacePage(label=_("Firmen"), url_name="appointments:firms", order=18, is_for=may_open_desk),
    WorkplacePage(label=_("Sprechtage"), url_name="appointments:hours", order=20, is_for=may_open_hours),
    WorkplacePage(
        label=_("Abwesenheit"), url_name="appointments:absences", order=25, is_for=may_open_absences
    ),
    WorkplacePage(
        label=_("Berichte"), url_name="appointments:visit_reports", order=27, is_for=may_open_reports
    ),
    WorkplacePage(
        label=_("Checkliste"), url_name="appointments:checklists", order=28, is_for=may_open_checklists
    ),
    WorkplacePage(label=_("Fahrzeiten"), url_name="appointments:travel", order=29, is_for=may_set_travel),
    WorkplacePage(label=_("Termine"), url_name="appointments:appointments", order=30, is_for=may_open_hours),
    WorkplacePage(label=_("Kalender"), url_name="appointments:feeds", order=35, is_for=may_have_work_feeds),
    WorkplacePage(label=_("Zahlen"), url_name="appointments:numbers", order=82, is_for=may_read_numbers),
    WorkplacePage(
        label=_("Umsetzung"),
        url_name="appointments:uptake_numbers",
        order=83,
        is_for=may_read_uptake_numbers,
    ),
]
