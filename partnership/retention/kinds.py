"""What can be erased, and when it has to be: apps register theirs in `ready()`."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet

from partnership.retention.holds import held_things
from partnership.retention.periods import (
    days_before,
    days_in_words,
    period_of,
    years_before,
    years_in_words,
)

Words = Any
Keys = list[int]


def lock_rows(rows: QuerySet[Any], limit: int) -> Keys:
    """The first so many that nobody else holds."""
    taken = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))[:limit]
    return [row.pk for row in taken]


@dataclass(frozen=True, kw_only=True)
class Erasable:
    """How a kind of thing is deleted, or emptied so that its numbers stay.

    `order`: what others hang on goes later. `made` and `owner` are paths: when a row came into being, and to
    the organisation whose it is, if it is one's. `left` gives what of it still holds something. `erase` is
    called inside a transaction.
    """

    model: type[Model]
    made: str
    order: int = 0
    owner: str = ""
    left: Callable[[], QuerySet[Any]]
    erase: Callable[[Keys], object]
    lock: Callable[[QuerySet[Any], int], Keys] = lock_rows

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def owners(self, rows: QuerySet[Any]) -> list[tuple[int, int | None]]:
        """(key, organisation) of each row."""
        if not self.owner:
            return [(key, None) for key in rows.order_by("pk").values_list("pk", flat=True)]
        return list(rows.order_by("pk").values_list("pk", F(self.owner)))


@dataclass(frozen=True, kw_only=True)
class RetentionKind:
    """A rule (Löschregel): what goes so long after `since`. `due` gives the rows whose moment lies before
    the one it is handed; those that are held are taken out here. `order` as of `Erasable`, and of reading.
    """

    key: str
    order: int
    label: Words
    what: Words
    since: Words
    period: str
    erasable: Erasable
    due: Callable[[datetime.datetime], QuerySet[Any]]
    counts_years: bool = False
    is_listed: bool = True

    def due_rows(self, now: datetime.datetime) -> QuerySet[Any]:
        cut = years_before if self.counts_years else days_before
        rows = self.due(cut(now, period_of(self.period)))
        return rows.exclude(held_things(self.erasable.model))

    @property
    def period_words(self) -> str:
        words = years_in_words if self.counts_years else days_in_words
        return words(period_of(self.period))


_kinds: dict[str, RetentionKind] = {}
_erasables: dict[str, Erasable] = {}


def register_kinds(*kinds: RetentionKind) -> None:
    """Apps name theirs in `ready()`."""
    _kinds.update({kind.key: kind for kind in kinds})


def register_erasables(*erasables: Erasable) -> None:
    """What a request erases, so that it is erased again after a restore."""
    _erasables.update({erasable.label: erasable for erasable in erasables})


def all_kinds() -> list[RetentionKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_called(key: str) -> RetentionKind | None:
    return _kinds.get(key)


def all_erasables() -> list[Erasable]:
    return sorted(_erasables.values(), key=lambda erasable: erasable.order)
