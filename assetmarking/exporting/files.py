"""A firm's things with all their marks, to keep and to read in again: reading a file in changes nothing."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assetmarking.categories import category_label
from assetmarking.importing.headings import MARK_FIELDS, PARTS, THING_FIELDS
from assetmarking.models import Asset, Mark, MarkKind
from assetmarking.queries import assets_of_firm
from partnership.models import Firm
from partnership.spreadsheets import CSV, XLSX, Cell, Sheet, csv_of, workbook_of

JSON = "application/json; charset=utf-8"
CONTENT_TYPES = {"xlsx": XLSX, "csv": CSV, "json": JSON}
VERSION = 1
"""Of the JSON file's form: docs/operations.md."""


def file_of(firm: Firm, suffix: str) -> bytes:
    things = assets_of_firm(firm).order_by("pk")
    if suffix == "json":
        return json_of(firm, things)
    sheet = sheet_of(list(things), is_text=suffix == "csv")
    return csv_of(sheet) if suffix == "csv" else workbook_of(sheet)


def sheet_of(things: Sequence[Asset], *, is_text: bool) -> Sheet:
    """`is_text`: amounts are written as Germans write them, since a file of text has no numbers."""
    columns = [*_thing_columns(is_text=is_text), *_mark_columns(_by_kind(things))]
    rows = [[read(thing) for _heading, read in columns] for thing in things]
    return Sheet(_("Geräte"), [heading for heading, _read in columns], rows)


Column = tuple[str, Callable[[Asset], Cell]]


def _thing_columns(*, is_text: bool) -> list[Column]:
    def value_of(thing: Asset) -> Cell:
        if thing.value is None:
            return None
        return f"{thing.value:.2f}".replace(".", ",") if is_text else float(thing.value)

    read: dict[str, Callable[[Asset], Cell]] = {
        "category": lambda thing: category_label(thing.category),
        "value": value_of,
        "site": lambda thing: str(thing.site or ""),
        "state": lambda thing: str(thing.get_state_display()),
        "lent_until": lambda thing: thing.lent_until.isoformat() if thing.lent_until else "",
    }

    def plain(name: str) -> Callable[[Asset], Cell]:
        return lambda thing: getattr(thing, name)

    return [(str(label), read.get(name, plain(name))) for name, (label, _words) in THING_FIELDS.items()]


MarksByKind = Mapping[str, Mapping[int, list[Mark]]]


def _by_kind(things: Sequence[Asset]) -> MarksByKind:
    """Kind -> thing -> its marks."""
    found: dict[str, dict[int, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for thing in things:
        for mark in thing.marks.all():
            found[mark.kind][thing.pk].append(mark)
    return found


def _mark_columns(by_kind: MarksByKind) -> list[Column]:
    """As many columns of each kind as any thing has marks of it; a mark's parts where any mark has them."""
    columns: list[Column] = []
    for kind, label in [*((kind, label) for kind, (label, _words) in MARK_FIELDS.items()), _own_code()]:
        of_kind = by_kind.get(kind, {})
        for number in range(max(map(len, of_kind.values()), default=0)):
            heading = f"{label} {number + 1}" if number else str(label)
            columns.append((heading, _reading(of_kind, number, "text")))
            for part, (part_label, _words) in PARTS.items():
                if any(getattr(mark, part) for row in of_kind.values() for mark in row[number : number + 1]):
                    columns.append((f"{heading}: {part_label}", _reading(of_kind, number, part)))
    return columns


def _own_code() -> tuple[str, Any]:
    return MarkKind.OWN_CODE, MarkKind.OWN_CODE.label


def _reading(of_kind: Mapping[int, list[Mark]], number: int, name: str) -> Callable[[Asset], Cell]:
    def read(thing: Asset) -> Cell:
        found = of_kind.get(thing.pk, [])[number : number + 1]
        return str(getattr(found[0], name) or "") if found else ""

    return read


def json_of(firm: Firm, things: QuerySet[Asset]) -> bytes:
    answer = {"version": VERSION, "firm": firm.name, "things": [_as_json(thing) for thing in things]}
    return json.dumps(answer, ensure_ascii=False, indent=1).encode()


def _as_json(thing: Asset) -> dict[str, Any]:
    texts = ("reference", "state", "category", "name", "make", "model", "year", "peculiarities", "own_number")
    return {
        **{name: getattr(thing, name) for name in texts},
        "value": None if thing.value is None else f"{thing.value:.2f}",
        "site": str(thing.site) if thing.site else None,
        "kept_at": thing.kept_at,
        "lent_to": thing.lent_to,
        "lent_until": thing.lent_until.isoformat() if thing.lent_until else None,
        "recorded_at": thing.created_at.isoformat(),
        "marks": [
            {
                **{name: getattr(mark, name) for name in ("kind", "text", "vendor", "place", "marked_by")},
                "marked_on": mark.marked_on.isoformat() if mark.marked_on else None,
            }
            for mark in thing.marks.all()
        ],
    }
