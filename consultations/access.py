"""How a firm reaches what is its own: by the secret link of a mail, an appointment also signed in."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from consultations.models import Appointment, Waiting
from consultations.whereabouts import PLACE
from partnership.links import find_link
from partnership.models import SecretLink


@dataclass(frozen=True)
class Access:
    """`key` is a link's token or, signed in, the appointment's number."""

    appointment: Appointment
    key: str
    is_signed_in: bool = False

    def url(self, page: str) -> str:
        namespace = "own_appointments" if self.is_signed_in else "consultations"
        return reverse(f"{namespace}:{page}", args=[self.key])

    @property
    def page_url(self) -> str:
        return self.url("appointment")

    @property
    def calendar_url(self) -> str:
        return self.url("appointment_calendar")

    @property
    def move_url(self) -> str:
        return self.url("move")

    @property
    def cancel_url(self) -> str:
        return self.url("cancel")


def appointment_behind(token: str, *, purpose: SecretLink.Purpose) -> Appointment | None:
    """None for a token that is unknown, for something else, or past its end."""
    link = find_link(token, purpose=purpose, model=Appointment)
    return with_place().filter(pk=link.object_id).first() if link else None


def waiting_behind(token: str, *, purpose: SecretLink.Purpose) -> Waiting | None:
    """As `appointment_behind`, for a place on a waiting list."""
    link = find_link(token, purpose=purpose, model=Waiting)
    rows = Waiting.objects.select_related("office__organisation", "partnership")
    return rows.filter(pk=link.object_id).first() if link else None


def with_place() -> QuerySet[Appointment]:
    return Appointment.objects.select_related("lane__hours__office__organisation", *PLACE)
