"""Beside the coming forum: one that was held, a conference, a training, an external course, a draft, and one
that was called off."""

import datetime

from django.utils import timezone

from forums.demo.rows import a_workday, write_event, write_part, write_registrations
from forums.models import Attendance, Event, EventSeries, Kind, Registration, Subject, Visibility
from partnership.demo import leipzig
from partnership.models import Office, Organisation, Partnership

State = Event.State
THERE = "Axel Ahorn,Britta Buche,Clemens Distel,Dora Efeu,Erik Farn,Frauke Ginster,Gregor Hasel,Hilde Iris"
ABSENT = "Ingo Jasmin,Jule Klee"
CONFERENCE = "Karin Lilie,Leon Malve,Marta Nelke,Norbert Oleander,Petra Primel,Ralf Quitte"


def add_others(partnership: Partnership) -> None:
    add_held_forum(partnership)
    _add_conference(partnership)
    _add_training(partnership)
    _add_course(partnership)
    _add_draft(partnership)
    _add_called_off(partnership)


def add_held_forum(partnership: Partnership) -> Event:
    """Three weeks ago, the latest of a half-yearly series; two of those registered did not come."""
    day = a_workday(-3, 3)
    event = write_event(
        partnership,
        leipzig.IHK,
        day=day,
        hours=(9, 15),
        partners=(leipzig.POLICE,),
        kind=Kind.FORUM,
        state=State.HELD,
        held_at=timezone.now() - datetime.timedelta(days=14),
        series=_series(partnership, "Sicherheitsforen der IHK", every_months=6),
        title="Sicherheitsforum: Cyberangriffe auf kleine Betriebe",
        summary="Wie Angriffe ablaufen, woran man sie erkennt und was in der ersten Stunde zählt.",
        subjects=[Subject.CYBERCRIME, Subject.FRAUD],
        office=Office.objects.get(name=leipzig.IHK_HOUSE),
        contact_phone=partnership.phone,
    )
    talk = write_part(event, "Lagebild und Fälle", (9, 12), site=60, is_for_all=True, room="Großer Saal")
    workshop = write_part(event, "Notfallplan schreiben", (13, 15), site=15, room="Raum 2", credit_hours=2)
    write_registrations(event, [talk, workshop], ABSENT.split(","))
    for registration in write_registrations(event, [talk, workshop], THERE.split(",")):
        _was_there(registration, day)
    return event


def _add_conference(partnership: Partnership) -> None:
    event = write_event(
        partnership,
        leipzig.HWK,
        day=a_workday(9, 2),
        hours=(9, 17),
        partners=(leipzig.IHK, leipzig.POLICE),
        kind=Kind.CONFERENCE,
        title="Regionalkonferenz Sichere Innenstadt",
        summary="Kommunen, Handel und Polizei stellen vor, was in ihren Städten gewirkt hat.",
        subjects=[Subject.PUBLIC_SPACE, Subject.THEFT],
        venue="Kulturhaus am Markt",
        street="Beispielweg 1",
        postcode="04808",
        city="Wurzen",
        step_free=True,
        is_online=True,
        join_url="https://konferenz.example/innenstadt",
        asks_catering=True,
        contact_phone=partnership.phone,
    )
    main = write_part(event, "Konferenz", (9, 17), site=120, online=300, is_for_all=True, credit_hours=6)
    write_registrations(event, [main], CONFERENCE.split(","))


def _add_training(partnership: Partnership) -> None:
    event = write_event(
        partnership,
        leipzig.IHK,
        day=a_workday(5, 1),
        hours=(9, 13),
        partners=(leipzig.POLICE,),
        kind=Kind.TRAINING,
        visibility=Visibility.INTERNAL,
        title="Schulung: Gespräche nach einer Straftat führen",
        summary="Für alle, die in Kammern und Rathäusern mit Betroffenen sprechen.",
        subjects=[Subject.VIOLENCE, Subject.ROBBERY],
        office=Office.objects.get(name=leipzig.GRIMMA),
        contact_phone=partnership.phone,
    )
    write_part(event, "Schulung", (9, 13), site=12, is_for_all=True, credit_hours=4)


def _add_course(partnership: Partnership) -> None:
    write_event(
        partnership,
        leipzig.HWK,
        day=a_workday(7, 0),
        hours=(10, 16),
        kind=Kind.EXTERNAL,
        title="Fachkraft für Einbruchschutz, Grundkurs",
        subjects=[Subject.BURGLARY],
        venue="Akademie Sicheres Handwerk",
        city="Dresden",
        provider="Akademie Sicheres Handwerk",
        provider_url="https://akademie.example/grundkurs",
    )


def _add_draft(partnership: Partnership) -> None:
    """It still lacks a place."""
    event = write_event(
        partnership,
        leipzig.IHK,
        day=a_workday(16, 3),
        hours=(9, 16),
        kind=Kind.FORUM,
        state=State.DRAFT,
        title="Sicherheitsforum: Diebstahl auf Baustellen",
        subjects=[Subject.THEFT],
    )
    write_part(event, "Vortrag der Polizei", (9, 12), site=80, is_for_all=True)
    for title in ("Werkzeug kennzeichnen", "Baustellen sichern"):
        write_part(event, title, (13, 16), site=15, credit_hours=3)


def _add_called_off(partnership: Partnership) -> None:
    event = write_event(
        partnership,
        leipzig.HWK,
        day=a_workday(2, 1),
        hours=(16, 18),
        kind=Kind.FORUM,
        state=State.CANCELLED,
        cancelled_at=timezone.now(),
        cancel_reason="Der Saal steht nach einem Wasserschaden nicht zur Verfügung.",
        title="Abendforum: Betrug mit falschen Rechnungen",
        subjects=[Subject.FRAUD],
        office=Office.objects.get(name=leipzig.HWK_HOUSE),
        contact_phone=partnership.phone,
    )
    write_part(event, "Vortrag und Gespräch", (16, 18), site=40, is_for_all=True)


def _was_there(registration: Registration, day: datetime.date) -> None:
    halves = (Attendance.Half.MORNING, Attendance.Half.AFTERNOON)
    bookings = registration.bookings.order_by("part__starts_at")
    Attendance.objects.bulk_create(
        Attendance(booking=booking, day=day, half=half, at=booking.part.starts_at, way=Attendance.Way.QR)
        for booking, half in zip(bookings, halves, strict=True)
    )


def _series(partnership: Partnership, title: str, *, every_months: int) -> EventSeries:
    organiser = Organisation.objects.get(partnerships=partnership, name=leipzig.IHK)
    return EventSeries.objects.create(
        partnership=partnership,
        organiser=organiser,
        title=title,
        kind=Kind.FORUM,
        every_months=every_months,
        first_due=a_workday(-4, 3),
    )
