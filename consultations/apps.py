from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Beratung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from consultations.acts import ACTS, MAILS
        from consultations.figures import coming_times
        from consultations.log_words import DETAILS, REFERENCES
        from consultations.open_tasks import open_tasks_of, planned
        from consultations.rules import may_open_absences, may_open_desk, may_open_hours
        from consultations.vacancies import count_vacancies
        from partnership.journal import register_acts
        from partnership.log_words import register_details, register_references
        from partnership.office_figures import register_office_figures
        from partnership.open_tasks import register_open_tasks, register_plans
        from partnership.outbox import register_mails
        from partnership.workplace_nav import WorkplacePage, register_pages

        register_acts(ACTS)
        register_mails(MAILS)
        register_references(REFERENCES)
        register_details(DETAILS)
        register_office_figures(coming_times)
        register_open_tasks(open_tasks_of)
        register_plans(planned)
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
                label=_("Sprechtage"), url_name="appointments:hours", order=20, is_for=may_open_hours
            ),
            WorkplacePage(
                label=_("Abwesenheit"), url_name="appointments:absences", order=25, is_for=may_open_absences
            ),
            WorkplacePage(
                label=_("Termine"), url_name="appointments:appointments", order=30, is_for=may_open_hours
            ),
        )
