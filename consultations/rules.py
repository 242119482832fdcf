"""Who may. Pure functions of a person's posts and a thing."""

import datetime

from consultations.models import Absence, Appointment, Checklist, Lane, OfficeHours, OfficeHoursSeries
from partnership.models import Firm, Office, Person
from partnership.rules import Posts

EARLY_AT_THE_DOOR = datetime.timedelta(hours=1)


def may_open_desk(posts: Posts) -> bool:
    """The week of a house, and entering hours: desks only."""
    return bool(posts.desks)


def may_open_calls(posts: Posts) -> bool:
    """Firms are called by the house that expected them."""
    return bool(posts.desks)


def may_open_waiting_list(posts: Posts) -> bool:
    """Who waits for a house is its chamber's business; which rows, queries decide."""
    return bool(posts.desks)


def may_open_hours(posts: Posts) -> bool:
    """Lists of hours and appointments; which rows are in them, queries decide."""
    return bool(posts.desks or posts.police)


def may_read_numbers(posts: Posts) -> bool:
    """Desks, leads and coordinators; which houses are counted, queries decide."""
    return bool(posts.desks or posts.lead_of or posts.coordinates)


def may_read_uptake_numbers(posts: Posts) -> bool:
    """Leads and coordinators. Not chambers: what became of the advice is police's and the firm's."""
    return bool(posts.lead_of or posts.coordinates)


def may_have_work_feeds(posts: Posts) -> bool:
    """Calendar addresses: desks of their houses, officers of their own days."""
    return bool(posts.desks or posts.officer_of)


def may_plan_hours(posts: Posts, office: Office) -> bool:
    return office.organisation_id in posts.desks


def may_publish_hours(posts: Posts, hours: OfficeHours) -> bool:
    return hours.office.organisation_id in posts.desks


def may_cancel_hours(posts: Posts, hours: OfficeHours) -> bool:
    return hours.office.organisation_id in posts.desks


def may_agree_to_hours(posts: Posts, hours: OfficeHours, person: Person) -> bool:
    """The officers who are asked, each for the own lane, and their lead for all."""
    if hours.police_id in posts.lead_of:
        return True
    return hours.police_id in posts.officer_of and any(
        lane.officer_id == person.pk for lane in hours.lanes.all()
    )


def may_change_series(posts: Posts, series: OfficeHoursSeries) -> bool:
    """Publish, prolong, cancel; and its days one by one as `may_plan_hours` says."""
    return series.office.organisation_id in posts.desks


def may_agree_to_series(posts: Posts, series: OfficeHoursSeries) -> bool:
    """Officers, each for the own lanes, and their lead for all; which lanes those are, the act looks up."""
    return series.police_id in posts.police


def may_cancel_appointment(posts: Posts, appointment: Appointment) -> bool:
    return appointment.host_id in posts.desks


def may_check_address(posts: Posts, appointment: Appointment) -> bool:
    """Whoever speaks with the firm: the host's desk."""
    return appointment.host_id in posts.desks


def may_book_for_callers(posts: Posts, hours: OfficeHours) -> bool:
    return hours.office.organisation_id in posts.desks


def may_edit_firm(posts: Posts, firm: Firm) -> bool:
    """Correct and merge: the desk of the firm's chamber, or of whoever hosted it while it has named none."""
    return bool(posts.desks) and (firm.chamber_id is None or firm.chamber_id in posts.desks)


def may_open_absences(posts: Posts) -> bool:
    """Police: officers their own, leads everybody's."""
    return bool(posts.police)


def may_change_absence(posts: Posts, absence: Absence, person: Person) -> bool:
    is_own = absence.officer_id == person.pk and bool(posts.police)
    return is_own or absence.police_id in posts.lead_of


def may_report_missing(posts: Posts) -> bool:
    """That somebody is away today: officers themselves, leads, and the desk that stands there."""
    return bool(posts.desks or posts.police)


def may_put_deputy(posts: Posts, hours: OfficeHours, deputy: Person, person: Person) -> bool:
    """The lead and the host's desk anybody, an officer only the own person."""
    if hours.police_id in posts.lead_of or hours.office.organisation_id in posts.desks:
        return True
    return hours.police_id in posts.officer_of and deputy.pk == person.pk


def deputy_counts_as_agreed(posts: Posts, hours: OfficeHours, deputy: Person, person: Person) -> bool:
    """Whoever takes it, or is put by the lead, has agreed; the desk asks, if the chamber asks at all."""
    if deputy.pk == person.pk or hours.police_id in posts.lead_of:
        return True
    return not hours.office.organisation.officers_must_agree


def may_release_deputy(posts: Posts, lane: Lane, person: Person) -> bool:
    """The asked one says no; the lead and the host's desk take the question back."""
    hours = lane.hours
    return (
        lane.officer_id == person.pk
        or hours.police_id in posts.lead_of
        or hours.office.organisation_id in posts.desks
    )


def may_leave_empty(posts: Posts, hours: OfficeHours) -> bool:
    """Moving and cancelling what firms have booked is the host's."""
    return hours.office.organisation_id in posts.desks


def may_open_checklists(posts: Posts) -> bool:
    """Police: what is looked at on site, and what is advised, is not the chambers'."""
    return bool(posts.police)


def may_change_checklist(posts: Posts, checklist: Checklist) -> bool:
    """Edit a draft, sign off, put in force: the directorate's lead."""
    return checklist.police_id in posts.lead_of


def may_set_travel(posts: Posts) -> bool:
    """How a directorate reckons with ways: its lead."""
    return bool(posts.lead_of)


def may_write_visit_logs(posts: Posts) -> bool:
    """Police, colleagues included, who go along or stand in; whose visits, queries decide."""
    return bool(posts.police)


def may_read_concern(posts: Posts, appointment: Appointment) -> bool:
    """Topic, note, needs and the officer's note: the directorate's, never the chamber's."""
    return appointment.police_id in posts.police


def may_note_outcome(posts: Posts, appointment: Appointment) -> bool:
    return appointment.police_id in posts.police


def outcome_is_due(appointment: Appointment, *, now: datetime.datetime) -> bool:
    """What is cancelled, expired or emptied has no outcome."""
    state = Appointment.State
    noted = (state.UNCONFIRMED, state.CONFIRMED, state.ATTENDED, state.MISSED)
    may_begin = outcome_may_begin(appointment, now=now)
    return may_begin and appointment.state in noted and appointment.emptied_at is None


def outcome_may_begin(appointment: Appointment, *, now: datetime.datetime) -> bool:
    """From the beginning of the talk on. Police who are earlier at a firm's door begin with the visit."""
    is_visit = appointment.mode == Appointment.Mode.ON_SITE
    return appointment.starts_at - (EARLY_AT_THE_DOOR if is_visit else datetime.timedelta()) <= now
