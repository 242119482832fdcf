"""Texts that a partnership writes itself: plain, paragraphs apart by a blank line."""

import re
from dataclasses import dataclass

LONGEST_HEADING = 60
NOT_A_HEADING = re.compile(r"[.:;,!?]$|[@0-9]|\n")


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    is_heading: bool


def blocks_of(text: str) -> list[Block]:
    """A short line that stands alone, without figures or punctuation at its end, heads what follows."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    parts = [part for part in parts if part]
    return [Block(part, _is_heading(part) and part is not parts[-1]) for part in parts]


def _is_heading(part: str) -> bool:
    return len(part) <= LONGEST_HEADING and not NOT_A_HEADING.search(part)
