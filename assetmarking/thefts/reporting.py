"""A firm reports a theft, adds to the report, or takes it back."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, StolenThing, TheftReport, Transfer
from assetmarking.references import draw_theft_reference
from assetmarking.thefts import mails
from assetmarking.thefts.locking import (
    lock_own_report,
    lock_report,
    lock_with_things,
    refuse_ended,
    save_report,
)
from assetmarking.transferring.transferring import withdraw_open_offer
from partnership.directorates import directorate_for
from partnership.firms import area_of, lock_firm, own_contact
from partnership.journal import log_act, log_acts
from partnership.links import revoke_links_of
from partnership.locking import constraint_of, transaction_tried_again
from partnership.models import Partnership, Person
from partnership.refusals import Refusal

MOST_THINGS = 100
"""In one report; more are a second one."""
State = TheftReport.State


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Where, when and what else a firm knows. `station` and `case_number` may come later."""

    street: str = ""
    postcode: str
    city: str
    gone_after: datetime.datetime
    gone_before: datetime.datetime
    station: str = ""
    case_number: str = ""
    circumstances: str = ""


def _refuse(error: IntegrityError) -> None:
    if constraint_of(error) == "stolen_thing_in_one_report":
        raise Refusal(
            _("Eines dieser Geräte wurde soeben schon als gestohlen gemeldet. Laden Sie die Seite neu.")
        ) from error
    raise error


@transaction_tried_again(drawn={"theft_report_reference_unique"}, refuse=_refuse)
def report_theft(
    *,
    firm_id: int,
    asset_ids: Collection[int],
    told: Circumstances,
    partnership: Partnership,
    page_language: str = "de",
    actor: Person,
) -> TheftReport:
    """The officers of the place read it at once. Raises Refusal."""
    own_contact(lock_firm(firm_id), actor)
    assets = _lock_held(firm_id, asset_ids)
    area = area_of(told.postcode)
    report = TheftReport.objects.create(
        firm_id=firm_id,
        partnership=partnership,
        police=directorate_for(partnership=partnership, area=area),
        area=area,
        reference=draw_theft_reference(),
        reported_by=actor,
        page_language=page_language,
        **vars(told),
    )
    _take_in(report, assets, actor=actor)
    log_act(act="theft.reported", thing=report, actor=actor)
    mails.tell_reported(report, things=len(assets))
    mails.tell_police(report, mails.News.REPORTED)
    return report


@transaction_tried_again(drawn=(), refuse=_refuse)
def add_things(*, report_id: int, asset_ids: Collection[int], actor: Person) -> TheftReport:
    """What the firm misses later. Raises Refusal."""
    firm_id = TheftReport.objects.values_list("firm_id", flat=True).get(pk=report_id)
    own_contact(lock_firm(firm_id), actor)
    assets = _lock_held(firm_id, asset_ids)
    report = lock_report(report_id)
    refuse_ended(report)
    if report.things.count() + len(assets) > MOST_THINGS:
        raise Refusal(_too_many())
    _take_in(report, assets, actor=actor)
    save_report(report)
    log_act(act="theft.extended", thing=report, actor=actor)
    mails.tell_police(report, mails.News.EXTENDED)
    return report


@transaction.atomic
def change_report(
    *, report_id: int, seen: int, case_number: str, station: str, circumstances: str, actor: Person
) -> TheftReport:
    """The Vorgangsnummer comes later, or was another one: police look at it again. What they have confirmed
    stays. `seen` is the version that the form was opened with. Raises Refusal.
    """
    report = lock_own_report(report_id, actor)
    if report.version != seen:
        raise Refusal(_("Die Meldung wurde inzwischen geändert. Prüfen Sie, ob Ihre Angaben noch stimmen."))
    is_new = case_number != report.case_number
    if is_new and report.state == State.CONFIRMED:
        raise Refusal(
            _("Die Polizei hat die Vorgangsnummer schon bestätigt. Stimmt sie nicht, rufen Sie dort an.")
        )
    report.case_number, report.station, report.circumstances = case_number, station, circumstances
    if is_new:
        report.declined_at, report.police_note = None, ""
    save_report(report, "case_number", "station", "circumstances", "declined_at", "police_note")
    log_act(act="theft.changed", thing=report, actor=actor)
    if is_new and case_number:
        mails.tell_police(report, mails.News.NUMBER)
    return report


@transaction.atomic
def withdraw_report(*, report_id: int, actor: Person) -> TheftReport:
    """It was a mistake: nothing was stolen, and the things are in use again. Raises Refusal."""
    firm_id = TheftReport.objects.values_list("firm_id", flat=True).get(pk=report_id)
    own_contact(lock_firm(firm_id), actor)
    report, assets = lock_with_things(report_id)
    refuse_ended(report)
    open_things = report.things.filter(ended_at__isnull=True)
    stolen = [assets[key] for key in open_things.values_list("asset_id", flat=True)]
    revoke_links_of(StolenThing, list(open_things.values_list("pk", flat=True)))
    open_things.update(ended_at=timezone.now())
    put_in_state(stolen, Asset.State.IN_USE)
    report.state, report.ended_at = State.WITHDRAWN, timezone.now()
    save_report(report, "state", "ended_at")
    log_act(act="theft.withdrawn", thing=report, actor=actor)
    log_acts(act="thing.not_stolen", things=stolen, actor=actor)
    mails.tell_police(report, mails.News.WITHDRAWN)
    return report


def put_in_state(assets: Iterable[Asset], state: str) -> None:
    """Of locked things; each rises in version."""
    now, rows = timezone.now(), list(assets)
    for asset in rows:
        asset.state, asset.state_since, asset.version = state, now, asset.version + 1
        asset.lent_to, asset.lent_until = "", None
    Asset.objects.bulk_update(rows, ["state", "state_since", "version", "lent_to", "lent_until"])


def _lock_held(firm_id: int, asset_ids: Collection[int]) -> list[Asset]:
    """Things of the firm that can be stolen from it. Raises Refusal."""
    if not asset_ids:
        raise Refusal(_("Wählen Sie mindestens ein Gerät."))
    if len(set(asset_ids)) > MOST_THINGS:
        raise Refusal(_too_many())
    assets = lock_assets(asset_ids)
    if len(assets) < len(set(asset_ids)) or any(asset.firm_id != firm_id for asset in assets.values()):
        raise Refusal(_("Eines dieser Geräte gehört nicht mehr Ihrer Firma. Laden Sie die Seite neu."))
    for asset in assets.values():
        if asset.state == Asset.State.STOLEN:
            raise Refusal(_("„%(thing)s“ ist schon als gestohlen gemeldet.") % {"thing": asset.name})
        if asset.state in Asset.GONE:
            raise Refusal(
                _("„%(thing)s“ ist verkauft oder ausgemustert. Ändern Sie das zuerst.")
                % {"thing": asset.name}
            )
    return list(assets.values())


def _take_in(report: TheftReport, assets: list[Asset], *, actor: Person) -> None:
    """What is stolen is handed over to nobody: open offers end."""
    StolenThing.objects.bulk_create(StolenThing(report=report, asset=asset) for asset in assets)
    put_in_state(assets, Asset.State.STOLEN)
    _end_offers(assets)
    log_acts(act="thing.stolen", things=assets, actor=actor)


def _end_offers(assets: Iterable[Asset]) -> None:
    by_key = {asset.pk: asset for asset in assets}
    offered = Transfer.objects.filter(asset__in=by_key, state=Transfer.State.OFFERED)
    for key in offered.order_by("pk").values_list("asset_id", flat=True):
        withdraw_open_offer(by_key[key])


def _too_many() -> str:
    return _("Mehr als %(most)d Geräte gehen nicht in eine Meldung. Melden Sie den Rest gesondert.") % {
        "most": MOST_THINGS
    }
