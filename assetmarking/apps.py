from django.apps import AppConfig


class AssetmarkingConfig(AppConfig):
    name = "assetmarking"
    verbose_name = "Kennzeichnung"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _name_acts_and_mails()
        _own_photos()
        _show_opened_photos()
        _follow_firms()
        _follow_mails()
        _show_at_work()
        _keep_and_erase()


def _name_acts_and_mails() -> None:
    from assetmarking.acts import ACTS, ASKED_FOR, CHAINED_ACTS, MAILS
    from assetmarking.log_words import DETAILS, REFERENCES
    from assetmarking.transferring.mails import CHECKS
    from partnership.chained_log.words import register_chained_acts
    from partnership.journal import register_acts
    from partnership.log_words import register_details, register_references
    from partnership.outbox import register_asked_for, register_mails

    register_acts(ACTS)
    register_chained_acts(CHAINED_ACTS)
    register_references(REFERENCES)
    register_details(DETAILS)
    register_mails(MAILS, still_true=CHECKS)
    register_asked_for(*ASKED_FOR)


def _own_photos() -> None:
    from assetmarking.models import Asset
    from assetmarking.recording.photos import MOST_PHOTOS, is_own, may_see_photos
    from partnership.photos.owners import register_owner

    register_owner(
        Asset,
        may_see=may_see_photos,
        may_remove=is_own,
        controller=lambda _asset: None,
        most=MOST_PHOTOS,
    )


def _show_opened_photos() -> None:
    from assetmarking.recording.photos import let_see
    from assetmarking.searching.opening import may_see_opened

    let_see(may_see_opened)


def _follow_firms() -> None:
    from assetmarking.recording.belonging import BELONGINGS
    from partnership.firm_belongings import register_belongings

    register_belongings(*BELONGINGS)


def _follow_mails() -> None:
    """What comes back to them, and what is replied."""
    from assetmarking.finding.mails import mark_lost, take_reply
    from partnership.mail_in.replies import register_relay
    from partnership.mail_in.returns import when_mail_bounces

    register_relay(take_reply)
    when_mail_bounces(mark_lost)


def _show_at_work() -> None:
    from assetmarking.menu import PAGES
    from partnership.workplace_nav import register_pages

    register_pages(*PAGES)


def _keep_and_erase() -> None:
    """What is told to whom it is about, for how long it stays, and how it goes."""
    from assetmarking.privacy.erasing import HOLDER, forget
    from assetmarking.privacy.own import SOURCES
    from assetmarking.privacy.retention import HELD_REPORT, KINDS, REPORT, keep_owners_of_things
    from partnership.erasing import register_forgetting, register_holder
    from partnership.own_data import register_sources
    from partnership.retention.holds import register_holdables
    from partnership.retention.kinds import register_erasables, register_kinds

    register_sources(*SOURCES)
    register_holder(HOLDER)
    register_forgetting(forget)
    register_kinds(*KINDS)
    register_erasables(REPORT)
    register_holdables(HELD_REPORT)
    keep_owners_of_things()
