"""What a person writes back goes to whoever can answer. The portal itself keeps nothing of it."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model
from django.db.models.functions import Lower
from django.utils import timezone

from partnership.blocked_addresses import block_of
from partnership.mail_in.letters import Letter
from partnership.mail_in.return_address import is_return_address
from partnership.models import OutgoingMail, Partnership, Post
from partnership.outbox import mail_label, queue_mail
from partnership.times import long_moment

READ_BY_US = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")

Desk = Callable[[Model], tuple[str, str] | None]
"""A thing of a mail -> the address that answers for it, and its page at the workplace; None if unknown."""
_desks: list[Desk] = []
Relay = Callable[[OutgoingMail], bool]
"""A mail that is replied to -> whether it was relayed, and whoever wrote has been told how to answer."""
_relays: list[Relay] = []


def register_desks(desk: Desk) -> None:
    """Apps say in `ready()` who answers for their things."""
    _desks.append(desk)


def register_relay(relay: Relay) -> None:
    """Apps say in `ready()` which of their mails stand between two who do not know each other's address: a
    reply by mail would show it, and is nobody else's to read."""
    _relays.append(relay)


def forward_reply(letter: Letter, mail: OutgoingMail | None) -> OutgoingMail | None:
    """None where it is for nobody of us, or comes from ourselves."""
    partnership = mail.partnership if mail else partnership_written_to(letter)
    if partnership is None or is_own_address(letter.sender[1]):
        return None
    if mail and any(relay(mail) for relay in _relays):
        return None
    address, page = _desk_of(mail)
    to_email = _first_usable([address, partnership.email, *_coordinators(partnership)], letter)
    if not to_email:
        return None
    return queue_mail(
        partnership=partnership,
        kind="reply_forwarded",
        to_email=to_email,
        content=_content(letter, mail, page),
        thing=mail.thing if mail else None,
    )


def partnership_written_to(letter: Letter) -> Partnership | None:
    """Whose sender address the letter was sent to."""
    named = {address.lower() for address in letter.addresses(*READ_BY_US)}
    rows = Partnership.objects.annotate(sender=Lower("sender_email")).filter(sender__in=named)
    return rows.order_by("pk").first()


def is_own_address(address: str) -> bool:
    return is_return_address(address) or Partnership.objects.filter(sender_email__iexact=address).exists()


def _desk_of(mail: OutgoingMail | None) -> tuple[str, str]:
    if mail and mail.thing:
        for desk in _desks:
            if found := desk(mail.thing):
                return found
    return "", ""


def _coordinators(partnership: Partnership) -> list[str]:
    """Who is left when contact address and sender are one mailbox."""
    posts = Post.objects.in_force().filter(role=Post.Role.COORDINATOR, partnership=partnership)
    return list(posts.order_by("pk").values_list("person__email", flat=True))


def _first_usable(addresses: Iterable[str], letter: Letter) -> str:
    """Neither blocked, nor the writer's own, nor one whose mail comes back here."""
    for address in addresses:
        is_the_writer = address.lower() == letter.sender[1]
        if address and not is_the_writer and not is_own_address(address) and block_of(address) is None:
            return address
    return ""


def _content(letter: Letter, mail: OutgoingMail | None, page: str) -> dict[str, object]:
    """What the person wrote goes from the row with the sending: `outbox.SECRETS`."""
    name, address = letter.sender
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    return {
        "about": mail_label(mail.kind) if mail else "",
        "when": long_moment(timezone.now()),
        "page": page,
        "writer_written": f"{name} <{address}>" if name else address,
        "reply_to_written": address,
        "subject_written": letter.subject[:150],
        "text_written": letter.text.strip(),
        "attachments_written": letter.attachments[:20],
    }
