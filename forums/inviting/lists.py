"""Reading a list of guests as people have it: pasted from a mail or a table, or a CSV file."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST_LINES = 1000
SEPARATORS = (";", "\t", ",")
ADDRESS_IN_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")
HEADINGS = {"name", "vorname", "nachname", "e-mail", "email", "mail", "firma", "organisation"}


@dataclass(frozen=True, kw_only=True)
class Guest:
    name: str
    email: str
    firm_name: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` is the text as it was given, `number` its place, from 1."""

    number: int
    line: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GuestList:
    guests: list[Guest]
    faults: list[Fault]


def decode(content: bytes) -> str:
    """UTF-8, with its mark or without, or as older spreadsheets write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_list(text: str) -> GuestList:
    """A guest in each line: name; e-mail; firm, in this order or with the address anywhere. Every line is a
    guest, a fault, empty, or the headings of a table."""
    found = GuestList([], [])
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if not any(cells) or (number == 1 and _is_heading(cells)):
            continue
        try:
            if number > MOST_LINES:
                raise ValueError(
                    _("Das sind zu viele auf einmal. Nehmen Sie diese Zeile mit der nächsten Liste.")
                )
            found.guests.append(_guest(cells))
        except ValueError as error:
            found.faults.append(Fault(number, line, str(error)))
    return found


def _cells(line: str) -> list[str]:
    separator = next((sign for sign in SEPARATORS if sign in line), ";")
    row = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    return [" ".join(cell.split()).strip("'") for cell in row]


def _is_heading(cells: Sequence[str]) -> bool:
    return not any("@" in cell for cell in cells) and any(cell.casefold() in HEADINGS for cell in cells)


def _guest(cells: list[str]) -> Guest:
    """Raises ValueError with what to do."""
    place = next((number for number, cell in enumerate(cells) if "@" in cell), None)
    if place is None:
        raise ValueError(_("Ergänzen Sie die E-Mail-Adresse: Name; E-Mail; Firma."))
    others = cells[:place] + cells[place + 1 :]
    email = cells[place]
    if both := ADDRESS_IN_BRACKETS.match(email):
        email = both["email"].strip()
        others = [both["name"].strip(' "'), *others]
    named = [cell for cell in others if cell]
    guest = Guest(name=named[0] if named else "", email=email.lower(), firm_name=", ".join(named[1:]))
    _check(guest)
    return guest


def _check(guest: Guest) -> None:
    try:
        validate_email(guest.email)
    except ValidationError:
        raise ValueError(_("Prüfen Sie die E-Mail-Adresse, zum Beispiel name@beispiel.de.")) from None
    if not guest.name:
        raise ValueError(_("Ergänzen Sie den Namen: Name; E-Mail; Firma."))
    if len(guest.name) > 120 or len(guest.email) > 254 or len(guest.firm_name) > 160:
        raise ValueError(_("Kürzen Sie diese Zeile: Name, Adresse oder Firma sind zu lang."))
