"""How alike two numbers are, and how likely they are one."""

from dataclasses import dataclass
from enum import StrEnum

from assetmarking.matching.aligning import Alignment, Cell, How, align, tokens_of

FEWEST_FOR_ONE_EDIT = 4
FEWEST_FOR_TWO_EDITS = 12
FEWEST_FOR_TWO_EDITS_OF_A_MAKE = 6
FEWEST_CONTAINED = 5
"""In characters. Below these so much is alike that a hit tells nothing."""
_SIMILAR = {
    *(
        "17",
        "38",
        "58",
        "56",
        "68",
        "06",
        "08",
        "09",
        "49",
        "4A",
        "69",
        "C0",
        "C6",
        "EF",
        "PR",
        "MN",
        "HN",
        "KX",
    ),
    *(
        "XY",
        "UY",
        "T7",
        "T1",
        "J1",
        "14",
        "27",
        "AÄ",
        "0Ö",
        "UÜ",
        "FP",
        "HM",
        "AR",
        "R8",
        "E8",
        "39",
        "59",
        "J7",
    ),
}
"""Folded characters that look alike on worn plates, though not so much that they count as one."""
_SIMILAR |= {pair[::-1] for pair in _SIMILAR}


class MatchKind(StrEnum):
    RAW = "raw"
    FOLDED = "folded"
    ONE_EDIT = "one_edit"
    CONTAINED = "contained"
    TWO_EDITS = "two_edits"


EQUAL = (MatchKind.RAW, MatchKind.FOLDED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`inside` names the side of which a part is the other: "asked" or "recorded"."""

    match: MatchKind
    alignment: Alignment
    length: int
    inside: str = ""


def judge(asked: str, recorded: str, *, is_of_make: bool = False) -> Verdict | None:
    """None for numbers that are not alike. `is_of_make`: it is of the make that was asked for."""
    one, other = tokens_of(asked), tokens_of(recorded)
    length = min(len(one), len(other))
    alignment = align(one, other, most_edits=2)
    if alignment is not None and (match := _match_of_whole(alignment, length)) is not None:
        return Verdict(match, alignment, length)
    if length >= FEWEST_CONTAINED:
        inside = "recorded" if len(one) < len(other) else "asked"
        part = align(one, other, most_edits=0, inside=inside)
        if part is not None:
            return Verdict(MatchKind.CONTAINED, part, length, inside)
    fewest = FEWEST_FOR_TWO_EDITS_OF_A_MAKE if is_of_make else FEWEST_FOR_TWO_EDITS
    if alignment is not None and length >= fewest and alignment.edits == 2:
        return Verdict(MatchKind.TWO_EDITS, alignment, length)
    return None


def _match_of_whole(alignment: Alignment, length: int) -> MatchKind | None:
    if alignment.cost == 0:
        return MatchKind.RAW
    if alignment.edits == 0:
        return MatchKind.FOLDED
    if alignment.edits == 1 and length >= FEWEST_FOR_ONE_EDIT:
        return MatchKind.ONE_EDIT
    return None


def score_of(verdict: Verdict, *, is_of_make: bool | None) -> int:
    """From 1 to 4. `is_of_make` is None if no make was asked for, or none is recorded."""
    score = _score_of_numbers(verdict)
    if is_of_make is None or (is_of_make and verdict.match in EQUAL):
        return score
    return min(score + 1, 3) if is_of_make else max(score - 1, 1)


def _score_of_numbers(verdict: Verdict) -> int:
    length, slight = verdict.length, verdict.alignment.slight
    match verdict.match:
        case MatchKind.RAW:
            return 4 if length >= FEWEST_FOR_ONE_EDIT else 3
        case MatchKind.FOLDED:
            return 4 if length >= FEWEST_CONTAINED and slight <= 2 else 3
        case MatchKind.ONE_EDIT:
            if length < 6:
                return 1
            score = 3 if length >= 7 and _is_usual_slip(verdict.alignment) else 2
            return score - 1 if slight else score
        case MatchKind.CONTAINED:
            return 3 if length >= 8 else 2 if length > FEWEST_CONTAINED else 1
        case MatchKind.TWO_EDITS:
            return 1


def _is_usual_slip(alignment: Alignment) -> bool:
    """Left out, typed twice, swapped, or read as what looks alike; other digits are other machines."""
    differing = [cell for cell in alignment.cells if cell.how is How.DIFFERS]
    return bool(alignment.swapped) or all(_looks_alike(cell) for cell in differing)


def _looks_alike(cell: Cell) -> bool:
    [one], [other] = tokens_of(cell.asked), tokens_of(cell.recorded)
    return one.folded + other.folded in _SIMILAR
