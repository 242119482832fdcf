"""What apps add to the start page: a few dates of theirs, and the way to all of them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partnership.models import Partnership
from partnership.times import DateBlock


@dataclass(frozen=True, slots=True)
class StartRow:
    url: str
    title: str
    words: str
    date: DateBlock


@dataclass(frozen=True, slots=True)
class StartSection:
    """`key` names it in the page; without rows it is not shown."""

    key: str
    heading: str
    rows: Sequence[StartRow]
    all_url: str
    all_words: str


Provider = Callable[[Partnership, datetime.datetime], StartSection]
_providers: list[Provider] = []


def register_start_section(provider: Provider) -> None:
    """Apps register in `ready()`; a provider makes do with one statement."""
    _providers.append(provider)


def start_sections(partnership: Partnership, now: datetime.datetime) -> list[StartSection]:
    sections = [provider(partnership, now) for provider in _providers]
    return [section for section in sections if section.rows]
