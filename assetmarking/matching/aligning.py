"""Two numbers set side by side, character by character, as an eye would."""

from dataclasses import dataclass
from enum import StrEnum

from assetmarking.matching.folding import UMLAUTS, fold, in_capitals
from assetmarking.matching.keys import bare, without_label

EDIT = 100
SLIGHT = 1
"""What it costs to call two characters the same. No text is so long that slight ones come to an edit."""
_ZEROS = "0O"


class How(StrEnum):
    SAME = "same"
    IGNORED = "ignored"
    """A separator, or a zero at the start of a group of digits."""
    CONFUSABLE = "confusable"
    DIFFERS = "differs"
    ADDITIONAL = "additional"
    """Recorded, and not asked for."""
    MISSING = "missing"
    """Asked for, and not recorded."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the comparison; empty where one side has nothing."""

    asked: str
    recorded: str
    how: How


@dataclass(frozen=True, slots=True)
class Token:
    """`before`: the separators in front of it. `is_after_digit`: of the same group."""

    text: str
    folded: str
    before: str
    is_after_digit: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """`cost` counts edits by `EDIT` and everything slighter by `SLIGHT`. `swapped` are places in `cells`."""

    cells: tuple[Cell, ...]
    cost: int
    swapped: tuple[int, ...] = ()

    @property
    def edits(self) -> int:
        return self.cost // EDIT

    @property
    def slight(self) -> int:
        return self.cost % EDIT


@dataclass(frozen=True, slots=True)
class Spot:
    """In front of the token `at`."""

    tokens: list[Token]
    at: int

    @property
    def next_two(self) -> list[Token]:
        return self.tokens[self.at : self.at + 2]

    @property
    def is_start(self) -> bool:
        """Of a group of digits, if digits follow."""
        return self.at < len(self.tokens) and not self.tokens[self.at].is_after_digit

    @property
    def is_zero(self) -> bool:
        """With a digit behind it, or what may be one."""
        pair = self.next_two
        return len(pair) == 2 and pair[0].text in _ZEROS and pair[1].folded.isdigit()

    @property
    def is_first_zero(self) -> bool:
        """Also the second of two that start a group."""
        if not self.is_zero:
            return False
        return self.is_start or Spot(self.tokens, self.at - 1).is_first_zero


Step = tuple[int, int, How]
"""How many characters of each side are set side by side, and as what."""


def tokens_of(text: str) -> list[Token]:
    tokens: list[Token] = []
    before, last = "", ""
    for character in without_label(in_capitals(text)).strip():
        if not bare(character):
            before, last = before + character, ""
            continue
        tokens.append(Token(character, fold(character), before, last.isdigit()))
        before, last = "", character
    return tokens


def align(
    asked: list[Token], recorded: list[Token], *, most_edits: int, inside: str = ""
) -> Alignment | None:
    """The cheapest way to make one of the other; None where that takes more edits. `inside` names the side of
    which only a part may be meant: what it has at its ends costs nothing.
    """
    too_much = (most_edits + 1) * EDIT
    best: dict[tuple[int, int], tuple[int, Step | None]] = {(0, 0): (0, None)}
    places = ((i, j) for i in range(len(asked) + 1) for j in range(len(recorded) + 1))
    for i, j in places:
        if (i, j) not in best:
            continue
        here = best[i, j][0]
        for cost, step in _steps(Spot(asked, i), Spot(recorded, j), inside):
            there = (i + step[0], j + step[1])
            if here + cost < (best[there][0] if there in best else too_much):
                best[there] = (here + cost, step)
    if (len(asked), len(recorded)) not in best:
        return None
    return _laid_out(asked, recorded, *_way_through(best, len(asked), len(recorded)))


def _way_through(
    best: dict[tuple[int, int], tuple[int, Step | None]], i: int, j: int
) -> tuple[list[Step], int]:
    cost = best[i, j][0]
    steps: list[Step] = []
    while (step := best[i, j][1]) is not None:
        steps.insert(0, step)
        i, j = i - step[0], j - step[1]
    return steps, cost


def _steps(asked: Spot, recorded: Spot, inside: str) -> list[tuple[int, Step]]:
    steps: list[tuple[int, Step]] = []
    one, other = asked.next_two, recorded.next_two
    if one and other:
        steps.append(_side_by_side(one[0], other[0]))
        if len(other) == 2 and _is_pair(one[0], other):
            steps.append((SLIGHT, (1, 2, How.CONFUSABLE)))
        if len(one) == 2 and _is_pair(other[0], one):
            steps.append((SLIGHT, (2, 1, How.CONFUSABLE)))
        if len(one) == len(other) == 2 and _is_swapped(one, other):
            steps.append((EDIT, (2, 2, How.DIFFERS)))
    if one:
        cost, how = _left_over(asked, recorded, may_be_left=inside == "asked")
        steps.append((cost, (1, 0, how or How.MISSING)))
    if other:
        cost, how = _left_over(recorded, asked, may_be_left=inside == "recorded")
        steps.append((cost, (0, 1, how or How.ADDITIONAL)))
    return steps


def _side_by_side(one: Token, other: Token) -> tuple[int, Step]:
    if one.text == other.text:
        return 0, (1, 1, How.SAME)
    if one.folded == other.folded:
        return SLIGHT, (1, 1, How.CONFUSABLE)
    return EDIT, (1, 1, How.DIFFERS)


def _is_pair(single: Token, pair: list[Token]) -> bool:
    """A W that looks like two V, an umlaut typed as two letters."""
    written = "".join(token.text for token in pair)
    return UMLAUTS.get(single.text) == written or (single.text == "W" and fold(written) == single.folded)


def _is_swapped(one: list[Token], other: list[Token]) -> bool:
    first, second = one
    return (
        (first.folded, second.folded) == (other[1].folded, other[0].folded)
        and first.folded != second.folded
    )  # fmt: skip


def _left_over(here: Spot, there: Spot, *, may_be_left: bool) -> tuple[int, How | None]:
    """What only one side has: nothing at its ends if a part may be meant, little for a zero that starts a
    group of digits on either side, else an edit.
    """
    if may_be_left and there.at in (0, len(there.tokens)):
        return 0, None
    if here.is_first_zero or (here.is_zero and there.is_start):
        return SLIGHT, How.IGNORED
    return EDIT, None


def _laid_out(asked: list[Token], recorded: list[Token], steps: list[Step], cost: int) -> Alignment:
    cells: list[Cell] = []
    swapped: list[int] = []
    i = j = 0
    for of_asked, of_recorded, how in steps:
        if of_asked == of_recorded == 2:
            swapped.append(len(cells))
        for offset in range(max(of_asked, of_recorded)):
            one = asked[i + offset] if offset < of_asked else None
            other = recorded[j + offset] if offset < of_recorded else None
            separators = (one.before if one else "", other.before if other else "")
            if any(separators):
                swapped = [place + (place == len(cells)) for place in swapped]
                cells.append(Cell(*separators, How.IGNORED))
            cells.append(Cell(one.text if one else "", other.text if other else "", how))
        i, j = i + of_asked, j + of_recorded
    return Alignment(tuple(cells), cost, tuple(swapped))
