from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = "Partnerschaft"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from partnership import acts, firm_acts
        from partnership.administration import acts as administration_acts
        from partnership.administration.rules import may_open_administration
        from partnership.firm_belongings import Belonging, register_belongings
        from partnership.journal import register_acts
        from partnership.log_words import register_details
        from partnership.models import Site
        from partnership.outbox import register_mails
        from partnership.own_data import OWN_SOURCES, register_sources
        from partnership.rules import may_decide_erasures
        from partnership.workplace_nav import WorkplacePage, register_pages

        for words in (acts, administration_acts):
            register_acts(words.ACTS)
            register_mails(words.MAILS)
            register_details(words.DETAILS)
        register_acts(firm_acts.ACTS)
        register_details(firm_acts.DETAILS)
        register_belongings(Belonging(Site))
        register_sources(*OWN_SOURCES)
        register_pages(
            WorkplacePage(
                label=_("Löschbegehren"),
                url_name="workplace:erasures",
                order=87,
                is_for=may_decide_erasures,
            ),
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
