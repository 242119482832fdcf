"""Taking over bookings made for one's own confirmed address: by the desk on the telephone, or before there
was an account. Never by a number or a name.
"""

from django.utils.translation import gettext as _

from consultations.models import Appointment
from consultations.placing import lock_appointment
from consultations.queries import claimable_by
from consultations.taking_time import takes_time
from partnership.journal import log_act
from partnership.models import Firm, Person
from partnership.queries import firms_of
from partnership.refusals import Refusal


@takes_time
def claim_booking(*, appointment_id: int, person: Person, firm: Firm | None = None) -> Appointment:
    """From now on the person reads, moves and cancels it. `firm`: one of the person's own, or none.

    Twice changes nothing. What the booking confides becomes readable to its firm only by this.
    """
    appointment = lock_appointment(appointment_id)
    if appointment.person_id == person.pk:
        return appointment
    if not is_claimable(appointment, person):
        raise Refusal(
            _("Dieser Termin lässt sich nicht übernehmen: Er ist nicht auf Ihre bestätigte Adresse gebucht.")
        )
    if firm and not firms_of(person).filter(pk=firm.pk).exists():
        raise Refusal(_("Sie sprechen nicht mehr für diese Firma. Wählen Sie eine andere oder keine."))
    appointment.person = person
    appointment.firm = appointment.firm or firm
    appointment.save(update_fields=["person", "firm"])
    log_act(
        act="appointment.claimed",
        thing=appointment,
        actor=person,
        organisation=appointment.host or appointment.police,
    )
    return appointment


def is_claimable(appointment: Appointment, person: Person) -> bool:
    return claimable_by(person).filter(pk=appointment.pk).exists()
