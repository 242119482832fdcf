"""An event of the day on which the demo begins, to stand at its door: some are there, some are expected."""

import datetime

from django.utils import timezone

from forums.demo.rows import write_event, write_part, write_registrations
from forums.door.half_days import half_days_of
from forums.models import Attendance, Event, Kind, Registration, Subject
from partnership.demo import leipzig
from partnership.models import Office, Partnership
from partnership.times import today

THERE = "Selma Rose,Tom Salbei,Ulla Tanne"
EXPECTED = "Veit Ulme,Wera Veilchen,Xaver Weide,Yara Zeder,Anton Aster,Berta Birke,Carlo Dahlie,Doris Erle"


def add_event_of_today(partnership: Partnership) -> Event:
    event = write_event(
        partnership,
        leipzig.IHK,
        day=today(),
        hours=(8, 20),
        partners=(leipzig.POLICE,),
        kind=Kind.TRAINING,
        title="Tag der sicheren Werkstatt",
        summary="Schlösser, Fenster und Alarm zum Anfassen, den ganzen Tag.",
        subjects=[Subject.BURGLARY],
        office=Office.objects.get(name=leipzig.IHK_HOUSE),
        contact_phone=partnership.phone,
    )
    show = write_part(event, "Vorführungen", (8, 20), site=60, is_for_all=True, room="Foyer")
    tour = write_part(event, "Rundgang durch die Musterwerkstatt", (14, 16), site=8, room="Treffpunkt Foyer")
    for registration in write_registrations(event, [show], THERE.split(",")):
        _was_there(registration)
    write_registrations(event, [show, tour], EXPECTED.split(","))
    return event


def _was_there(registration: Registration) -> None:
    booking = registration.bookings.select_related("part").get()
    morning = half_days_of(booking.part)[0]
    Attendance.objects.create(
        booking=booking,
        day=morning.day,
        half=morning.half,
        at=min(timezone.now(), booking.part.starts_at + datetime.timedelta(minutes=5)),
        way=Attendance.Way.QR,
    )
