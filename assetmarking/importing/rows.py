"""What one row says about a thing and its marks, with faults for each column."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assetmarking.categories import OTHER, find_category
from assetmarking.importing.cells import (
    Fault,
    amount_of,
    day_of,
    mark_text_of,
    shown,
    text_of,
    year_of,
)
from assetmarking.importing.headings import MARK_FIELDS, folded, label_of
from assetmarking.importing.reading import Cell
from assetmarking.matching.keys import is_no_number
from assetmarking.models import Asset, Mark, MarkKind
from partnership.models import Firm

State = Asset.State
LANGUAGES = ("de", "en")
MORE_STATES = {
    "vorhanden": State.IN_USE,
    "aktiv": State.IN_USE,
    "ok": State.IN_USE,
    "verleih": State.LENT,
    "ausgeliehen": State.LENT,
    "verschrottet": State.SCRAPPED,
    "entsorgt": State.SCRAPPED,
    "gestohlen": State.STOLEN,
    "stolen": State.STOLEN,
}


@dataclass
class Understood:
    """`values` is what `ImportRow.values` keeps: only what the row says something about."""

    number: int
    cells: list[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def marks(self) -> list[dict[str, str]]:
        return list(self.values.get("marks", []))


class RowReader:
    """Of one list of one firm: `mapping` is column number -> field."""

    def __init__(self, firm: Firm, headings: Sequence[str], mapping: Mapping[str, str]) -> None:
        self.headings = headings
        self.columns = sorted((int(number), field) for number, field in mapping.items() if field)
        self.sites = _sites_by_words(firm)
        self.this_year = timezone.localdate().year

    def understand(self, number: int, cells: list[Cell]) -> Understood:
        row = Understood(number, cells)
        last_mark: dict[str, str] = {}
        latest: dict[str, dict[str, str]] = {}
        for column, name in self.columns:
            cell = cells[column] if column < len(cells) else None
            kind, _dot, part = name.partition(".")
            try:
                if part:
                    self._read_part(latest.get(kind, last_mark), part, cell)
                elif kind in MARK_FIELDS:
                    last_mark = latest[kind] = self._read_mark(row, kind, cell)
                elif shown(cell):
                    row.values[name] = self._read(name, cell)
            except Fault as fault:
                row.faults.append((self._heading(column, name), fault.sentence))
        row.values["marks"] = [mark for mark in row.values.get("marks", []) if mark["text"]]
        self._complete(row)
        return row

    def _heading(self, column: int, name: str) -> str:
        return self.headings[column].strip() or label_of(name)

    def _read(self, name: str, cell: Cell) -> Any:
        match name:
            case "year":
                value: Any = year_of(cell, this_year=self.this_year)
            case "value":
                value = str(amount_of(cell))
            case "lent_until":
                value = day_of(cell).isoformat()
            case "state":
                value = _state_of(text_of(cell, most=100))
            case "site" | "category":
                value = text_of(cell, most=300)
            case "reference":
                value = text_of(cell, most=40).upper()
            case _:
                value = text_of(cell, most=_most(name))
        return value

    def _read_mark(self, row: Understood, kind: str, cell: Cell) -> dict[str, str]:
        mark = {"kind": str(kind), "text": ""}
        row.values.setdefault("marks", []).append(mark)
        text = mark_text_of(cell, most=_most_of_mark("text"))
        if text and is_no_number(text):
            row.notes.append(_("„%(text)s“ ist keine Nummer und bleibt weg.") % {"text": text})
        else:
            mark["text"] = text
        return mark

    def _read_part(self, mark: dict[str, str], part: str, cell: Cell) -> None:
        if not shown(cell):
            return
        mark[part] = (
            day_of(cell).isoformat() if part == "marked_on" else text_of(cell, most=_most_of_mark(part))
        )

    def _complete(self, row: Understood) -> None:
        values = row.values
        words = values.pop("category", "")
        category = category_of(words) if words else None
        if words and category is None:
            row.notes.append(_("Die Art „%(words)s“ kennen wir nicht.") % {"words": words[:60]})
        if words and not values.get("name"):
            values["name"] = words[: _most("name")]
        if category:
            values["category"] = category
        elif values.get("name"):
            values["guessed_category"] = category_of(values["name"]) or OTHER
        self._place(row)
        if values.get("lent_until") and not values.get("lent_to"):
            values.pop("lent_until")
            row.notes.append(_("„Verliehen bis“ bleibt weg: Es steht nicht da, an wen."))
        is_faulty_before = bool(row.faults)
        if not values.get("name") and not values.get("reference") and not is_faulty_before:
            row.faults.append((label_of("name"), _("Es fehlt, was es ist.")))

    def _place(self, row: Understood) -> None:
        """Words that name no site of the firm say where the thing is kept; nothing is lost."""
        words = row.values.pop("site", "")
        if not words:
            return
        sites = self.sites.get(folded(words))
        if sites:
            row.values["site"] = sites
            return
        kept_at = ", ".join(part for part in (words, row.values.get("kept_at", "")) if part)
        if len(kept_at) > _most("kept_at"):
            row.faults.append((label_of("site"), _("Diesen Standort gibt es bei Ihrer Firma nicht.")))
        else:
            row.values["kept_at"] = kept_at
            row.notes.append(
                _("„%(words)s“ ist kein Standort Ihrer Firma und steht unter „gewöhnlich aufbewahrt“.")
                % {"words": words[:60]}
            )


def _most(name: str) -> int:
    return int(getattr(Asset._meta.get_field(name), "max_length", 0))


def _most_of_mark(name: str) -> int:
    return int(getattr(Mark._meta.get_field(name), "max_length", 0))


@cache
def category_of(words: str) -> str | None:
    """In German or English."""
    for language in LANGUAGES:
        with translation.override(language):
            if found := find_category(words):
                return found
    return None


@cache
def _states() -> dict[str, str]:
    words = {folded(word): str(state) for word, state in MORE_STATES.items()}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {folded(str(label)): str(key) for key, label in State.choices}
    return words | {str(key).replace("_", ""): str(key) for key in State.values}


def _state_of(words: str) -> str:
    state = _states().get(folded(words))
    if state is None:
        raise Fault(
            _("„%(words)s“ ist kein Stand. Möglich sind: in Gebrauch, verliehen, verkauft, ausgemustert.")
            % {"words": words[:60]}
        )
    return state


def _sites_by_words(firm: Firm) -> dict[str, list[int]]:
    """By name, address, street and town, as far as a word leads to one address."""
    found: dict[str, list[int]] = {}
    for site in firm.sites.order_by("pk"):
        for words in {folded(part) for part in (site.name, str(site), site.street, site.city) if part}:
            found.setdefault(words, []).append(site.pk)
    return found


def own_kind(kind: str) -> str:
    return str(MarkKind(kind).label)


def as_json(cells: Sequence[Cell]) -> list[Any]:
    return [cell.isoformat() if isinstance(cell, datetime.date) else cell for cell in cells]
