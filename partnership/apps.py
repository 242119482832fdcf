from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = "Partnerschaft"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from partnership.acts import ACTS, MAILS
        from partnership.journal import register_acts
        from partnership.outbox import register_mails
        from partnership.own_data import OWN_SOURCES, register_sources
        from partnership.rules import may_decide_erasures
        from partnership.workplace_nav import WorkplacePage, register_pages

        register_acts(ACTS)
        register_mails(MAILS)
        register_sources(*OWN_SOURCES)
        register_pages(
            WorkplacePage(
                label=_("Löschbegehren"),
                url_name="workplace:erasures",
                order=85,
                is_for=may_decide_erasures,
            ),
            WorkplacePage(
                label=_("Partner"),
                url_name="workplace:partners",
                order=80,
                is_for=lambda posts: bool(posts.coordinates),
            ),
            WorkplacePage(
                label=_("Protokoll"),
                url_name="workplace:log",
                order=90,
                is_for=lambda posts: bool(posts.auditor_of),
            ),
        )
