"""The months as bars. Places are pixels; the same figures stand in the table below. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.numbers.report import Line, Report
from partnership.times import MONTHS

HEIGHT, HEAD, FOOT, AXIS = 300, 16, 56, 48
LEAST_STEP, MOST_STEP, WIDTH = 60, 120, 1080
BAR, GAP = 14, 3
LINES = 5
"""At most so many lines of the scale."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`kind` is its look: `offered`, `booked`, `attended`; `maybe` is what a range leaves open."""

    kind: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Month:
    x: int
    name: str
    year: str


@dataclass(frozen=True, slots=True)
class Mark:
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    base: int
    bars: list[Bar]
    months: list[Month]
    marks: list[Mark]
    label: str


def draw_months(report: Report) -> Chart:
    step = max(LEAST_STEP, min(MOST_STEP, WIDTH // len(report.months)))
    most = max(max(line.figures.offered, line.figures.booked.high) for line in report.months)
    scale = _scale(max(most, 1))
    base = HEIGHT - FOOT
    per = (base - HEAD) / scale[-1]
    bars, months = [], []
    for number, line in enumerate(report.months):
        middle = AXIS + number * step + step // 2
        bars += _bars(line, middle, base, per)
        assert line.month
        is_first = number == 0 or line.month.month == 1
        name = MONTHS["de"][line.month.month - 1][:3]
        months.append(Month(middle, name, str(line.month.year) if is_first else ""))
    return Chart(
        width=AXIS + step * len(report.months),
        height=HEIGHT,
        base=base,
        bars=bars,
        months=months,
        marks=[Mark(round(base - number * per), str(number)) for number in scale],
        label=_("%(period)s als Balken, Monat für Monat: angeboten, gebucht, wahrgenommen. %(finding)s")
        % {"period": report.period, "finding": finding_of(report)},
    )


def finding_of(report: Report) -> str:
    """'Von 1204 angebotenen Zeiten wurden 812 gebucht und 640 wahrgenommen.'"""
    total = report.total.figures
    if not total.offered:
        return _("In diesem Zeitraum wurde nichts angeboten.")
    words = {"offered": total.offered, "booked": total.booked, "attended": total.attended}
    return (
        _("Auf %(offered)s angebotene Zeiten kommen %(booked)s Buchungen und %(attended)s Gespräche.") % words
    )


def _bars(line: Line, middle: int, base: int, per: float) -> list[Bar]:
    figures = line.figures
    left = middle - (3 * BAR + 2 * GAP) // 2
    rows = [("offered", figures.offered, figures.offered)]
    rows += [
        (kind, count.low, count.high)
        for kind, count in (("booked", figures.booked), ("attended", figures.attended))
    ]
    bars = []
    for place, (kind, low, high) in enumerate(rows):
        x, sure, open_ = left + place * (BAR + GAP), round(low * per), round(high * per)
        if sure:
            bars.append(Bar(kind, x, base - sure, sure))
        if open_ > sure:
            bars.append(Bar("maybe", x, base - open_, open_ - sure))
    return bars


def _scale(most: int) -> list[int]:
    """Round numbers from zero to at least `most`."""
    step = next(
        digit * 10**power for power in range(6) for digit in (1, 2, 5) if digit * 10**power * LINES >= most
    )
    return list(range(0, most + step, step))[: LINES + 1]
