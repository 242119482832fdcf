from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _name_acts_and_mails()
        _follow_mails()
        _follow_people_firms_and_houses()
        _show_at_work()
        _own_photos()
        _keep_and_erase()


def _name_acts_and_mails() -> None:
    from consultations.acts import ACTS, ASKED_FOR, BY_FIRMS, CHAINED_ACTS, MAILS
    from consultations.log_words import DETAILS, REFERENCES
    from consultations.still_true import CHECKS
    from partnership.chained_log.words import register_chained_acts
    from partnership.journal import register_acts
    from partnership.log_words import register_details, register_references
    from partnership.outbox import register_asked_for, register_mails
    from partnership.timeline import register_outsiders

    register_acts(ACTS)
    register_chained_acts(CHAINED_ACTS)
    register_references(REFERENCES)
    register_details(DETAILS)
    register_mails(MAILS, still_true=CHECKS)
    register_asked_for(*ASKED_FOR)
    register_outsiders(_("Firma, über das Portal"), BY_FIRMS)


def _follow_mails() -> None:
    """What comes back to them, and who answers."""
    from consultations.answering import desk_of
    from consultations.calendar_answers import take_answer
    from consultations.lost_mails import call_instead, mark_request
    from partnership.mail_in.calendar_answers import when_calendar_answers
    from partnership.mail_in.replies import register_desks
    from partnership.mail_in.returns import when_mail_bounces

    register_desks(desk_of)
    when_mail_bounces(call_instead)
    when_mail_bounces(mark_request)
    when_calendar_answers(take_answer)


def _follow_people_firms_and_houses() -> None:
    from consultations.address_change import follow_to_new_address
    from consultations.closing import fit_room_claims
    from consultations.firm_appointments import lock_appointments_of_firms
    from consultations.models import Appointment, VisitRequest
    from consultations.queries import hosted_by
    from consultations.visit_reports.privacy import BELONGING
    from consultations.visits.own import lock_requests_of_firms
    from partnership.address_change import when_address_changes
    from partnership.closure_changes import when_closure_changes
    from partnership.firm_belongings import Belonging, register_belongings
    from partnership.known_firms import register_acquaintance

    register_acquaintance(hosted_by)
    when_address_changes(follow_to_new_address)
    when_closure_changes(fit_room_claims)
    register_belongings(
        Belonging(Appointment, lock=lock_appointments_of_firms),
        Belonging(VisitRequest, lock=lock_requests_of_firms),
        BELONGING,
    )


def _show_at_work() -> None:
    from consultations.figures import coming_times
    from consultations.menu import PAGES
    from consultations.open_tasks import open_tasks_of, planned
    from partnership.office_figures import register_office_figures
    from partnership.open_tasks import register_open_tasks, register_plans
    from partnership.workplace_nav import register_pages

    register_pages(*PAGES)
    register_office_figures(coming_times)
    register_open_tasks(open_tasks_of)
    register_plans(planned)


def _own_photos() -> None:
    """Whose the photos of requests, findings and of what was carried out are."""
    from consultations.models import Finding, Uptake, VisitRequest
    from consultations.visit_reports import photos as report_photos
    from consultations.visit_reports.uptake import MOST_PHOTOS
    from consultations.visits import photos as request_photos
    from partnership.photos.owners import register_owner

    register_owner(
        Finding,
        may_see=report_photos.may_see_photos,
        may_remove=report_photos.may_remove_photos,
        controller=lambda finding: finding.report.police,
    )
    register_owner(
        VisitRequest,
        may_see=request_photos.may_see_photos,
        may_remove=request_photos.may_remove_photos,
        controller=lambda request: request.police,
        most=request_photos.MOST_PHOTOS,
    )
    register_owner(
        Uptake,
        may_see=report_photos.may_see_uptake_photos,
        may_remove=report_photos.may_remove_uptake_photos,
        controller=lambda told: told.visit.request.police,
        most=MOST_PHOTOS,
    )


def _keep_and_erase() -> None:
    """What is told to whom it is about, for how long it stays, and how it goes."""
    from consultations.erasing import HOLDER
    from consultations.own_data import about_appointments
    from consultations.retention import (
        APPOINTMENT,
        HOLDABLES,
        KINDS,
        hold_with_appointments,
        keep_who_came,
    )
    from consultations.visit_reports import draft_privacy as report_drafts
    from consultations.visit_reports import privacy as reports
    from consultations.visit_reports.uptake_privacy import about_uptake
    from consultations.visits.privacy import HOLDER as VISITS_HOLDER
    from consultations.visits.privacy import KINDS as VISIT_KINDS
    from consultations.visits.privacy import REQUEST, about_requests, keep_who_asked
    from consultations.waiting.privacy import HOLDER as WAITING_HOLDER
    from consultations.waiting.privacy import about_waiting
    from partnership.erasing import register_holder
    from partnership.own_data import register_sources
    from partnership.retention.holds import register_holdables
    from partnership.retention.kinds import register_erasables, register_kinds

    register_sources(about_appointments, about_waiting, about_requests)
    register_sources(reports.about_reports, reports.about_report_points, about_uptake)
    register_sources(report_drafts.about_drafts)
    register_holder(reports.HOLDER)
    register_holder(report_drafts.HOLDER)  # before the requests by which drafts are found
    register_holder(WAITING_HOLDER)
    register_holder(VISITS_HOLDER)
    register_holder(HOLDER)
    register_kinds(*KINDS, *VISIT_KINDS, *reports.KINDS, report_drafts.KIND)
    register_erasables(APPOINTMENT, REQUEST, reports.REPORT)
    register_holdables(*HOLDABLES)
    hold_with_appointments()
    keep_who_came()
    keep_who_asked()
    reports.hold_with_visits()
