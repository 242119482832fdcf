"""A training in a few days: full, people wait, and one of them has just been offered a place."""

import datetime
from typing import Any

from django.utils import timezone

from forums.demo.rows import write_event, write_part, write_registrations
from forums.models import Kind, Mode, PartBooking, Registration, Subject
from forums.references import draw_registration_reference, draw_ticket
from forums.registering.cancelling import cancel
from partnership.demo import leipzig
from partnership.models import Office, Partnership, Person
from partnership.times import today
from partnership.working_days import next_working_day

THERE = "Silke Sonntag,Timo Thal,Uta Uhlig,Viktor Vogt"
HOURS_WAITED = 72


def add_waiting(partnership: Partnership) -> None:
    """The firm's owner is first in line, then somebody who can only be called; one of the four cancels."""
    event = write_event(
        partnership,
        leipzig.IHK,
        day=next_working_day(today() + datetime.timedelta(days=3)),
        hours=(14, 17),
        partners=(leipzig.POLICE,),
        kind=Kind.TRAINING,
        title="Kameras richtig einrichten",
        summary="Bild, Speicherung und Datenschutz: an vier Plätzen zum Ausprobieren.",
        subjects=[Subject.BURGLARY, Subject.THEFT],
        office=Office.objects.get(name=leipzig.IHK_HOUSE),
        contact_phone=partnership.phone,
    )
    part = write_part(event, "Übung am Gerät", (14, 17), site=4, is_for_all=True, room="Raum 5")
    first, *_others = write_registrations(event, [part], THERE.split(","))
    owner = Person.objects.get(email=leipzig.FIRM_OWNER_EMAIL)
    waiting: tuple[dict[str, Any], ...] = (
        {"name": owner.name, "email": owner.email, "person": owner},
        {"name": "Wilma Wagner", "phone": "0341 000-7788", "firm_name": "Wagner Floristik"},
        {"name": "Xaver Xanten", "email": "xanten@betrieb.example", "firm_name": "Xanten GmbH"},
    )
    for number, who in enumerate(waiting):
        since = timezone.now() - datetime.timedelta(hours=HOURS_WAITED - number)
        registration = Registration.objects.create(
            event=event,
            reference=draw_registration_reference(),
            ticket=draw_ticket(),
            state=Registration.State.CONFIRMED,
            created_at=since,
            confirmed_at=since,
            **who,
        )
        PartBooking.objects.create(
            registration=registration,
            part=part,
            mode=Mode.SITE,
            state=PartBooking.State.WAITLISTED,
            waits_since=since,
        )
    cancel(registration_id=first.pk)
