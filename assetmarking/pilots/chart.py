"""The figures as lying bars, in thousandths of their length; the table below says the same. Pure."""

from dataclasses import dataclass

from assetmarking.models import Pilot
from assetmarking.pilots.figures import Figures
from assetmarking.pilots.words import FIGURES
from partnership.small_numbers import Count

OF_THINGS = ("recorded", "marked", "things", "marked_later", "stolen", "traced", "returned")
LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """`sure` is certain, `maybe` is what a span leaves open beyond it; `target` is where it was to reach."""

    label: str
    count: str
    sure: int
    maybe: int
    target: int | None


def draw_bars(pilot: Pilot, figures: Figures) -> list[Bar]:
    """Of what counts things; what cannot be told has no bar."""
    counts = {key: figures.counts[key] for key in OF_THINGS if key in figures.counts}
    targets = _targets(pilot, counts["recorded"])
    most = max(1, *(count.high for count in counts.values()), *targets.values())
    labels = {figure.key: str(figure.label) for figure in FIGURES}
    return [
        Bar(
            label=labels[key],
            count=str(count),
            sure=_length(count.low, most),
            maybe=_length(count.high, most) - _length(count.low, most),
            target=_length(targets[key], most) if key in targets else None,
        )
        for key, count in counts.items()
    ]


def _targets(pilot: Pilot, recorded: Count) -> dict[str, int]:
    wanted = {
        "recorded": pilot.target_recorded,
        "marked": pilot.target_marked and round(recorded.low * pilot.target_marked / 100),
        "returned": pilot.target_returned,
    }
    return {key: number for key, number in wanted.items() if number is not None}


def _length(number: int, most: int) -> int:
    return round(LENGTH * number / most)
