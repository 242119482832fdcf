"""Reports under their locks: the firm first, then its things, then the report."""

from django.utils.translation import gettext as _

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, StolenThing, TheftReport
from partnership.firms import lock_firm, own_contact
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal


def lock_report(report_id: int) -> TheftReport:
    """Of the report alone: for what changes no thing."""
    lock_rows(TheftReport, [report_id])
    return TheftReport.objects.select_related("firm", "partnership", "police", "reported_by").get(
        pk=report_id
    )


def lock_own_report(report_id: int, actor: Person) -> TheftReport:
    """Refused to who does not speak for the firm any more, and for what is over."""
    firm_id = TheftReport.objects.values_list("firm_id", flat=True).get(pk=report_id)
    own_contact(lock_firm(firm_id), actor)
    report = lock_report(report_id)
    refuse_ended(report)
    return report


def lock_with_things(report_id: int) -> tuple[TheftReport, dict[int, Asset]]:
    """With all its things; whoever adds some holds the firm's lock, as the caller does."""
    keys = StolenThing.objects.filter(report=report_id).values_list("asset_id", flat=True)
    assets = lock_assets(keys)
    return lock_report(report_id), assets


def refuse_ended(report: TheftReport) -> None:
    if report.state not in TheftReport.STANDING:
        raise Refusal(_("Diese Meldung ist schon beendet. Laden Sie die Seite neu."))


def save_report(report: TheftReport, *fields: str) -> None:
    """Of a locked report."""
    report.version += 1
    report.save(update_fields=[*fields, "version"])
