from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from consultations.acts import ACTS, ASKED_FOR, MAILS
        from consultations.address_change import follow_to_new_address
        from consultations.answering import desk_of
        from consultations.calendar_answers import take_answer
        from consultations.closing import fit_room_claims
        from consultations.erasing import HOLDER
        from consultations.figures import coming_times
        from consultations.firm_appointments import lock_hours_of_firms
        from consultations.log_words import DETAILS, REFERENCES
        from consultations.lost_mails import call_instead
        from consultations.menu import PAGES
        from consultations.models import Appointment
        from consultations.open_tasks import open_tasks_of, planned
        from consultations.own_data import about_appointments
        from consultations.retention import (
            APPOINTMENT,
            HOLDABLES,
            KINDS,
            hold_with_appointments,
            keep_who_came,
        )
        from consultations.still_true import CHECKS
        from consultations.waiting_privacy import HOLDER as WAITING_HOLDER
        from consultations.waiting_privacy import about_waiting
        from partnership.address_change import when_address_changes
        from partnership.closure_changes import when_closure_changes
        from partnership.erasing import register_holder
        from partnership.firm_belongings import Belonging, register_belongings
        from partnership.journal import register_acts
        from partnership.log_words import register_details, register_references
        from partnership.mail_in.calendar_answers import when_calendar_answers
        from partnership.mail_in.replies import register_desks
        from partnership.mail_in.returns import when_mail_bounces
        from partnership.office_figures import register_office_figures
        from partnership.open_tasks import register_open_tasks, register_plans
        from partnership.outbox import register_asked_for, register_mails
        from partnership.own_data import register_sources
        from partnership.retention.holds import register_holdables
        from partnership.retention.kinds import register_erasables, register_kinds
        from partnership.workplace_nav import register_pages

        register_acts(ACTS)
        register_asked_for(*ASKED_FOR)
        register_desks(desk_of)
        when_mail_bounces(call_instead)
        when_calendar_answers(take_answer)
        register_mails(MAILS, still_true=CHECKS)
        register_references(REFERENCES)
        register_details(DETAILS)
        register_office_figures(coming_times)
        register_belongings(Belonging(Appointment, lock=lock_hours_of_firms))
        register_open_tasks(open_tasks_of)
        register_plans(planned)
        when_address_changes(follow_to_new_address)
        when_closure_changes(fit_room_claims)
        register_sources(about_appointments, about_waiting)
        register_holder(WAITING_HOLDER)
        register_holder(HOLDER)
        register_pages(*PAGES)
        register_kinds(*KINDS)
        register_erasables(APPOINTMENT)
        register_holdables(*HOLDABLES)
        hold_with_appointments()
        keep_who_came()
