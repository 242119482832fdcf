"""The mails around an offer; one function each, called inside the act's transaction. None names a buyer."""

from django.urls import reverse
from django.utils import translation

from assetmarking.models import Transfer
from partnership.current import absolute_url
from partnership.models import FirmContact, OutgoingMail, Person
from partnership.outbox import queue_mail
from partnership.times import long_moment


def offer(transfer: Transfer, *, token: str) -> OutgoingMail:
    assert transfer.seller is not None
    with translation.override(transfer.language):
        content = {
            "thing": transfer.called,
            "seller": transfer.seller.name,
            "note": transfer.note,
            "until": long_moment(transfer.offer_until),
            "offer_url": absolute_url(
                transfer.partnership, reverse("assetmarking:transfer_offer", args=[token])
            ),
        }
    return queue_mail(
        partnership=transfer.partnership,
        kind="asset_transfer_offered",
        to_email=transfer.to_email,
        language=transfer.language,
        content=content,
        thing=transfer,
    )


def tell_withdrawn(transfer: Transfer) -> OutgoingMail:
    """Without a reason: why is the seller's own."""
    return queue_mail(
        partnership=transfer.partnership,
        kind="asset_transfer_withdrawn",
        to_email=transfer.to_email,
        language=transfer.language,
        content={"thing": transfer.called},
        thing=transfer,
    )


def tell_accepted(transfer: Transfer) -> None:
    _tell_seller(transfer, "accepted")


def tell_declined(transfer: Transfer) -> None:
    _tell_seller(transfer, "declined")


def tell_lapsed(transfer: Transfer) -> None:
    _tell_seller(transfer, "lapsed")


def confirm_taken(transfer: Transfer, *, to: Person, language: str) -> OutgoingMail:
    assert transfer.buyer is not None
    with translation.override(language):
        page = reverse("assetmarking:thing", args=[transfer.asset.reference])
        content = {
            "thing": transfer.called,
            "firm": transfer.buyer.name,
            "thing_url": absolute_url(transfer.partnership, page),
        }
    return queue_mail(
        partnership=transfer.partnership,
        kind="asset_transfer_taken",
        to_name=to.name,
        to_email=to.email,
        language=language,
        content=content,
        thing=transfer,
    )


def offer_holds(mail: OutgoingMail) -> bool:
    return Transfer.objects.filter(pk=mail.object_id or 0, state=Transfer.State.OFFERED).exists()


CHECKS = {"asset_transfer_offered": offer_holds}


def _tell_seller(transfer: Transfer, outcome: str) -> None:
    """Whoever has offered, while they speak for the firm; else all who do."""
    speaks = FirmContact.objects.filter(
        firm=transfer.seller_id, person__isnull=False, email_confirmed_at__isnull=False
    )
    offered = list(speaks.filter(person=transfer.offered_by_id)) if transfer.offered_by_id else []
    for contact in offered or list(speaks.order_by("pk")):
        with translation.override(transfer.language):
            page = reverse("assetmarking:things", args=[transfer.seller_id])
            content = {
                "outcome": outcome,
                "thing": transfer.called,
                "to_address": transfer.to_email,
                "things_url": absolute_url(transfer.partnership, page),
            }
        queue_mail(
            partnership=transfer.partnership,
            kind="asset_transfer_ended",
            to_name=contact.name,
            to_email=contact.email,
            language=transfer.language,
            content=content,
            thing=transfer,
        )
