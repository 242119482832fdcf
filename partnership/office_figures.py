"""What is offered in each office. The app that offers it tells, as the ground floor knows none."""

from collections.abc import Callable
from dataclasses import dataclass

from partnership.models import Partnership


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """Counts only: coming days, times offered on them, and those still free."""

    days: int = 0
    offered: int = 0
    free: int = 0

    def __add__(self, other: "OfficeFigures") -> "OfficeFigures":
        return OfficeFigures(self.days + other.days, self.offered + other.offered, self.free + other.free)


Provider = Callable[[Partnership], dict[int, OfficeFigures]]
_providers: list[Provider] = []


def register_office_figures(provider: Provider) -> None:
    """Apps register in `ready()` who counts, by office key."""
    _providers.append(provider)


def office_figures(partnership: Partnership) -> dict[int, OfficeFigures]:
    total: dict[int, OfficeFigures] = {}
    for provider in _providers:
        for office_id, figures in provider(partnership).items():
            total[office_id] = total.get(office_id, OfficeFigures()) + figures
    return total
