"""Who speaks for a firm: invited by a confirmed contact, confirmed by the mail's link, removed, gone."""

import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import firm_mails as mails
from partnership.blocked_addresses import mailbox_is_proven
from partnership.firms import lock_firm, lock_heir, own_contact
from partnership.journal import log_act
from partnership.links import issue_link, revoke_links
from partnership.models import Firm, FirmContact, Partnership, Person, SecretLink
from partnership.refusals import Refusal

INVITED_FOR = datetime.timedelta(days=7)
OPEN_INVITATIONS = 10
Purpose = SecretLink.Purpose


def person_behind(*, email: str, name: str) -> Person:
    """The person of a confirmed address; without a password if nobody knew it before."""
    unusable = {"name": name, "password": make_password(None)}
    person, _created = Person.objects.get_or_create(email=email.strip().lower(), defaults=unusable)
    return person


def firm_known_to(*, email: str, name: str) -> Firm | None:
    """The firm of that name, or what it was merged into, that lists the address among its contacts."""
    named = Q(firm__name__iexact=name) | Q(firm__merged__name__iexact=name)
    contacts = FirmContact.objects.filter(named, email__iexact=email)
    confirmed_first = contacts.order_by(F("email_confirmed_at").asc(nulls_last=True), "pk")
    firm_id = confirmed_first.values_list("firm", flat=True).first()
    return lock_heir(firm_id) if firm_id else None


@transaction.atomic
def invite_colleague(
    *, firm_id: int, name: str, email: str, actor: Person, partnership: Partnership, language: str = "de"
) -> FirmContact:
    """An entry without rights, and a mail whose link gives them. Says nothing of accounts."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    contacts = FirmContact.objects.filter(firm=firm)
    known = contacts.filter(email__iexact=email).first()
    if known and known.email_confirmed_at:
        raise Refusal(_("Wer diese Adresse hat, spricht schon für die Firma."))
    if known:
        raise Refusal(_("Diese Adresse ist schon eingeladen. Senden Sie die Einladung noch einmal."))
    if contacts.filter(email_confirmed_at__isnull=True).count() >= OPEN_INVITATIONS:
        raise Refusal(
            _("Zehn Einladungen sind noch offen. Ziehen Sie eine zurück, bevor Sie weitere senden.")
        )
    contact = FirmContact.objects.create(firm=firm, name=name, email=email.strip().lower())
    _send_invitation(contact, firm=firm, actor=actor, partnership=partnership, language=language)
    return contact


@transaction.atomic
def invite_again(
    *, firm_id: int, contact_id: int, actor: Person, partnership: Partnership, language: str = "de"
) -> FirmContact:
    """A new link for seven days; the earlier one ends."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    contact = _contact_of(firm, contact_id)
    if contact.email_confirmed_at:
        raise Refusal(_("Die Einladung ist schon angenommen."))
    _send_invitation(contact, firm=firm, actor=actor, partnership=partnership, language=language)
    return contact


@transaction.atomic
def accept_invitation(*, contact_id: int) -> FirmContact:
    """The link proves the address: whoever has it speaks for the firm from now on. Twice changes nothing."""
    contact = FirmContact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise Refusal(_("Diese Einladung wurde zurückgezogen. Fragen Sie, wer Sie eingeladen hat."))
    firm = lock_firm(contact.firm_id)
    contact = _contact_of(firm, contact_id)
    if firm.merged_into_id:
        raise Refusal(_("Diese Firma wird hier nicht mehr geführt. Lassen Sie sich neu einladen."))
    if contact.email_confirmed_at:
        return contact
    contact.person = person_behind(email=contact.email, name=contact.name)
    contact.email_confirmed_at = timezone.now()
    contact.save(update_fields=["person", "email_confirmed_at"])
    mailbox_is_proven(contact.email)
    log_act(act="firm.contact_confirmed", thing=firm, actor=contact.person, organisation=firm.chamber)
    return contact


@transaction.atomic
def change_phone(*, firm_id: int, contact_id: int, phone: str, actor: Person) -> FirmContact:
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    contact = _contact_of(firm, contact_id)
    contact.phone = phone
    contact.save(update_fields=["phone"])
    log_act(act="firm.contact_changed", thing=firm, actor=actor, organisation=firm.chamber)
    return contact


@transaction.atomic
def remove_contact(*, firm_id: int, contact_id: int, actor: Person) -> None:
    """Take the rights of a colleague, or an invitation back. Whoever removes stays: one is always left."""
    firm = lock_firm(firm_id)
    own = own_contact(firm, actor)
    contact = _contact_of(firm, contact_id)
    if contact == own:
        raise Refusal(_("Das sind Sie selbst. Wählen Sie „Firma verlassen“, wenn Sie gehen möchten."))
    act = "firm.contact_removed" if contact.email_confirmed_at else "firm.invitation_withdrawn"
    _delete(contact)
    log_act(act=act, thing=firm, actor=actor, organisation=firm.chamber)


@transaction.atomic
def leave_firm(*, firm_id: int, actor: Person) -> None:
    """Give up one's own rights; the last one who speaks for a firm cannot."""
    firm = lock_firm(firm_id)
    own = own_contact(firm, actor)
    if not others_who_speak(firm, besides=actor):
        raise Refusal(_("Außer Ihnen spricht niemand für diese Firma. Laden Sie zuerst jemanden ein."))
    _delete(own)
    log_act(act="firm.contact_left", thing=firm, actor=actor, organisation=firm.chamber)


def others_who_speak(firm: Firm, *, besides: Person) -> bool:
    return (
        FirmContact.objects.filter(firm=firm, email_confirmed_at__isnull=False, person__isnull=False)
        .exclude(person=besides)
        .exists()
    )


def _send_invitation(
    contact: FirmContact, *, firm: Firm, actor: Person, partnership: Partnership, language: str
) -> None:
    now = timezone.now()
    contact.invited_at, contact.invited_by = now, actor
    contact.save(update_fields=["invited_at", "invited_by"])
    revoke_links(thing=contact)
    token = issue_link(thing=contact, purpose=Purpose.FIRM_INVITATION, expires_at=now + INVITED_FOR)
    log_act(act="firm.contact_invited", thing=firm, actor=actor, organisation=firm.chamber)
    mails.invite_to_firm(
        contact,
        inviter=actor,
        partnership=partnership,
        token=token,
        ends=now + INVITED_FOR,
        language=language,
    )


def _contact_of(firm: Firm, contact_id: int) -> FirmContact:
    contact = FirmContact.objects.filter(firm=firm, pk=contact_id).first()
    if contact is None:
        raise Refusal(_("Diese Person spricht nicht mehr für die Firma. Laden Sie die Seite der Firma neu."))
    return contact


def _delete(contact: FirmContact) -> None:
    revoke_links(thing=contact)
    contact.delete()
