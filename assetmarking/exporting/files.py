"""A firm's things with all their marks, to keep and to read in again: reading a file in changes nothing."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from assetmarking.categories import category_label
from assetmarking.importing.headings import MARK_FIELDS, PARTS, THING_FIELDS
from assetmarking.models import Asset, Mark, MarkKind
from partnership.models import Firm, Site
from partnership.spreadsheets import CSV, XLSX, Cell, Sheet, widths_of, write_csv, write_workbook

JSON = "application/json; charset=utf-8"
CONTENT_TYPES = {"xlsx": XLSX, "csv": CSV, "json": JSON}
VERSION = 1
"""Of the JSON file's form: docs/operations.md."""
AT_ONCE = 500
"""Things in memory."""
Thing = Mapping[str, Any]
"""Its fields, its `pk`, and its `marks` by kind and number, in the order in which they were recorded."""
Column = tuple[str, Callable[[Thing], Cell]]


def write_file(firm: Firm, suffix: str) -> IO[bytes]:
    """A temporary file, to be closed by who sends it. It is whole before the first byte leaves: what fails
    ends as a page and not in the middle of a file, and no slow connection holds the database.
    """
    file = TemporaryFile()  # noqa: SIM115
    with transaction.atomic():
        if suffix == "json":
            for line in _json_lines(firm):
                file.write(line.encode())
        else:
            write = write_csv if suffix == "csv" else write_workbook
            write(file, sheet_of(firm, is_text=suffix == "csv"))
    file.seek(0)
    return file


def sheet_of(firm: Firm, *, is_text: bool) -> Sheet:
    """`is_text`: amounts are written as Germans write them, since a file of text has no numbers."""
    columns = [*_thing_columns(firm, is_text=is_text), *_mark_columns(firm)]
    header, reads = [heading for heading, _read in columns], [read for _heading, read in columns]
    rows = ([read(thing) for read in reads] for thing in _things(firm, *THING_FIELDS))
    first = list(islice(rows, AT_ONCE))
    return Sheet(_("Geräte"), header, chain(first, rows), widths=widths_of(header, first))


def _things(firm: Firm, *names: str) -> Iterator[Thing]:
    rows = Asset.objects.filter(firm=firm).order_by("pk").values("pk", *names).iterator(AT_ONCE)
    while some := {row["pk"]: row | {"marks": {}} for row in islice(rows, AT_ONCE)}:
        marks = Mark.objects.filter(asset__in=list(some)).order_by("pk")
        for mark in marks.values("asset_id", "kind", "text", *PARTS):
            found = some[mark["asset_id"]]["marks"]
            number = sum(kind == mark["kind"] for kind, _number in found)
            found[mark["kind"], number] = mark
        yield from some.values()


def _thing_columns(firm: Firm, *, is_text: bool) -> list[Column]:
    sites, label = _sites(firm), cache(category_label)
    states = {state.value: str(state.label) for state in Asset.State}

    def value_of(thing: Thing) -> Cell:
        if thing["value"] is None:
            return None
        return f"{thing['value']:.2f}".replace(".", ",") if is_text else float(thing["value"])

    read: dict[str, Callable[[Thing], Cell]] = {
        "category": lambda thing: label(thing["category"]),
        "value": value_of,
        "site": lambda thing: sites.get(thing["site"], ""),
        "state": lambda thing: states[thing["state"]],
        "lent_until": lambda thing: thing["lent_until"].isoformat() if thing["lent_until"] else "",
    }

    def plain(name: str) -> Callable[[Thing], Cell]:
        return lambda thing: thing[name]

    return [(str(label), read.get(name, plain(name))) for name, (label, _words) in THING_FIELDS.items()]


def _sites(firm: Firm) -> dict[int, str]:
    return {site.pk: str(site) for site in Site.objects.filter(firm=firm)}


def _mark_columns(firm: Firm) -> list[Column]:
    """As many columns of each kind as any thing has marks of it; a mark's parts where any mark has them."""
    there = _marks_there(firm)
    columns: list[Column] = []
    for kind, label in [*((kind, label) for kind, (label, _words) in MARK_FIELDS.items()), _own_code()]:
        for number in range(sum(found == kind for found, _number in there)):
            heading = f"{label} {number + 1}" if number else str(label)
            columns.append((heading, _reading(kind, number, "text")))
            for part in PARTS:
                if part in there[kind, number]:
                    columns.append((f"{heading}: {PARTS[part][0]}", _reading(kind, number, part)))
    return columns


def _marks_there(firm: Firm) -> dict[tuple[str, int], set[str]]:
    """Kind and number -> the parts that any mark of it has."""
    number = Window(RowNumber(), partition_by=["asset_id", "kind"], order_by="pk")
    has = {f"has_{part}": ~Q(**{part: ""}) for part in PARTS if part != "marked_on"}
    rows = Mark.objects.filter(asset__firm=firm).annotate(
        number=number, **has, has_marked_on=Q(marked_on__isnull=False)
    )
    there: dict[tuple[str, int], set[str]] = {}
    for row in (
        rows.order_by("kind", "number").values("kind", "number", *(f"has_{p}" for p in PARTS)).distinct()
    ):
        parts = there.setdefault((row["kind"], row["number"] - 1), set())
        parts |= {part for part in PARTS if row[f"has_{part}"]}
    return there


def _own_code() -> tuple[str, Any]:
    return MarkKind.OWN_CODE, MarkKind.OWN_CODE.label


def _reading(kind: str, number: int, name: str) -> Callable[[Thing], Cell]:
    def read(thing: Thing) -> Cell:
        mark = thing["marks"].get((kind, number))
        return str(mark[name] or "") if mark else ""

    return read


def _json_lines(firm: Firm) -> Iterator[str]:
    """A line for each thing."""
    sites, is_first = _sites(firm), True
    yield f'{{"version": {VERSION}, "firm": {_json(firm.name)}, "things": ['
    names = (*THING_FIELDS, "created_at")
    for thing in _things(firm, *names):
        yield ("\n" if is_first else ",\n") + _json(_as_json(thing, sites))
        is_first = False
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_json(thing: Thing, sites: Mapping[int, str]) -> dict[str, Any]:
    texts = ("reference", "state", "category", "name", "make", "model", "year", "peculiarities", "own_number")
    return {
        **{name: thing[name] for name in texts},
        "value": None if thing["value"] is None else f"{thing['value']:.2f}",
        "site": sites.get(thing["site"]),
        "kept_at": thing["kept_at"],
        "lent_to": thing["lent_to"],
        "lent_until": thing["lent_until"].isoformat() if thing["lent_until"] else None,
        "recorded_at": thing["created_at"].isoformat(),
        "marks": [
            {
                **{name: mark[name] for name in ("kind", "text", "vendor", "place", "marked_by")},
                "marked_on": mark["marked_on"].isoformat() if mark["marked_on"] else None,
            }
            for mark in thing["marks"].values()
        ],
    }
