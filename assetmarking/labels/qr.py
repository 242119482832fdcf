"""QR codes that differ in their last characters only, a thousand in a tenth of a second.

With version, level and mask fixed, a QR code is linear: flipping a bit of its data always turns the same
modules, those of the error correction included. So one code is made for each bit that can differ, and every
further one is put together from them. It is what the encoder itself would make.
"""

import re
from typing import Any

import segno

QUIET_ZONE = 4
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""QR's own set, two in eleven bits and a last one in six: shorter than letters as bytes."""
_PAIR_BITS, _SINGLE_BITS = 11, 6
_DARK = re.compile("1+")


class QrSeries:
    """For `prefix` followed by `length` characters of the set. Up to a sixth of a code may be unreadable."""

    def __init__(self, prefix: str, length: int) -> None:
        self.prefix = prefix
        self._first = len(prefix) // 2
        common = prefix[: 2 * self._first]
        varying = len(prefix) + length - len(common)
        sample = segno.make_qr(prefix + "0" * length, mode="alphanumeric", error="m")
        self.modules = len(sample.matrix)
        options: dict[str, Any] = {
            "mode": "alphanumeric",
            "error": sample.error,
            "version": sample.version,
            "mask": sample.mask,
            "boost_error": False,
        }

        def drawn(ending: str) -> int:
            rows = segno.make_qr(common + ending, **options).matrix
            return int("".join("1" if module else "0" for row in rows for module in row), 2)

        self._zero = drawn("0" * varying)
        self._turned = [
            [self._zero ^ drawn("0" * at + ending + "0" * (varying - at - len(ending))) for ending in endings]
            for at, endings in _single_bits(varying)
        ]

    def runs(self, code: str) -> list[tuple[int, int, int]]:
        """Dark modules as (row, column, how many), the quiet zone counted."""
        picture = self._zero
        values = _values(self.prefix + code)[self._first :]
        for value, turned in zip(values, self._turned, strict=True):
            for bit, modules in enumerate(turned):
                if value >> bit & 1:
                    picture ^= modules
        side = self.modules
        bits = format(picture, f"0{side * side}b")
        return [
            (row + QUIET_ZONE, run.start() + QUIET_ZONE, run.end() - run.start())
            for row in range(side)
            for run in _DARK.finditer(bits[row * side : (row + 1) * side])
        ]


def _values(content: str) -> list[int]:
    numbers = [CHARACTERS.index(character) for character in content]
    pairs = [numbers[at : at + 2] for at in range(0, len(numbers), 2)]
    return [pair[0] * len(CHARACTERS) + pair[1] if len(pair) > 1 else pair[0] for pair in pairs]


def _single_bits(varying: int) -> list[tuple[int, list[str]]]:
    """For each pair its place, and the characters whose value is 1, 2, 4, ..."""
    pairs = [(at, min(2, varying - at)) for at in range(0, varying, 2)]
    return [
        (at, [_characters(1 << bit, size) for bit in range(_PAIR_BITS if size > 1 else _SINGLE_BITS)])
        for at, size in pairs
    ]


def _characters(value: int, size: int) -> str:
    high, low = divmod(value, len(CHARACTERS))
    return CHARACTERS[high] + CHARACTERS[low] if size > 1 else CHARACTERS[low]
