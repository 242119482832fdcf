"""What came of a consultation, noted by the officer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Appointment, Concern
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

State = Appointment.State


@transaction.atomic
def note_outcome(
    *, appointment_id: int, outcome: Appointment.State, officer_note: str, next_step: str, actor: Person
) -> Appointment:
    """Attended or missed, from the beginning of the talk on; may be corrected, each time in the log."""
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
    appointment.state = outcome
    appointment.save(update_fields=["state"])
    Concern.objects.update_or_create(
        appointment=appointment, defaults={"officer_note": officer_note, "next_step": next_step}
    )
    log_act(
        act=f"appointment.{outcome.value}", thing=appointment, actor=actor, organisation=appointment.police
    )
    return appointment
