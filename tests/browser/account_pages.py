"""The frame, signing in, the own account and firm, and what is looked after there by staff."""

import datetime

from django.urls import reverse
from django.utils import timezone

from partnership.chained_log.writing import note_opening
from partnership.erasing import ask_for_erasure
from partnership.firm_contacts import invite_colleague
from partnership.links import issue_link
from partnership.models import PendingAddress, Person, SecretLink, Site
from partnership.second_factor_reset import ask_for_reset
from tests import factories
from tests.browser.addresses import Paths, under
from tests.personas import World

Purpose = SecretLink.Purpose

PAGES = {
    "visitor": [
        *("start", "imprint", "privacy", "accessibility", "contact"),
        *("account_login", "account_signup", "account_inactive", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key_done", "account_invitation"),
        *("account_request_login_code", "account_signup_sent"),
        *("account_signup_confirm", "account_confirm_address"),
        "own_firms:invitation",
    ],
    "alice": [
        *("account_home", "account_logout", "account_profile", "account_change_name"),
        *("account_reauthenticate_by_code", "mfa_index", "account_feeds"),
        *("account_data", "account_erasure", "own_firms:new", "own_firms:firm", "own_firms:change"),
        *("own_firms:leave", "own_firms:invite", "own_firms:site_new", "own_firms:site_change"),
        *("own_firms:site_remove", "own_firms:contact_phone", "own_firms:contact_remove"),
    ],
    "bert": ["workplace:erasures", "workplace:erasure", "workplace:erasure_carry_out"],
    "karl": [
        *("workplace:partners", "account_change_password", "account_reauthenticate", "mfa_reauthenticate"),
        *("account_profile", "workplace:second_factor_resets"),
    ],
    "dora": ["workplace:log", "workplace:retention", "workplace:lookups"],
    "theo": ["workplace:operations"],
}
QUERIES = {"workplace:lookups": ["", "?zweck=ST-123"]}
NO_PAGES = {
    # acts
    *("own_firms:invite_again", "account_erasure_withdraw", "workplace:erasure_refuse"),
    *("workplace:operations_try_mails", "photos:remove"),
    # files
    *("photos:photo", "security_txt", "calendar_feed", "workplace:retention_csv", "workplace:lookups_file"),
    # redirects, and what wants a mail's key
    *("workplace:home", "account_reset_password_from_key"),
    *("mfa_login_webauthn", "account_end_session"),
    *("workplace:second_factor_reset_confirm", "workplace:second_factor_reset_withdraw"),
    # right after a sign-in, or in the middle of one: test_sign_in.py walks through them
    *("account_confirm_login_code", "mfa_authenticate", "account_set_password", "account_new_address"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn"),
    *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    "mfa_reauthenticate_webauthn",
}


def paths(world: World) -> Paths:
    """Second factors to reset, addresses to confirm, somebody who wants to be forgotten, a firm."""
    world.karl.set_password("ein langer Satz")
    world.karl.save()
    opened = {"thing": "Beratungsprotokoll 2026-0001", "reference": "ST-123"}
    note_opening(organisation=world.police, actor=world.paula, act="log.exported", payload=opened)
    ask_for_reset(person=world.pia, asked_by=world.lea, reason="Telefon verloren")
    ask_for_reset(person=world.bert, asked_by=world.karl, reason="Telefon verloren")
    pending = PendingAddress.objects.create(email="jana@hollerbusch.example", name="Jana")
    new_address = PendingAddress.objects.create(person=world.carl, email="carl@neu.example")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    register = issue_link(thing=pending, purpose=Purpose.REGISTER, expires_at=tomorrow)
    address = issue_link(thing=new_address, purpose=Purpose.NEW_ADDRESS, expires_at=tomorrow)
    forgotten = Person.objects.get(email="gone@personen.example")
    request = ask_for_erasure(person=forgotten, partnership=world.partnership)
    part = request.parts.get(organisation=world.ihk)
    return {
        "account_signup_confirm": reverse("account_signup_confirm", args=[register]),
        "account_confirm_address": reverse("account_confirm_address", args=[address]),
        **under("workplace:erasure", ("", "_carry_out"), part.pk),
        **_own_firm(world),
    }


def _own_firm(world: World) -> Paths:
    """Alice's: with a site, a colleague and an invitation."""
    firm = factories.make_firm(world.alice, world.carl, chamber=world.ihk)
    site = Site.objects.create(firm=firm, name="Lager", street="Ring 1", postcode="04103", city="Leipzig")
    invited = invite_colleague(
        firm_id=firm.pk,
        name="Kim Beispiel",
        email="kim@personen.example",
        actor=world.alice,
        partnership=world.partnership,
    )
    token = issue_link(
        thing=invited,
        purpose=Purpose.FIRM_INVITATION,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    contact = firm.contacts.get(person=world.carl)
    return {
        **under("own_firms:", ("firm", "change", "leave", "invite", "site_new"), firm.pk),
        **under("own_firms:site_", ("change", "remove"), firm.pk, site.pk),
        **under("own_firms:contact_", ("phone", "remove"), firm.pk, contact.pk),
        "own_firms:invitation": reverse("own_firms:invitation", args=[token]),
    }
