"""What came of a consultation, noted by the officer.

Two note one thing at once: who comes second is told what the first one said, instead of writing over it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, Concern
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.sealed_content import fingerprint

State = Appointment.State


class NotedMeanwhile(Refusal):
    def __init__(self, noted: str) -> None:
        super().__init__(
            _(
                "Inzwischen ist schon etwas anderes eingetragen: %(noted)s. Soll Ihre Angabe gelten, senden "
                "Sie sie noch einmal."
            )
            % {"noted": noted}
        )


def noted(appointment: Appointment, concern: Concern | None) -> dict[str, str]:
    """What was noted before, to start a correction from."""
    has_outcome = appointment.state in (State.ATTENDED, State.MISSED)
    return {
        "outcome": appointment.state if has_outcome else "",
        "next_step": concern.next_step if concern else "",
        "officer_note": concern.officer_note if concern else "",
    }


def as_seen(noted: dict[str, str]) -> str:
    """What a page hands back, so that nothing is written over unseen; empty while nothing is noted."""
    return fingerprint(noted) if any(noted.values()) else ""


@transaction.atomic
def note_outcome(
    *,
    appointment_id: int,
    seen: str,
    outcome: Appointment.State,
    officer_note: str,
    next_step: str,
    actor: Person,
) -> Appointment:
    """Attended or missed, from the beginning of the talk on; may be corrected, each time in the log. Twice
    the same changes nothing. Raises NotedMeanwhile."""
    appointment = (
        Appointment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("police")
        .get(pk=appointment_id)
    )
    if outcome not in (State.ATTENDED, State.MISSED):
        raise Refusal(_("Wählen Sie, ob das Gespräch stattgefunden hat."))
    if appointment.state not in (State.CONFIRMED, State.UNCONFIRMED, State.ATTENDED, State.MISSED):
        raise Refusal(
            _("Zu diesem Termin lässt sich kein Ergebnis eintragen, er ist abgesagt oder verfallen.")
        )
    if appointment.starts_at > timezone.now():
        raise Refusal(_("Das Gespräch hat noch nicht begonnen. Tragen Sie das Ergebnis danach ein."))
    if appointment.emptied_at:
        raise Refusal(_("Die Angaben zu diesem Termin sind gelöscht. Ein Ergebnis gehört nicht mehr dazu."))
    before = noted(appointment, Concern.objects.filter(appointment=appointment).first())
    if before == {"outcome": outcome, "next_step": next_step, "officer_note": officer_note}:
        return appointment
    if as_seen(before) != seen:
        raise NotedMeanwhile(_in_words(before))
    appointment.state = outcome
    appointment.save(update_fields=["state"])
    Concern.objects.update_or_create(
        appointment=appointment, defaults={"officer_note": officer_note, "next_step": next_step}
    )
    log_act(
        act=f"appointment.{outcome.value}", thing=appointment, actor=actor, organisation=appointment.police
    )
    return appointment


def _in_words(noted: dict[str, str]) -> str:
    """'nicht erschienen; Material zusenden; „Schließzylinder besprochen“'."""
    step, note = noted["next_step"], noted["officer_note"]
    words = [
        str(State(noted["outcome"]).label) if noted["outcome"] else "",
        str(Concern.NextStep(step).label) if step else "",
        f"„{note}“" if note else "",
    ]
    return "; ".join(word for word in words if word)
