"""A new e-mail address: it counts once its mailbox is proven; the old one is told."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import account_mails
from partnership.account_changes import organisation_of, partnership_of
from partnership.blocked_addresses import mailbox_is_proven
from partnership.journal import log_act
from partnership.links import issue_link, revoke_links
from partnership.models import FirmContact, Partnership, PendingAddress, Person, SecretLink
from partnership.refusals import Refusal
from partnership.registration import LINK_LASTS, LinkEnded, forget_pending

AddressChanged = Callable[[Person, str], None]
"""A person, who has the new address already, and the old one."""
_hooks: list[AddressChanged] = []


def when_address_changes(hook: AddressChanged) -> None:
    """Apps name in `ready()` what of theirs goes along; it runs inside the change's transaction."""
    _hooks.append(hook)


@transaction.atomic
def ask_for_address(*, partnership: Partnership, person: Person, email: str) -> None:
    """The page says the same whether or not somebody has that address: its owner is told by mail."""
    email = email.strip().lower()
    if email == person.email:
        raise Refusal(_("Das ist die Adresse, mit der Sie sich schon anmelden."))
    forget_pending(PendingAddress.objects.filter(person=person))
    other = Person.objects.filter(email=email).first()
    if other:
        account_mails.say_account_exists(partnership=partnership, person=other)
        return
    pending = PendingAddress.objects.create(person=person, email=email, name=person.name)
    token = issue_link(
        thing=pending, purpose=SecretLink.Purpose.NEW_ADDRESS, expires_at=timezone.now() + LINK_LASTS
    )
    account_mails.ask_to_confirm_address(partnership=partnership, pending=pending, token=token)


def _take_contacts_along(person: Person, old_email: str) -> None:
    """A firm that has written the new address down as well knows the person twice: one entry stays.

    An entry that was not confirmed gets no rights by this.
    """
    own = FirmContact.objects.filter(person=person, email__iexact=old_email)
    twice = FirmContact.objects.filter(firm__in=own.values("firm"), email__iexact=person.email)
    for contact in twice.exclude(pk__in=own.values("pk")):
        revoke_links(thing=contact)
        contact.delete()
    own.filter(email_confirmed_at__isnull=False).update(email_confirmed_at=timezone.now())
    own.update(email=person.email)


@transaction.atomic
def change_address(*, pending_id: int) -> Person:
    """The old address is told. What apps have bound to it goes along or ends: `when_address_changes`."""
    pending = PendingAddress.objects.select_for_update().filter(pk=pending_id, person__isnull=False).first()
    if pending is None or pending.person_id is None:
        raise LinkEnded(_("Dieser Link gilt nicht mehr. Geben Sie die neue Adresse noch einmal an."))
    person = Person.objects.select_for_update(no_key=True).get(pk=pending.person_id)
    old, person.email = person.email, pending.email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        raise Refusal(_("Diese Adresse gehört inzwischen zu einem anderen Konto.")) from None
    _take_contacts_along(person, old)
    for hook in _hooks:
        hook(person, old)
    forget_pending(PendingAddress.objects.filter(person=person))
    mailbox_is_proven(person.email)
    log_act(act="account.address_changed", thing=person, actor=person, organisation=organisation_of(person))
    partnership = partnership_of(person)
    if partnership:
        account_mails.say_address_changed(partnership=partnership, person=person, old_email=old)
    return person
