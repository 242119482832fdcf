from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Veranstaltungen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _name_acts_and_mails()
        _show_at_work()


def _name_acts_and_mails() -> None:
    from forums.acts import ACTS, MAILS
    from forums.log_words import DETAILS, REFERENCES
    from forums.waiting.still_true import CHECKS as WAITING_CHECKS
    from partnership.journal import register_acts
    from partnership.log_words import register_details, register_references
    from partnership.outbox import register_mails

    register_acts(ACTS)
    register_references(REFERENCES)
    register_details(DETAILS)
    register_mails(MAILS, still_true=WAITING_CHECKS)


def _show_at_work() -> None:
    from forums.menu import PAGES
    from partnership.workplace_nav import register_pages

    register_pages(*PAGES)
