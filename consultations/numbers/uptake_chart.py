"""A table of shares as lying bars, in percent of their length; the table below says the same. Pure."""

from dataclasses import dataclass

from consultations.numbers.uptake import Line, Table


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind` is its look: `done`, `planned`; `maybe` is what an inexact share of what is done leaves open."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    pieces: list[Piece]


def draw_shares(table: Table) -> list[Bar]:
    return [Bar(f"{line.label}: {line.shares[0]}", _pieces(line)) for line in table.lines]


def _pieces(line: Line) -> list[Piece]:
    done, planned, *_others = line.shares
    widths = [("done", done.low), ("maybe", done.high - done.low), ("planned", planned.low)]
    pieces, x = [], 0
    for kind, width in widths:
        if width:
            pieces.append(Piece(kind, x, width))
            x += width
    return pieces
