"""What is still to do in a post, and what is planned in a house: told by the apps that plan."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from partnership.models import Post


@dataclass(frozen=True, slots=True)
class OpenTask:
    """`url` is a page of the organisation's own people. Coordinators read the words: no firm is named."""

    words: str
    url: str


TaskProvider = Callable[[Collection[Post]], dict[int, list[OpenTask]]]
"""Posts -> by a post's key, what its holder has to do, or would leave open at its end."""


@dataclass(frozen=True, kw_only=True)
class Plans:
    """Which plans are asked for: those in houses, or of a directorate's officers, from a day on. Keys."""

    offices: frozenset[int]
    police: int | None = None
    partnership: int | None = None
    since: datetime.date


PlanProvider = Callable[[Plans], list[str]]
"""Gives sentences with numbers, none where nothing is planned."""

_task_providers: list[TaskProvider] = []
_plan_providers: list[PlanProvider] = []


def register_open_tasks(provider: TaskProvider) -> None:
    """Apps register in `ready()` who knows what people have still to do in their posts."""
    _task_providers.append(provider)


def register_plans(provider: PlanProvider) -> None:
    """Apps register in `ready()` who says what is planned in houses from a day on."""
    _plan_providers.append(provider)


def open_tasks_of(posts: Collection[Post]) -> dict[int, list[OpenTask]]:
    """By a post's key; posts in which nothing is open are missing."""
    found: dict[int, list[OpenTask]] = {}
    for provider in _task_providers:
        for key, tasks in provider(posts).items():
            if tasks:
                found.setdefault(key, []).extend(tasks)
    return found


def planned(plans: Plans) -> list[str]:
    return [line for provider in _plan_providers for line in provider(plans)]
