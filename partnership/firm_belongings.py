"""What belongs to a firm and goes with it when two rows of one business become one. Apps register theirs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

Lock = Callable[[Collection[int]], None]
Leave = Callable[["QuerySet[Any]"], object]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows of `model` whose key in `field` is the firm's.

    `lock` takes what must be locked before firms are, `lock_behind` what is locked after them; both are
    given the firms' keys. `key` tells two of one model apart. Of rows that are alike in `unlike`, which the
    heir has at most once, the heir's own count and the other's stay behind. `leave` takes rows away when
    nobody speaks for the firm any more; rows without it keep the firm's own row.
    """

    model: type[Model]
    field: str = "firm"
    lock: Lock | None = None
    lock_behind: Lock | None = None
    key: str = ""
    unlike: str = ""
    leave: Leave | None = None

    @property
    def name(self) -> str:
        return self.key or self.model._meta.label_lower

    def of(self, firm: Any) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.field: firm})

    def move(self, *, away: int, to: int, only: Collection[int] | None = None) -> list[int]:
        """The keys of what went over."""
        rows = self.of(away)
        if only is not None:
            rows = rows.filter(pk__in=only)
        if self.unlike:
            rows = rows.exclude(
                **{f"{self.unlike}__in": list(self.of(to).values_list(self.unlike, flat=True))}
            )
        keys = sorted(rows.values_list("pk", flat=True))
        self.model._default_manager.filter(pk__in=keys).update(**{self.field: to})
        return keys


_belongings: list[Belonging] = []


def register_belongings(*belongings: Belonging) -> None:
    """Apps name in `ready()` what of theirs belongs to a firm."""
    _belongings.extend(belongings)


def all_belongings() -> list[Belonging]:
    return list(_belongings)


def take_along(firm_ids: Collection[int]) -> None:
    """Of firms for which nobody speaks any more."""
    for belonging in _belongings:
        if belonging.leave:
            rows = belonging.model._default_manager.filter(**{f"{belonging.field}__in": firm_ids})
            belonging.leave(rows)
