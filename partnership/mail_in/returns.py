"""A mail that did not arrive: noted, apps told, the address blocked where it is to blame."""

import datetime
from collections.abc import Callable

from django.utils import timezone

from partnership.blocked_addresses import block_address
from partnership.models import BlockedAddress, OutgoingMail, ReceivedMail

Kind = ReceivedMail.Kind
SOFT_ONES, WITHIN = 3, datetime.timedelta(days=14)
"""So many mails that did not arrive for now block the address, too."""

MailLost = Callable[[OutgoingMail], None]
_hooks: list[MailLost] = []


def when_mail_bounces(hook: MailLost) -> None:
    """Apps say in `ready()` what is done instead. It runs in the transaction that notes it, before anything
    else there is locked but the note itself."""
    _hooks.append(hook)


def tell_lost(mail: OutgoingMail) -> None:
    for hook in _hooks:
        hook(mail)


def take_return(mail: OutgoingMail, *, kind: ReceivedMail.Kind, status: str) -> None:
    """Call it once the `ReceivedMail` stands. A late one is no news."""
    if kind not in ReceivedMail.NOT_DELIVERED or not mail.to_email:
        return
    tell_lost(mail)
    if kind == Kind.HARD or _soft_ones(mail.to_email) >= SOFT_ONES:
        block_address(mail=mail, status=status)


def _soft_ones(address: str) -> int:
    """Since the address was last lifted, so that one mail alone does not block it again."""
    since = timezone.now() - WITHIN
    lifted = BlockedAddress.objects.filter(address=address.lower(), lifted_at__gt=since)
    latest = lifted.order_by("-lifted_at").values_list("lifted_at", flat=True).first()
    return ReceivedMail.objects.filter(
        kind=Kind.SOFT, outgoing__to_email__iexact=address, received_at__gt=latest or since
    ).count()
