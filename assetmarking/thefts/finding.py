"""Stolen things come to light: found, and back with their owner. The report ends with its last thing."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, StolenThing, TheftReport
from assetmarking.thefts import mails
from assetmarking.thefts.locking import lock_report, save_report
from assetmarking.thefts.reporting import put_in_state
from partnership.firms import own_contact
from partnership.journal import log_act
from partnership.links import revoke_links
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import berlin_day, today

FoundBy = StolenThing.FoundBy
BY_POLICE = (FoundBy.POLICE_SEARCH, FoundBy.POLICE)


@transaction.atomic
def note_found(
    *,
    thing_id: int,
    found_by: str,
    found_on: datetime.date,
    is_back: bool,
    actor: Person | None = None,
) -> StolenThing:
    """What the owner says; without `actor` by the link of a mail. Not back yet, it lies with the police or
    with who has found it. Raises Refusal.
    """
    thing, asset = _lock(thing_id)
    if actor:
        own_contact(asset.firm, actor)
    _end(thing, asset, found_by=found_by, found_on=found_on)
    if is_back:
        _give_back(thing, asset, on=today())
    log_act(act="thing.found", thing=asset, actor=actor)
    return thing


@transaction.atomic
def note_returned(*, thing_id: int, actor: Person) -> StolenThing:
    """What was found is with its owner again. Again changes nothing. Raises Refusal."""
    thing, asset = _lock(thing_id)
    own_contact(asset.firm, actor)
    if thing.returned_on:
        return thing
    if thing.found_on is None:
        raise Refusal(_("Tragen Sie zuerst ein, dass das Gerät gefunden ist."))
    _give_back(thing, asset, on=today())
    log_act(act="thing.returned", thing=asset, actor=actor)
    return thing


@transaction.atomic
def note_secured(*, thing_id: int, found_by: str, found_on: datetime.date, actor: Person) -> StolenThing:
    """Police have it: the firm reads in a mail whom to call. Raises Refusal."""
    thing, asset = _lock(thing_id)
    _end(thing, asset, found_by=found_by, found_on=found_on)
    log_act(act="thing.secured", thing=asset, actor=actor, organisation=thing.report.police)
    mails.tell_secured(thing)
    return thing


def _lock(thing_id: int) -> tuple[StolenThing, Asset]:
    keys = StolenThing.objects.values_list("asset_id", "report_id").get(pk=thing_id)
    asset = lock_assets([keys[0]])[keys[0]]
    report = lock_report(keys[1])
    thing = StolenThing.objects.select_related("asset").get(pk=thing_id)
    thing.report = report
    return thing, asset


def _end(thing: StolenThing, asset: Asset, *, found_by: str, found_on: datetime.date) -> None:
    if thing.ended_at:
        raise Refusal(_("„%(thing)s“ gilt schon nicht mehr als gestohlen.") % {"thing": asset.name})
    if not berlin_day(thing.report.gone_after) <= found_on <= today():
        raise Refusal(_("Der Tag liegt vor dem Diebstahl oder in der Zukunft. Geben Sie den richtigen an."))
    thing.ended_at, thing.found_by, thing.found_on = timezone.now(), found_by, found_on
    thing.save(update_fields=["ended_at", "found_by", "found_on"])
    put_in_state([asset], Asset.State.FOUND)
    revoke_links(thing=thing)
    save_report(thing.report)


def _give_back(thing: StolenThing, asset: Asset, *, on: datetime.date) -> None:
    """Whatever has become of it since: only what lies as found is in use again."""
    thing.returned_on = on
    thing.save(update_fields=["returned_on"])
    if asset.state == Asset.State.FOUND:
        put_in_state([asset], Asset.State.IN_USE)
    _close_when_all_are_back(thing.report)


def _close_when_all_are_back(report: TheftReport) -> None:
    if report.state not in TheftReport.STANDING or report.things.filter(returned_on__isnull=True).exists():
        return
    report.state, report.ended_at = TheftReport.State.CLOSED, timezone.now()
    save_report(report, "state", "ended_at")
    log_act(act="theft.closed", thing=report)
