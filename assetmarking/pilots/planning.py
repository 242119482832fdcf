"""Feasibility studies and their campaigns: planned, counted, corrected by those who coordinate."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assetmarking.models import Campaign, Pilot
from assetmarking.references import draw_campaign_code
from partnership.administration.changes import check, log_in_members, write_changes
from partnership.locking import transaction_tried_again
from partnership.models import Organisation, Partnership, Person
from partnership.refusals import Refusal
from partnership.times import numeric_date


def refuse(error: IntegrityError) -> None:
    raise error


@transaction.atomic
def add_pilot(*, partnership: Partnership, values: Mapping[str, Any], actor: Person) -> Pilot:
    pilot = Pilot(partnership=partnership, **values)
    _refuse_wrong_days(pilot.starts, pilot.ends)
    check(pilot)
    pilot.save()
    log_pilot("pilot.added", pilot, actor)
    return pilot


@transaction.atomic
def change_pilot(*, pilot_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Until the decision: targets are not moved to what was reached. Raises ChangedMeanwhile and Refusal."""
    pilot = lock_pilot(pilot_id)
    if pilot.decision:
        raise Refusal(_("Die Entscheidung ist gefallen. Angaben und Ziele bleiben, wie sie waren."))
    _refuse_wrong_days(values["starts"], values["ends"])
    if pilot.campaigns.exclude(day__range=(values["starts"], values["ends"])).exists():
        raise Refusal(_("Eine Aktion läge dann außerhalb der Laufzeit. Ändern Sie zuerst ihren Tag."))
    fields = write_changes(pilot, seen=seen, values=values)
    if fields:
        log_pilot("pilot.changed", pilot, actor, fields=", ".join(fields))
    return fields


@transaction_tried_again(drawn={"campaign_code_unique"}, refuse=refuse)
def add_campaign(
    *, pilot_id: int, values: Mapping[str, Any], partners: Sequence[Organisation], actor: Person
) -> Campaign:
    """Its code is drawn here. Raises Refusal."""
    pilot = lock_pilot(pilot_id)
    if pilot.decision:
        raise Refusal(_("Die Entscheidung ist gefallen. Neue Aktionen gehören in eine neue Prüfung."))
    _refuse_faults(pilot, values)
    campaign = Campaign(pilot=pilot, code=draw_campaign_code(), **values)
    check(campaign)
    campaign.save()
    campaign.partners.set(partners)
    log_pilot("campaign.added", pilot, actor, code=campaign.code)
    return campaign


@transaction.atomic
def change_campaign(
    *,
    campaign_id: int,
    seen: int,
    values: Mapping[str, Any],
    partners: Sequence[Organisation],
    actor: Person,
) -> list[str]:
    """After the decision, too: what it rested on is kept with it. Raises ChangedMeanwhile and Refusal."""
    campaign = _lock_campaign(campaign_id)
    _refuse_faults(campaign.pilot, values)
    fields = write_changes(campaign, seen=seen, values=values)
    if {partner.pk for partner in partners} != set(campaign.partners.values_list("pk", flat=True)):
        campaign.partners.set(partners)
        if not fields:
            campaign.version += 1
            campaign.save(update_fields=["version"])
        fields.append(_("Partner"))
    if fields:
        log_pilot(
            "campaign.changed", campaign.pilot, actor, code=campaign.code, fields=", ".join(map(str, fields))
        )
    return fields


@transaction.atomic
def remove_campaign(*, campaign_id: int, actor: Person) -> None:
    """One that was planned and did not come about. Raises Refusal."""
    campaign = _lock_campaign(campaign_id)
    if sentence := why_not_removed(campaign):
        raise Refusal(sentence)
    log_pilot("campaign.removed", campaign.pilot, actor, code=campaign.code)
    campaign.delete()


@transaction.atomic
def remove_pilot(*, pilot_id: int, actor: Person) -> None:
    """One that nothing has come of, with the campaigns planned for it. Raises Refusal."""
    pilot = lock_pilot(pilot_id)
    campaigns = pilot.campaigns.select_for_update().order_by("pk")
    if sentence := why_pilot_stays(pilot, list(campaigns)):
        raise Refusal(sentence)
    log_pilot("pilot.removed", pilot, actor)
    pilot.delete()


def why_pilot_stays(pilot: Pilot, campaigns: Sequence[Campaign]) -> str:
    """What was counted stays true: a study with figures ends with a decision."""
    if pilot.decision:
        return _("Die Entscheidung ist gefallen. Die Prüfung bleibt.")
    if any(one.firms or one.recorded or one.hours or one.assets.exists() for one in campaigns):
        return _("Bei einer Aktion wurde schon etwas gezählt oder erfasst. Die Prüfung bleibt.")
    return ""


def why_not_removed(campaign: Campaign) -> str:
    if campaign.pilot.decision:
        return _("Die Entscheidung ist gefallen. Die Aktion bleibt.")
    if campaign.recorded or campaign.assets.exists():
        return _("Bei dieser Aktion wurde etwas erfasst. Sie bleibt.")
    return ""


def lock_pilot(pilot_id: int) -> Pilot:
    rows = Pilot.objects.select_for_update(no_key=True, of=("self",)).select_related("partnership")
    return rows.get(pk=pilot_id)


def log_pilot(act: str, pilot: Pilot, actor: Person, **detail: str) -> None:
    detail = {"pilot": pilot.name} | detail
    log_in_members(act=act, thing=pilot, partnership=pilot.partnership, actor=actor, detail=detail)


def _lock_campaign(campaign_id: int) -> Campaign:
    """After its pilot. Wholly, so that nobody ties anything to it meanwhile."""
    pilot = lock_pilot(Campaign.objects.values_list("pilot", flat=True).get(pk=campaign_id))
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    campaign.pilot = pilot
    return campaign


def _refuse_wrong_days(starts: datetime.date, ends: datetime.date) -> None:
    if ends < starts:
        raise Refusal(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag."))


def _refuse_faults(pilot: Pilot, values: Mapping[str, Any]) -> None:
    if not pilot.starts <= values["day"] <= pilot.ends:
        days = {"first": numeric_date(pilot.starts), "last": numeric_date(pilot.ends)}
        raise Refusal(_("Die Prüfung läuft vom %(first)s bis %(last)s. Wählen Sie einen Tag darin.") % days)
    if values["marked"] > values["recorded"]:
        raise Refusal(_("Gekennzeichnet kann nur sein, was erfasst ist. Prüfen Sie die beiden Zahlen."))
