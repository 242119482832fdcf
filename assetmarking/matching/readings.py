"""Under which keys a mark may stand that somebody reads as this text."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assetmarking.matching.folding import UMLAUTS, fold, in_capitals
from assetmarking.matching.keys import bare, is_no_number, key_of, without_label

MOST_KEYS = 64
"""Of one text: more would be a number of zeros only."""
FEWEST_BYTES = 4
DIGITS = "0123456789"
ALPHABET = f"{DIGITS}ACEFHJKMNPRTUXYÄÖÜ?"
"""What folded keys consist of; a W is UU."""
_TYPED = {two: one for one, two in UMLAUTS.items()} | UMLAUTS
_OWN_ADDRESS = re.compile(r"^\s*(?:HTTPS?://)?\S*/K/([A-Z0-9-]+)/?\s*$")
_ZERO_LIKE = re.compile("[OQ](?=[OQ]*[0-9])|(?<=[0-9])[OQ]")
_HEX = str.maketrans("GILOQSZ|", "61100521")
_PARTS = re.compile("([0ODQ]+)(?=[0-9ODQILSZBG|])|(AE|OE|UE|[ÄÖÜ])|.")
"""Zeros, or what is taken for them, before what may be a digit; umlauts however they are typed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is compared with what is recorded."""

    text: str
    keys: tuple[str, ...]
    is_reversed: bool = False


def readings_of(text: str) -> list[Reading]:
    """None for what is no number."""
    if is_no_number(text):
        return []
    capitals = without_label(in_capitals(text))
    own = _OWN_ADDRESS.match(capitals)
    shown = own[1] if own else capitals.strip()
    readings = [Reading(shown, _keys(shown))]
    turned = _turned(shown)
    if turned:
        readings.append(Reading(turned, (key_of("rfid", turned),), is_reversed=True))
    return readings


def keys_of_query(text: str) -> frozenset[str]:
    """All keys under which a mark may stand that somebody reads as `text`; none for what is no number."""
    return frozenset(key for reading in readings_of(text) for key in reading.keys)


def _keys(capitals: str) -> tuple[str, ...]:
    """First as it would be recorded, then with every zero, then all that zeros may have been before."""
    choices = [_choices(found) for found in _PARTS.finditer(bare(capitals))]
    every = (fold("".join(parts)) for parts in itertools.product(*choices))
    first = (key_of("", _ZERO_LIKE.sub("0", capitals)), key_of("own_code", capitals))
    keys = dict.fromkeys(itertools.chain(first, itertools.islice(every, MOST_KEYS)))
    return tuple(key for key in keys if key)


def _choices(found: re.Match[str]) -> tuple[str, ...]:
    zeros, umlaut = found.groups()
    if zeros:
        return tuple("0" * length for length in range(len(zeros), -1, -1))
    if umlaut:
        return (umlaut, _TYPED[umlaut])
    return (found[0],)


def _turned(capitals: str) -> str:
    """Readers do not agree on which byte of an RFID tag's number comes first."""
    digits = bare(capitals).translate(_HEX)
    is_hex = len(digits) % 2 == 0 and set(digits) <= set("0123456789ABCDEF")
    if not is_hex or len(digits) < 2 * FEWEST_BYTES:
        return ""
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return ":".join(reversed(pairs))


def neighbours_of(key: str, alphabet: str = ALPHABET) -> Iterator[str]:
    """All that is one edit away: a character more, less or another, or two that are swapped."""
    for at in range(len(key) + 1):
        head, tail = key[:at], key[at:]
        for character in (*alphabet, "UU"):
            yield head + character + tail
            if tail:
                yield head + character + tail[1:]
        if tail.startswith("UU"):
            yield head + tail[2:]
            yield from (head + character + tail[2:] for character in alphabet)
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail[1:3] == "UU":
            yield head + "UU" + tail[0] + tail[3:]
        if tail.startswith("UU") and len(tail) > 2:
            yield head + tail[2] + "UU" + tail[3:]
