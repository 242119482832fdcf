"""An officer says whether the Vorgangsnummer of a report is one of the directorate's."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.models import TheftReport
from assetmarking.thefts import mails
from assetmarking.thefts.locking import lock_report, refuse_ended, save_report
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

State = TheftReport.State


@transaction.atomic
def confirm_number(
    *, report_id: int, seen: int, case_number: str, reason: str = "", actor: Person
) -> TheftReport:
    """From now on the public check says so. A corrected number has a reason, which the firm reads. `seen` is
    the version that the officer has looked at. Raises Refusal.
    """
    report = _lock_seen(report_id, seen)
    if not case_number:
        raise Refusal(_("Ohne Vorgangsnummer lässt sich die Meldung nicht bestätigen."))
    is_corrected = case_number != report.case_number
    if is_corrected and not reason:
        raise Refusal(_("Nennen Sie den Grund, wenn Sie die Vorgangsnummer berichtigen."))
    report.state, report.case_number = State.CONFIRMED, case_number
    report.confirmed_by, report.confirmed_at = actor, timezone.now()
    report.declined_at, report.police_note = None, reason if is_corrected else ""
    save_report(report, "state", "case_number", "confirmed_by", "confirmed_at", "declined_at", "police_note")
    log_act(act="theft.confirmed", thing=report, actor=actor, organisation=report.police)
    mails.tell_confirmed(report, is_corrected=is_corrected)
    return report


@transaction.atomic
def decline_number(*, report_id: int, seen: int, reason: str, actor: Person) -> TheftReport:
    """It is none of theirs: the report stays as it is, and the firm looks again. Raises Refusal."""
    report = _lock_seen(report_id, seen)
    report.declined_at, report.police_note = timezone.now(), reason
    save_report(report, "declined_at", "police_note")
    log_act(act="theft.declined", thing=report, actor=actor, organisation=report.police)
    mails.tell_declined(report)
    return report


def _lock_seen(report_id: int, seen: int) -> TheftReport:
    report = lock_report(report_id)
    refuse_ended(report)
    if report.state == State.CONFIRMED:
        who = report.confirmed_by
        raise Refusal(
            _("%(who)s war schneller und hat die Vorgangsnummer bestätigt.") % {"who": who}
            if who
            else _("Die Vorgangsnummer ist schon bestätigt.")
        )
    if report.version != seen:
        raise Refusal(_("Die Meldung wurde inzwischen geändert. Sehen Sie sie sich noch einmal an."))
    return report
