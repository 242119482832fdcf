from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = "Partnerschaft"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from partnership.administration.acts import ACTS, DETAILS, MAILS
        from partnership.administration.rules import may_open_administration
        from partnership.journal import register_acts
        from partnership.log_words import register_details
        from partnership.outbox import register_mails
        from partnership.workplace_nav import WorkplacePage, register_pages

        register_acts(ACTS)
        register_details(DETAILS)
        register_mails({"password_reset": _("Link für ein neues Passwort")} | MAILS)
        register_pages(
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
        )
