"""A table of shares as lying bars. Places are pixels; the same shares stand in the table below. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.numbers.uptake import Line, Table

ROW, BAR, HEAD = 44, 16, 8
WIDTH, PER_CENT = 640, 6
"""A bar of 100 percent takes 600."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind` is its look: `done`, `planned`; `maybe` is what an inexact share leaves open."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    y: int
    bar_y: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    bar: int
    rows: list[Row]
    label: str


def draw_shares(table: Table) -> Chart:
    rows = [
        Row(
            label=f"{line.label}: {line.shares[0]}",
            y=HEAD + number * ROW + 14,
            bar_y=HEAD + number * ROW + 20,
            pieces=_pieces(line),
        )
        for number, line in enumerate(table.lines)
    ]
    words = "; ".join(row.label for row in rows)
    return Chart(
        width=WIDTH,
        height=HEAD + ROW * len(rows) + 4,
        bar=BAR,
        rows=rows,
        label=_("%(title)s, umgesetzt: %(words)s") % {"title": table.title, "words": words},
    )


def _pieces(line: Line) -> list[Piece]:
    """What is done, then what is planned; as much as is known, then what may be."""
    done, planned, *_others = line.shares
    pieces, x = [], 0
    for kind, low, high in (("done", done.low, done.high), ("planned", planned.low, planned.high)):
        if low:
            pieces.append(Piece(kind, x, low * PER_CENT))
            x += low * PER_CENT
        if high > low and kind == "done":
            pieces.append(Piece("maybe", x, (high - low) * PER_CENT))
            x += (high - low) * PER_CENT
    return pieces
