from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Veranstaltungen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _name_acts_and_mails()
        _follow_mails()
        _follow_people_and_firms()
        _show_at_work()
        _show_on_start_page()
        _keep_and_erase()


def _name_acts_and_mails() -> None:
    from forums.acts import ACTS, ASKED_FOR, BY_PARTICIPANTS, MAILS
    from forums.inviting.mails import CHECKS as INVITING_CHECKS
    from forums.log_words import DETAILS, REFERENCES
    from forums.registering.still_true import CHECKS
    from forums.waiting.still_true import CHECKS as WAITING_CHECKS
    from partnership.journal import register_acts
    from partnership.log_words import register_details, register_references
    from partnership.outbox import register_asked_for, register_mails
    from partnership.timeline import register_outsiders

    register_acts(ACTS)
    register_references(REFERENCES)
    register_details(DETAILS)
    register_outsiders(_("über das Portal"), BY_PARTICIPANTS)
    register_mails(MAILS, still_true=CHECKS | WAITING_CHECKS | INVITING_CHECKS)
    register_asked_for(*ASKED_FOR)


def _follow_mails() -> None:
    """What comes back to them, and who answers."""
    from forums.inviting.mails import mark_lost as mark_invitation_lost
    from forums.registering.coming_back import desk_of, mark_lost, take_answer
    from partnership.mail_in.calendar_answers import when_calendar_answers
    from partnership.mail_in.replies import register_desks
    from partnership.mail_in.returns import when_mail_bounces

    register_desks(desk_of)
    when_mail_bounces(mark_lost)
    when_mail_bounces(mark_invitation_lost)
    when_calendar_answers(take_answer)


def _follow_people_and_firms() -> None:
    from forums.models import Registration
    from forums.queries import registered_with
    from forums.registering.own import follow_to_new_address, lock_registrations_of_firms
    from partnership.address_change import when_address_changes
    from partnership.firm_belongings import Belonging, register_belongings
    from partnership.known_firms import register_acquaintance

    register_acquaintance(registered_with)
    when_address_changes(follow_to_new_address)
    register_belongings(Belonging(Registration, lock=lock_registrations_of_firms))


def _show_at_work() -> None:
    from forums.menu import PAGES
    from partnership.workplace_nav import register_pages

    register_pages(*PAGES)


def _show_on_start_page() -> None:
    from forums.calendar.start import next_events
    from partnership.start_sections import register_start_section

    register_start_section(next_events)


def _keep_and_erase() -> None:
    """What is told to whom it is about, for how long it stays, and how it goes."""
    from forums.privacy.own import (
        HOLDER,
        about_certificates,
        about_invitations,
        about_registrations,
    )
    from forums.privacy.retention import CERTIFICATE, KINDS, REGISTRATION, keep_who_takes_part
    from partnership.erasing import register_holder
    from partnership.own_data import register_sources
    from partnership.retention.kinds import register_erasables, register_kinds

    register_sources(about_registrations, about_certificates, about_invitations)
    register_holder(HOLDER)
    register_kinds(*KINDS)
    register_erasables(REGISTRATION, CERTIFICATE)
    keep_who_takes_part()
