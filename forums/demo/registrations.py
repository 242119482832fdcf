"""Who takes part in the forum: one workshop is full and has a waiting list, the other has places left."""

from forums.models import Event, EventPart, Mode, Role
from forums.registering.confirming import confirm
from forums.registering.registering import Colleague, Entry, register
from partnership.demo import leipzig
from partnership.models import Person

NAMES = (
    "Anja Adler,Bernd Birke,Carla Conrad,Dirk Dorn,Elke Eiche,Falk Fuchs,Gerda Geyer,Holger Hahn,Ines Igel,"
    "Jan Jahn,Kerstin Krug,Lars Linde,Maren Mohn,Nils Nagel,Olga Otto,Peer Probst,Rita Reh,Sven Specht"
)
WITH_COLLEAGUE = 7


def add_registrations(event: Event) -> None:
    talk, full, other = event.parts.order_by("starts_at", "pk")
    for number, name in enumerate(NAMES.split(",")):
        _take_part(event, [talk, full], name=name, number=number)
    _take_part(event, [talk, other], name="Tina Thiel", number=len(NAMES))
    if owner := Person.objects.filter(email=leipzig.FIRM_OWNER_EMAIL).first():
        _take_part(event, [talk, full], name=owner.name, email=owner.email)


def _take_part(event: Event, parts: list[EventPart], *, name: str, number: int = 0, email: str = "") -> None:
    surname = name.rsplit(maxsplit=1)[-1].lower()
    colleagues = [Colleague(name=f"Toni {name.rsplit(maxsplit=1)[-1]}")] if number == WITH_COLLEAGUE else []
    registration = register(
        entry=Entry(
            event=event,
            parts={part.pk: Mode.SITE for part in parts},
            name=name,
            email=email or f"{surname}@betrieb.example",
            firm_name=f"{name.rsplit(maxsplit=1)[-1]} GmbH",
            role=Role.BUSINESS,
            colleagues=colleagues,
        )
    )
    if registration:
        confirm(registration_id=registration.pk)
