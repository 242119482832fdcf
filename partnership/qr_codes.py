"""QR codes as vectors, for pages and paper: `includes/_qr_code.html` draws one."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Modules of white around the code; scanners want it."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` are the dark modules, `side` the length of a side in modules, `label` what is read out."""

    path: str
    side: int
    label: str


def draw_qr_code(content: str, *, label: str) -> QrCode:
    """A quarter of the picture may be dirty or torn. The size follows the length of `content`."""
    rows = [list(row) for row in segno.make_qr(content, error="q").matrix]
    runs = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in _dark_runs(row)
    ]
    return QrCode(path="".join(runs), side=len(rows) + 2 * QUIET_ZONE, label=label)


def _dark_runs(row: list[int]) -> list[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
