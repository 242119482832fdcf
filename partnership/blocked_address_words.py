"""Blocked addresses as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.blocked_addresses import block_of
from partnership.mail_in.statuses import words_of
from partnership.models import BlockedAddress
from partnership.outbox import mail_label
from partnership.times import short_moment


@dataclass(frozen=True, slots=True)
class BlockRow:
    """`mail` is what kind of mail came back."""

    key: int
    address: str
    since: str
    why: str
    mail: str
    sentence: str


def describe_block(address: str) -> BlockRow | None:
    """None for an address that mails go to."""
    block = block_of(address)
    return lay_out_blocks([block])[0] if block else None


def lay_out_blocks(blocks: Iterable[BlockedAddress]) -> list[BlockRow]:
    return [_row(block) for block in blocks]


def _row(block: BlockedAddress) -> BlockRow:
    since, why = short_moment(block.since), words_of(block.status)
    return BlockRow(
        key=block.pk,
        address=block.address,
        since=since,
        why=why,
        mail=mail_label(block.mail.kind) if block.mail else "",
        sentence=_("%(why)s, seit %(since)s. Bis jemand die Adresse geprüft hat, geht nichts dorthin.")
        % {"why": why, "since": since},
    )
