"""What apps of this registry add to the page of a thing, for those who speak for its firm.

An action is a link below the heading that takes the thing's number; a section is a template with its own
context, in a constant number of statements.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assetmarking.models import Asset


@dataclass(frozen=True, slots=True)
class ThingAction:
    """`is_for` says for which things the link is there."""

    label: Any
    url_name: str
    order: int
    is_for: Callable[[Asset], bool] = lambda _asset: True


@dataclass(frozen=True, slots=True)
class ThingSection:
    """`context` is None where there is nothing to show; the template gets it with `asset`."""

    template: str
    order: int
    context: Callable[[Asset], dict[str, Any] | None]


ACTIONS: list[ThingAction] = []
SECTIONS: list[ThingSection] = []
