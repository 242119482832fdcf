"""Addresses that mails came back from. Nothing is sent there until somebody says so (docs/decisions/0017)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from partnership.administration.changes import log_in_members
from partnership.journal import log_act
from partnership.models import BlockedAddress, Organisation, OutgoingMail, Person
from partnership.rules import Posts


def blocks_visible_to(posts: Posts) -> QuerySet[BlockedAddress]:
    """A coordinator's: those in force, latest first."""
    return BlockedAddress.objects.filter(
        partnership__in=posts.coordinates, lifted_at__isnull=True
    ).select_related("mail", "partnership")


def block_of(address: str) -> BlockedAddress | None:
    return BlockedAddress.objects.filter(address=address.lower(), lifted_at__isnull=True).first()


def blocked_among(addresses: Iterable[str]) -> set[str]:
    """In lower case."""
    lower = {address.lower() for address in addresses}
    rows = BlockedAddress.objects.filter(address__in=lower, lifted_at__isnull=True)
    return set(rows.values_list("address", flat=True))


def block_address(*, mail: OutgoingMail, status: str) -> BlockedAddress:
    """Once, however many mails come back. Call it last in a transaction: others wait at the same address."""
    block, is_new = BlockedAddress.objects.get_or_create(
        address=mail.to_email.lower(),
        lifted_at=None,
        defaults={"partnership": mail.partnership, "status": status, "mail": mail},
    )
    if is_new:
        log_in_members(act="address.blocked", thing=block, partnership=mail.partnership, actor=None)
    return block


@transaction.atomic
def lift_block(*, block_id: int, actor: Person) -> None:
    """By the coordination or a technician. Somebody else may have been quicker."""
    block = BlockedAddress.objects.select_for_update(no_key=True).get(pk=block_id)
    if block.lifted_at is None:
        _lift(block, actor)
        log_in_members(act="address.lifted", thing=block, partnership=block.partnership, actor=actor)


def lift_block_of(*, address: str, actor: Person, organisation: Organisation | None) -> None:
    """By whoever has spoken with its owner; call it inside the act's transaction."""
    if block := _lock(address):
        _lift(block, actor)
        log_act(act="address.lifted", thing=block, actor=actor, organisation=organisation)


def mailbox_is_proven(address: str) -> None:
    """Its owner has just come by a link or a code that was sent there."""
    if block := _lock(address):
        _lift(block, None)
        log_in_members(act="address.proven", thing=block, partnership=block.partnership, actor=None)


def _lock(address: str) -> BlockedAddress | None:
    rows = BlockedAddress.objects.select_for_update(no_key=True)
    return rows.filter(address=address.lower(), lifted_at__isnull=True).first() if address else None


def _lift(block: BlockedAddress, actor: Person | None) -> None:
    block.lifted_at, block.lifted_by = timezone.now(), actor
    block.save(update_fields=["lifted_at", "lifted_by"])
