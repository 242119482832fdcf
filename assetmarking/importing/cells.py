"""What one cell says: numbers, amounts and dates as Germans and programs write them. Raises Fault."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from assetmarking.importing.read_table import FORMULA_WITHOUT_VALUE
from assetmarking.importing.reading import Cell
from assetmarking.recording.details import MOST_VALUE, OLDEST

ERROR = re.compile(r"#(REF|N/A|NV|WERT|VALUE|DIV/0|NAME|NULL|NUM|BEZUG|ZAHL|ÜBERLAUF|SPILL)[!?]?")
SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
MOST_DIGITS = 10**15
"""Spreadsheet programs keep so many digits of a number and turn the rest into zeros."""
FIRST_DAY = datetime.date(1899, 12, 30)
"""Of spreadsheet programs, which count days from it."""


class Fault(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return " ".join(str(cell).split())


def text_of(cell: Cell, *, most: int) -> str:
    text = shown(cell)
    if FORMULA_WITHOUT_VALUE in text:
        raise Fault(
            _("Hier steht eine Formel ohne Ergebnis. Speichern Sie die Datei noch einmal in Ihrem Programm.")
        )
    if ERROR.fullmatch(text):
        raise Fault(_("Die Formel ergibt einen Fehler (%(text)s).") % {"text": text})
    if "\ufffd" in text:
        raise Fault(_("„%(text)s“ enthält Zeichen, die wir nicht lesen können.") % {"text": text[:40]})
    if len(text) > most:
        raise Fault(
            _("Der Text hat %(number)d Zeichen, höchstens %(most)d gehen.")
            % {"number": len(text), "most": most}
        )
    return text


def mark_text_of(cell: Cell, *, most: int) -> str:
    """A number as it stands on a thing: what a spreadsheet program has made of it may be beyond repair."""
    text = text_of(cell, most=most)
    if isinstance(cell, datetime.date):
        raise Fault(
            _("Das Programm hat aus der Nummer ein Datum gemacht (%(text)s). Schreiben Sie sie als Text.")
            % {"text": text}
        )
    is_long = isinstance(cell, int | float) and abs(cell) >= MOST_DIGITS
    if is_long or SHORTENED.fullmatch(text):
        raise Fault(
            _("Von der Nummer fehlen die letzten Ziffern (%(text)s). Schreiben Sie sie als Text.")
            % {"text": text}
        )
    return text


def year_of(cell: Cell, *, this_year: int) -> int:
    if isinstance(cell, datetime.date):
        year = cell.year
    else:
        text = text_of(cell, most=100)
        found = re.fullmatch(r"(?:\d{1,2}[./])?(\d{4})", text)
        if not found:
            raise Fault(_("„%(text)s“ ist keine Jahreszahl.") % {"text": text})
        year = int(found[1])
    if not OLDEST <= year <= this_year + 1:
        raise Fault(
            _("%(year)d passt nicht. Möglich sind %(first)d bis %(last)d.")
            % {"year": year, "first": OLDEST, "last": this_year + 1}
        )
    return year


def amount_of(cell: Cell) -> Decimal:
    """'1.234,56 €', '1,234.56', '649', '649,-'."""
    text = text_of(cell, most=100)
    bare = re.sub(
        r"(?i)\s|'|€|eur(o)?|,-+$|,–$|,—$", "", str(cell) if isinstance(cell, int | float) else text
    )
    if "," in bare and "." in bare:
        decimal_mark = max(",.", key=bare.rfind)
        bare = bare.replace("." if decimal_mark == "," else ",", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare) and isinstance(cell, str):
        bare = re.sub(r"[.,]", "", bare)
    else:
        bare = bare.replace(",", ".")
    try:
        amount = Decimal(bare).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Fault(
            _("„%(text)s“ ist kein Betrag. Schreiben Sie zum Beispiel 649,00.") % {"text": text}
        ) from None
    if not amount.is_finite() or not 0 <= amount <= MOST_VALUE:
        raise Fault(_("„%(text)s“ ist kein Betrag. Schreiben Sie zum Beispiel 649,00.") % {"text": text})
    return amount


def day_of(cell: Cell) -> datetime.date:
    """'3.10.24', '2024-10-03', '03/10/2024', or the day's number in a spreadsheet program."""
    if isinstance(cell, datetime.date):
        return cell
    text = text_of(cell, most=100)
    serial = re.fullmatch(r"(\d{5})([.,]\d+)?", text)
    if serial:
        return FIRST_DAY + datetime.timedelta(days=int(serial[1]))
    found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})", text)
    turned = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])", text)
    try:
        if found:
            year = int(found[3])
            return datetime.date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
        if turned:
            return datetime.date(int(turned[1]), int(turned[2]), int(turned[3]))
    except ValueError:
        pass
    raise Fault(_("„%(text)s“ ist kein Tag. Schreiben Sie zum Beispiel 3.10.2024.") % {"text": text})
