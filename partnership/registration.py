"""Registration: an address is written down, its mailbox is proven, and only then there is a password.

Whoever registers with somebody else's address therefore leaves nothing behind that works
(docs/decisions/0010).
"""

import datetime

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import account_mails
from partnership.blocked_addresses import mailbox_is_proven
from partnership.journal import log_act
from partnership.links import issue_link, revoke_links
from partnership.models import Partnership, PendingAddress, Person, SecretLink
from partnership.refusals import Refusal

LINK_LASTS = datetime.timedelta(hours=24)


class LinkEnded(Refusal):
    pass


@transaction.atomic
def ask_to_register(*, partnership: Partnership, email: str, name: str) -> None:
    """The mail's link leads on; to an address with a password goes the way to sign in instead.

    A person made by a confirmed booking has no password and is found again by the link.
    """
    email = email.strip().lower()
    person = Person.objects.filter(email=email).first()
    if person and not person.is_active:
        return
    if person and person.has_usable_password():
        account_mails.say_account_exists(partnership=partnership, person=person)
        return
    pending = PendingAddress.objects.create(email=email, name=name)
    token = issue_link(
        thing=pending, purpose=SecretLink.Purpose.REGISTER, expires_at=timezone.now() + LINK_LASTS
    )
    account_mails.send_registration(partnership=partnership, pending=pending, token=token)


@transaction.atomic
def register(*, pending_id: int, password: str) -> Person:
    """The mailbox is proven: the person gets the password and can sign in."""
    pending = PendingAddress.objects.select_for_update().filter(pk=pending_id, person=None).first()
    if pending is None:
        raise LinkEnded(_("Dieser Link gilt nicht mehr. Registrieren Sie sich noch einmal."))
    without_password = {"name": pending.name, "password": make_password(None)}
    found, _created = Person.objects.get_or_create(email=pending.email, defaults=without_password)
    person = Person.objects.select_for_update(no_key=True).get(pk=found.pk)
    if person.has_usable_password() or not person.is_active:
        raise LinkEnded(_("Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an."))
    person.name = person.name or pending.name
    person.set_password(password)
    person.save(update_fields=["name", "password"])
    forget_pending(PendingAddress.objects.filter(email=pending.email, person=None))
    mailbox_is_proven(person.email)
    log_act(act="account.registered", thing=person, actor=person)
    return person


def forget_pending(rows: models.QuerySet[PendingAddress]) -> None:
    for pending in rows:
        revoke_links(thing=pending)
        pending.delete()
