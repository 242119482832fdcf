"""The few marks of a chapter's text.

Paragraphs are apart by a blank line; "## " heads what follows, "- " begins an item of a list, two asterisks
on both sides make bold. Everything else is text, also HTML.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HEADING, ITEM = "## ", "- "
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    is_bold: bool = False


class Kind(StrEnum):
    HEADING = "heading"
    LIST = "list"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Part:
    """`lines`: the items of a list, else one."""

    kind: Kind
    lines: list[list[Run]]


@dataclass(frozen=True, slots=True)
class Standard:
    name: str
    words: str


def parts_of(text: str) -> list[Part]:
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        prose: list[str] = []
        for line in (line.strip() for line in block.split("\n")):
            if line.startswith(ITEM) and found and found[-1].kind == Kind.LIST and not prose:
                found[-1].lines.append(_runs(line.removeprefix(ITEM)))
            elif line.startswith((ITEM, HEADING)):
                found += _paragraph(prose)
                prose = []
                kind = Kind.LIST if line.startswith(ITEM) else Kind.HEADING
                found.append(Part(kind, [_runs(line.lstrip("#- "))]))
            elif line:
                prose.append(line)
        found += _paragraph(prose)
    return found


def standards_of(text: str) -> list[Standard]:
    """'DIN EN 1627, RC 2: hält …', one a line; a line without a colon has no words of its own."""
    rows = [line.partition(":") for line in text.splitlines() if line.strip()]
    return [Standard(name.strip(), words.strip()) for name, _colon, words in rows]


def _paragraph(lines: list[str]) -> list[Part]:
    return [Part(Kind.PARAGRAPH, [_runs(" ".join(lines))])] if lines else []


def _runs(line: str) -> list[Run]:
    pieces = BOLD.split(line)
    return [Run(piece, is_bold=bool(number % 2)) for number, piece in enumerate(pieces) if piece]
