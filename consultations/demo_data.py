"""Office hours and bookings of the demo, relative to today."""

import datetime

from django.db import transaction

from consultations.demo.absences import add_absences
from consultations.demo.accounts import add_account_stories
from consultations.demo.bookings import fill_ahead, fill_past, fill_today, write_own_past
from consultations.demo.cast import find_cast
from consultations.demo.checklists import add_checklists
from consultations.demo.closings import close_for_a_day, take_closed_rooms
from consultations.demo.days import DAYS_BACK, create_missing_hours, ensure_today
from consultations.demo.desk_firms import add_what_desks_entered
from consultations.demo.former import add_what_was_left
from consultations.demo.history import write_history
from consultations.demo.retained import add_what_is_retained
from consultations.demo.returned import add_what_came_back
from consultations.demo.satisfaction import add_answers
from consultations.demo.series import tell_series
from consultations.demo.singles import add_what_happened, add_what_passes
from consultations.demo.visit_logs import add_visit_log
from consultations.demo.visit_reports import add_visit_reports
from consultations.demo.visit_requests import add_visit_requests
from consultations.demo.visit_uptake import add_uptake
from consultations.demo.visits_planned import add_planned_visits
from consultations.demo.visits_today import add_todays_visits
from consultations.demo.waiting import add_waiting
from consultations.models import OfficeHours
from partnership.times import today


@transaction.atomic
def create_demo_data() -> None:
    """All of it at the first start; later starts add the days that are missing and leave the rest alone."""
    cast = find_cast()
    if cast is None:
        return
    is_first = not OfficeHours.objects.exists()
    if is_first:
        write_history(cast, until=today() - datetime.timedelta(days=DAYS_BACK))
    created = create_missing_hours(cast)
    past = [hours for hours in created if hours.day < today()]
    if is_first:
        write_own_past(cast, past)
    fill_past(cast, past)
    fill_ahead(cast, [hours for hours in created if hours.day >= today()])
    if hours := ensure_today(cast):
        fill_today(cast, hours)
    add_what_passes(cast)
    tell_series(cast)
    if is_first:
        add_what_happened(cast)
        add_what_desks_entered(cast)
        add_what_was_left(cast)
        add_account_stories(cast)
        close_for_a_day(cast)
        add_absences(cast)
        add_what_came_back(cast)
        add_answers(cast)
        add_what_is_retained(cast)
        add_waiting(cast)
        add_checklists(cast)
        add_visit_log(cast)
        add_uptake(cast)
        add_visit_requests(cast)
        add_visit_reports(cast)
        add_planned_visits(cast)
    add_todays_visits(cast)
    take_closed_rooms()
