"""Whether a feasibility study leads to more: who decided, on which day, why, and on which figures."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assetmarking.models import Pilot
from assetmarking.pilots.figures import figures_of, stored
from assetmarking.pilots.planning import lock_pilot, log_pilot
from partnership.administration.changes import ChangedMeanwhile, check
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import today


@transaction.atomic
def decide(
    *,
    pilot_id: int,
    seen: int,
    decision: str,
    decided_on: datetime.date,
    decided_by: str,
    reason: str,
    actor: Person,
) -> Pilot:
    """Not before the end. With it the figures are kept as they are shown now.
    Raises ChangedMeanwhile and Refusal."""
    pilot = _lock_seen(pilot_id, seen)
    if pilot.decision:
        raise Refusal(_("Die Entscheidung ist schon eingetragen. Sie lässt sich nur berichtigen."))
    if sentence := why_not_decided(pilot):
        raise Refusal(sentence)
    pilot.decision_figures = stored(figures_of(pilot, today=today()))
    _put(pilot, decision, decided_on, decided_by, reason)
    log_pilot("pilot.decided", pilot, actor, to=str(pilot.get_decision_display()))
    return pilot


@transaction.atomic
def correct_decision(
    *,
    pilot_id: int,
    seen: int,
    decision: str,
    decided_on: datetime.date,
    decided_by: str,
    reason: str,
    correction: str,
    actor: Person,
) -> Pilot:
    """What was entered wrongly. The figures stay those that the decision rested on.
    Raises ChangedMeanwhile and Refusal."""
    pilot = _lock_seen(pilot_id, seen)
    if not pilot.decision:
        raise Refusal(_("Es ist noch nichts entschieden. Tragen Sie zuerst die Entscheidung ein."))
    before = str(pilot.get_decision_display())
    pilot.corrected_on, pilot.correction = today(), correction
    _put(pilot, decision, decided_on, decided_by, reason)
    detail = {"from": before, "to": str(pilot.get_decision_display()), "reason": correction}
    log_pilot("pilot.decision_corrected", pilot, actor, **detail)
    return pilot


def why_not_decided(pilot: Pilot) -> str:
    """Somebody who wants to stop early moves the end, which stands in the log."""
    if pilot.ends >= today():
        return _(
            "Entschieden wird nach dem Ende der Laufzeit. Soll die Prüfung früher enden, ändern Sie zuerst "
            "ihr Ende."
        )
    return ""


def _lock_seen(pilot_id: int, seen: int) -> Pilot:
    pilot = lock_pilot(pilot_id)
    if pilot.version != seen:
        raise ChangedMeanwhile
    return pilot


def _put(pilot: Pilot, decision: str, decided_on: datetime.date, decided_by: str, reason: str) -> None:
    if not pilot.ends <= decided_on <= today():
        raise Refusal(_("Der Tag der Entscheidung liegt zwischen dem Ende der Prüfung und heute."))
    pilot.decision, pilot.decided_on = decision, decided_on
    pilot.decided_by, pilot.decision_reason = decided_by, reason
    pilot.version += 1
    check(pilot)
    pilot.save()
