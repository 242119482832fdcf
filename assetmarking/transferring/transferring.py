"""A thing goes to another firm: offered to a mailbox, accepted for a firm by whoever opens the mail's link.

Firms are locked before things, things before their transfers. What the seller had entered for itself goes
with the act; the thing, its marks, its photos and what happened to it stay, without names.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, Transfer
from assetmarking.recording.own import lock_own_thing, refuse_stolen
from assetmarking.recording.states import refuse_away
from assetmarking.transferring import mails
from assetmarking.transferring.handing_over import hand_over
from partnership.firms import lock_firm, own_contact
from partnership.journal import log_act
from partnership.links import find_link, issue_link, revoke_links
from partnership.models import Partnership, Person, SecretLink
from partnership.refusals import Refusal

OFFER_LASTS = datetime.timedelta(days=14)
MOST_OPEN = 50
Purpose = SecretLink.Purpose
State = Transfer.State


@transaction.atomic
def offer_thing(
    *, asset_id: int, to_email: str, note: str, partnership: Partnership, language: str, actor: Person
) -> Transfer:
    """Raises Refusal."""
    asset = lock_own_thing(asset_id, actor)
    refuse_away(asset)
    if Transfer.objects.filter(seller=asset.firm, state=State.OFFERED).count() >= MOST_OPEN:
        raise Refusal(
            _("Fünfzig Angebote sind noch offen. Ziehen Sie eines zurück, bevor Sie weitere senden.")
        )
    transfer = Transfer.objects.create(
        asset=asset,
        seller=asset.firm,
        partnership=partnership,
        called=str(asset),
        to_email=to_email.lower(),
        note=note,
        language=language,
        offered_by=actor,
        offer_until=timezone.now() + OFFER_LASTS,
    )
    token = issue_link(thing=transfer, purpose=Purpose.TRANSFER, expires_at=transfer.offer_until)
    log_act(act="transfer.offered", thing=asset, actor=actor)
    mails.offer(transfer, token=token)
    return transfer


@transaction.atomic
def withdraw_offer(*, transfer_id: int, actor: Person) -> None:
    """Raises Refusal for one that has been answered meanwhile."""
    asset_id = Transfer.objects.values_list("asset", flat=True).get(pk=transfer_id)
    lock_own_thing(asset_id, actor)
    transfer = _lock_open(transfer_id)
    _end(transfer, State.WITHDRAWN)
    log_act(act="transfer.withdrawn", thing=transfer.asset, actor=actor)
    mails.tell_withdrawn(transfer)


def withdraw_open_offer(asset: Asset) -> None:
    """Of a thing that the caller has locked, as when it is reported stolen: nobody can take it over then."""
    open_offers = Transfer.objects.filter(asset=asset, state=State.OFFERED)
    for transfer in open_offers.select_for_update(of=("self",)).select_related("asset", "partnership"):
        _end(transfer, State.WITHDRAWN)
        log_act(act="transfer.withdrawn", thing=asset)
        mails.tell_withdrawn(transfer)


@transaction.atomic
def accept_offer(*, transfer_id: int, firm_id: int, language: str, actor: Person) -> Asset:
    """For a firm for which the actor speaks. Raises Refusal."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    asset = _lock_thing_of(transfer_id)
    transfer = _lock_open(transfer_id)
    if transfer.offer_until <= timezone.now():
        raise Refusal(_("Die Frist für dieses Angebot ist vorbei. Bitten Sie um ein neues."))
    if asset.firm_id == firm.pk:
        raise Refusal(_("Das Gerät gehört dieser Firma schon. Wählen Sie eine andere Firma."))
    refuse_stolen(asset)
    transfer.buyer = firm
    _end(transfer, State.ACCEPTED, "buyer")
    hand_over(asset, to=firm)
    log_act(act="transfer.accepted", thing=asset, actor=actor)
    mails.tell_accepted(transfer)
    mails.confirm_taken(transfer, to=actor, language=language)
    return asset


@transaction.atomic
def decline_offer(*, transfer_id: int) -> None:
    """Behind the mail's link, by whoever holds it. Raises Refusal."""
    asset = _lock_thing_of(transfer_id)
    transfer = _lock_open(transfer_id)
    _end(transfer, State.DECLINED)
    log_act(act="transfer.declined", thing=asset)
    mails.tell_declined(transfer)


def lapse_due() -> int:
    """Offers that nobody has answered in time; returns how many."""
    due = Transfer.objects.filter(state=State.OFFERED, offer_until__lte=timezone.now())
    return sum(_lapse(key) for key in due.order_by("offer_until").values_list("pk", flat=True)[:500])


@transaction.atomic
def _lapse(transfer_id: int) -> bool:
    asset = _lock_thing_of(transfer_id)
    try:
        transfer = _lock_open(transfer_id)
    except Refusal:
        return False
    _end(transfer, State.LAPSED)
    log_act(act="transfer.lapsed", thing=asset)
    mails.tell_lapsed(transfer)
    return True


def offer_behind(token: str) -> Transfer | None:
    """None for a token that is unknown or past its end, and once the offer has been answered."""
    link = find_link(token, purpose=Purpose.TRANSFER, model=Transfer)
    if link is None:
        return None
    rows = Transfer.objects.select_related("asset", "seller", "partnership")
    return rows.filter(pk=link.object_id, state=State.OFFERED).first()


def open_offer_of(asset: Asset) -> Transfer | None:
    return Transfer.objects.filter(asset=asset, state=State.OFFERED).first()


def _lock_thing_of(transfer_id: int) -> Asset:
    asset_id = Transfer.objects.values_list("asset", flat=True).get(pk=transfer_id)
    return lock_assets([asset_id])[asset_id]


def _lock_open(transfer_id: int) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("asset", "partnership")
    transfer = rows.get(pk=transfer_id)
    if transfer.state != State.OFFERED:
        raise Refusal(_("Dieses Angebot gilt nicht mehr: Es wurde angenommen, abgelehnt oder zurückgezogen."))
    return transfer


def _end(transfer: Transfer, state: str, *fields: str) -> None:
    transfer.state, transfer.ended_at = state, timezone.now()
    transfer.save(update_fields=["state", "ended_at", *fields])
    revoke_links(thing=transfer)
