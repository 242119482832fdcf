from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from consultations.acts import ACTS, MAILS
        from consultations.address_change import follow_to_new_address
        from consultations.calls import count_calls
        from consultations.closing import fit_room_claims
        from consultations.erasing import HOLDER
        from consultations.figures import coming_times
        from consultations.firm_appointments import lock_hours_of_firms
        from consultations.log_words import DETAILS, REFERENCES
        from consultations.models import Appointment
        from consultations.open_tasks import open_tasks_of, planned
        from consultations.own_data import about_appointments
        from consultations.rules import (
            may_open_absences,
            may_open_calls,
            may_open_desk,
            may_open_hours,
            may_read_numbers,
        )
        from consultations.vacancies import count_vacancies
        from partnership.address_change import when_address_changes
        from partnership.closure_changes import when_closure_changes
        from partnership.erasing import register_holder
        from partnership.firm_belongings import Belonging, register_belongings
        from partnership.journal import register_acts
        from partnership.log_words import register_details, register_references
        from partnership.office_figures import register_office_figures
        from partnership.open_tasks import register_open_tasks, register_plans
        from partnership.outbox import register_mails
        from partnership.own_data import register_sources
        from partnership.workplace_nav import WorkplacePage, register_pages

        register_acts(ACTS)
        register_mails(MAILS)
        register_references(REFERENCES)
        register_details(DETAILS)
        register_office_figures(coming_times)
        register_belongings(Belonging(Appointment, lock=lock_hours_of_firms))
        register_open_tasks(open_tasks_of)
        register_plans(planned)
        when_address_changes(follow_to_new_address)
        when_closure_changes(fit_room_claims)
        register_sources(about_appointments)
        register_holder(HOLDER)
        register_pages(
            WorkplacePage(
                label=_("Heute"),
                url_name="appointments:today",
                order=5,
                is_for=lambda posts: bool(posts.police),
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
            WorkplacePage(label=_("Firmen"), url_name="appointments:firms", order=18, is_for=may_open_desk),
            WorkplacePage(
                label=_("Sprechtage"), url_name="appointments:hours", order=20, is_for=may_open_hours
            ),
            WorkplacePage(
                label=_("Abwesenheit"), url_name="appointments:absences", order=25, is_for=may_open_absences
            ),
            WorkplacePage(
                label=_("Termine"), url_name="appointments:appointments", order=30, is_for=may_open_hours
            ),
            WorkplacePage(
                label=_("Zahlen"), url_name="appointments:numbers", order=82, is_for=may_read_numbers
            ),
        )
