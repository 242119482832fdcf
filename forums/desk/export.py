"""The list of participants as XLSX and CSV: who waits stands on a sheet of its own."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from forums.desk.listing import Standing, programme_of, standing_of
from forums.desk.needs import Needs
from forums.models import Event, EventPart, Mode, PartBooking, Registration
from partnership.spreadsheets import Cell, Sheet, workbook_of
from partnership.times import berlin_day, numeric_date

State = PartBooking.State


def file_name(event: Event, suffix: str) -> str:
    """'teilnehmende-F-23AB45.xlsx'."""
    return f"teilnehmende-{event.reference}.{suffix}"


def workbook(event: Event, registrations: Iterable[Registration], needs: Needs) -> bytes:
    stand = [one for one in registrations if one.state == Registration.State.CONFIRMED]
    sheets = [participants_sheet(event, stand), _waiting_sheet(event, stand)]
    if needs:
        sheets.append(_needs_sheet(needs))
    return workbook_of(*sheets)


def participants_sheet(event: Event, registrations: Iterable[Registration]) -> Sheet:
    """Those with a place in one part at least; a part that somebody waits for says so."""
    take_part = [one for one in registrations if standing_of(one) == Standing.TAKES_PART]
    parts = programme_of(event)
    header = [*_header(), *(part.title for part in parts)]
    return Sheet(_("Teilnehmende"), header, [[*_person(one), *_places(one, parts)] for one in take_part])


def _waiting_sheet(event: Event, registrations: list[Registration]) -> Sheet:
    """In the order of the lines: by part, mode and since when."""
    waits = [
        (booking, one)
        for one in registrations
        for booking in one.bookings.all()
        if booking.state in PartBooking.WAITING
    ]
    order = {part.pk: number for number, part in enumerate(programme_of(event))}
    waits.sort(key=lambda wait: (order[wait[0].part_id], wait[0].mode, wait[0].waits_since, wait[0].pk))
    rows: list[list[Cell]] = [
        [booking.part.title, str(booking.get_mode_display()), str(booking.get_state_display()), *_person(one)]
        for booking, one in waits
    ]
    return Sheet(_("Warteliste"), [_("Programmteil"), _("Form"), _("Stand"), *_header()], rows)


def _needs_sheet(needs: Needs) -> Sheet:
    rows: list[list[Cell]] = [[_("Essen"), wish, number] for wish, number in needs.catering]
    rows += [[_("Unterstützung"), wish, number] for wish, number in needs.accessibility]
    return Sheet(_("Bedarf"), [_("Was"), _("Wunsch"), _("Personen")], rows)


def _header() -> list[str]:
    return [
        *(_("Nummer"), _("Name"), _("Firma oder Organisation"), _("nimmt teil als")),
        *(_("E-Mail"), _("Telefon"), _("angemeldet")),
    ]


def _person(registration: Registration) -> list[Cell]:
    return [
        registration.reference,
        registration.name,
        registration.firm_name,
        str(registration.get_role_display()),
        registration.email,
        registration.phone,
        numeric_date(berlin_day(registration.created_at)),
    ]


def _places(registration: Registration, parts: list[EventPart]) -> list[Cell]:
    found = {booking.part_id: booking for booking in registration.bookings.all()}
    return [_place(found.get(part.pk)) for part in parts]


def _place(booking: PartBooking | None) -> str:
    if booking is None:
        return ""
    mode = str(Mode(booking.mode).label)
    return mode if booking.state == State.CONFIRMED else f"{booking.get_state_display()} ({mode})"
