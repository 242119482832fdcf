"""After a restore: what the list of erasures names and the database has again, is erased again.

What a rule erased goes only if the rule says so of the row as it is now; else it comes due by itself.
What a request erased goes unless it is held, or nobody knows whether that was ever carried out. A key that
has been given again since is told by when its row was made. Doing it twice changes nothing.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from partnership.models import ErasedThing
from partnership.retention.erasure_list import Erased, Line, read_lines, write_down
from partnership.retention.holds import held_things
from partnership.retention.kinds import Erasable, all_erasables, all_kinds

BATCH = 500


@dataclass(frozen=True, slots=True)
class Result:
    """Of one rule and kind of thing; `found` are in the database and hold something still."""

    rule: str
    thing: str
    named: int
    found: int
    erased: int


@dataclass(frozen=True, slots=True)
class Report:
    results: list[Result] = field(default_factory=list)
    uncertain: list[Line] = field(default_factory=list)
    """Of requests, still in the database, and left alone."""
    unknown: list[str] = field(default_factory=list)
    """Rules and things that this program does not know."""
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class _Scope:
    """What of a kind of thing may be erased again."""

    rule: str
    erasable: Erasable
    rows: QuerySet[Any]


def replay(files: Iterable[Path], *, with_uncertain: bool = False, dry_run: bool = False) -> Report:
    """`with_uncertain`: also lines of requests whose transaction is not known to have committed."""
    lines, unreadable = read_lines(files)
    scopes = list(_scopes(timezone.now()))
    known = {(scope.rule, scope.erasable.label) for scope in scopes}
    report = Report(
        unreadable=unreadable,
        unknown=sorted({f"{n.rule}: {n.thing}" for n in lines if (n.rule, n.thing) not in known}),
    )
    for scope in scopes:
        named = [n for n in lines if (n.rule, n.thing) == (scope.rule, scope.erasable.label)]
        if scope.rule == ErasedThing.REQUEST and not with_uncertain:
            certain = {line.key for line in named if line.is_certain}
            doubtful = {line.key: line for line in named if line.key not in certain}
            there = scope.rows.filter(pk__in=doubtful).values_list("pk", flat=True)
            report.uncertain.extend(doubtful[key] for key in sorted(there))
            named = [line for line in named if line.is_certain]
        if named:
            report.results.append(_replay_scope(scope, named, dry_run=dry_run))
    return report


def _scopes(now: datetime.datetime) -> Iterator[_Scope]:
    """Requests first: they go further than rules."""
    for erasable in all_erasables():
        rows = erasable.left().exclude(held_things(erasable.model))
        yield _Scope(ErasedThing.REQUEST, erasable, rows)
    for kind in all_kinds():
        if kind.is_listed:
            yield _Scope(kind.key, kind.erasable, kind.due_rows(now))


def _replay_scope(scope: _Scope, lines: list[Line], *, dry_run: bool) -> Result:
    moments = {line.key: line.at for line in lines}
    keys = sorted(moments)
    found = erased = 0
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        found += scope.erasable.left().filter(pk__in=some).count()
        with transaction.atomic():
            if not dry_run:
                some = scope.erasable.lock(scope.rows.filter(pk__in=some), BATCH)
            again = _older_than_their_lines(scope, some, moments)
            if again and not dry_run:
                _erase_again(scope, again)
        erased += len(again)
    return Result(scope.rule, scope.erasable.label, len(keys), found, erased)


def _older_than_their_lines(
    scope: _Scope, keys: list[int], moments: dict[int, datetime.datetime]
) -> list[int]:
    rows = scope.rows.filter(pk__in=keys).order_by("pk").values_list("pk", F(scope.erasable.made))
    return [key for key, made in rows if made <= moments[key]]


def _erase_again(scope: _Scope, keys: list[int]) -> None:
    model = scope.erasable.model
    owners = scope.erasable.owners(model._default_manager.filter(pk__in=keys))
    scope.erasable.erase(keys)
    write_down((Erased(model, key, owner) for key, owner in owners), rule=scope.rule)
