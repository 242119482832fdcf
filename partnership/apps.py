from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = "Partnerschaft"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from partnership import acts, firm_acts
        from partnership.administration import acts as administration_acts
        from partnership.chained_log import retention as chained_retention
        from partnership.chained_log import words as chained_words
        from partnership.chained_log.own import about_lookups
        from partnership.checks import check_erasure_list
        from partnership.firm_belongings import Belonging, register_belongings
        from partnership.journal import register_acts
        from partnership.log_words import register_details, register_references
        from partnership.menu import PAGES
        from partnership.models import LogSegment, Site
        from partnership.outbox import register_asked_for, register_mails
        from partnership.own_data import OWN_SOURCES, register_sources
        from partnership.photos import retention as photo_retention
        from partnership.publications import acts as publication_acts
        from partnership.publications import own_pictures
        from partnership.retention import contacts, traces
        from partnership.retention.holds import register_holdables
        from partnership.retention.kinds import register_erasables, register_kinds
        from partnership.workplace_nav import register_pages

        checks.register(check_erasure_list, deploy=True)
        for words in (acts, administration_acts, publication_acts):
            register_acts(words.ACTS)
            register_mails(words.MAILS)
            register_details(words.DETAILS)
        register_asked_for(*acts.ASKED_FOR)
        chained_words.register_chained_acts(chained_words.ACTS)
        register_mails(chained_words.MAILS)
        register_details(chained_words.DETAILS)
        register_references({LogSegment: "year"})
        register_acts(firm_acts.ACTS)
        register_details(firm_acts.DETAILS)
        register_belongings(Belonging(Site), contacts.HOLDS)
        register_sources(*OWN_SOURCES, about_lookups)
        register_pages(*PAGES)
        register_kinds(*contacts.KINDS, *traces.KINDS, *chained_retention.KINDS, *photo_retention.KINDS)
        register_erasables(contacts.CONTACT, contacts.PERSON, contacts.FIRM)
        contacts.hold_with_firms()
        own_pictures.hang_pictures_in_chapters()
        register_holdables(chained_retention.HELD_SEGMENT)
        chained_retention.hold_with_segments()
