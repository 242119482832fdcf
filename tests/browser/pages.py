"""Every page there is, by who opens it. A new address has to be named, else a test says so.

To hook in: write `tests/browser/<what>_pages.py` and add it to MODULES, which gathers what it has of:

    PAGES = {"bert": [...], "visitor": [...]}  # names of the addresses that one opens
    NO_PAGES = {...}  # names of acts, files and redirects, and of what another test walks through
    QUERIES = {"events:events": ["", "?zeit=vergangen"]}  # a page is opened with each of them
    def paths(world: World) -> Paths: ...  # makes what the pages show; one path for each, or several

A name without a path needs no argument. A path under "name@paula" is Paula's; the others open "name".
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.browser import (
    account_pages,
    administration_pages,
    afterwards_pages,
    appointment_pages,
    brochure_pages,
    certificate_pages,
    checklist_pages,
    door_pages,
    event_calendar_pages,
    event_desk_pages,
    event_editing_pages,
    event_waiting_pages,
    finding_pages,
    firm_pages,
    hours_pages,
    importing_pages,
    label_pages,
    pilot_pages,
    registering_pages,
    search_pages,
    theft_pages,
    thing_pages,
    visit_report_pages,
    visit_request_pages,
    waiting_pages,
)
from tests.browser.addresses import Paths
from tests.personas import World

MODULES: tuple[Any, ...] = (
    appointment_pages,
    account_pages,
    hours_pages,
    administration_pages,
    waiting_pages,
    visit_request_pages,
    firm_pages,
    checklist_pages,
    visit_report_pages,
    brochure_pages,
    event_desk_pages,
    event_waiting_pages,
    registering_pages,
    certificate_pages,
    event_editing_pages,
    door_pages,
    event_calendar_pages,
    afterwards_pages,
    finding_pages,
    theft_pages,
    search_pages,
    thing_pages,
    label_pages,
    importing_pages,
    pilot_pages,
)
"""In this order their things are made: some want an appointment to be there."""


def _pages_by_person() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for who, names in module.PAGES.items():
            found[who] += names
    return dict(found)


PAGES = _pages_by_person()
NO_PAGES = {name for module in MODULES for name in getattr(module, "NO_PAGES", ())}
QUERIES = {name: queries for module in MODULES for name, queries in getattr(module, "QUERIES", {}).items()}


@dataclass(frozen=True)
class Scene:
    """The small world with something in every state."""

    world: World
    paths: Paths

    @classmethod
    def build(cls, world: World) -> "Scene":
        paths: Paths = {}
        for module in MODULES:
            paths |= module.paths(world) if hasattr(module, "paths") else {}
        return cls(world, paths)

    def paths_of(self, who: str) -> list[str]:
        return [
            path + query
            for name in PAGES[who]
            for path in self.paths_to(name, who)
            for query in QUERIES.get(name, [""])
        ]

    def paths_to(self, name: str, who: str = "") -> list[str]:
        found = self.paths.get(f"{name}@{who}") or self.paths.get(name) or reverse(name)
        return [found] if isinstance(found, str) else found

    def arguments_of(self, name: str, who: str = "") -> list[object]:
        """What the page is about, as it stands in its path."""
        match = resolve(self.paths_to(name, who)[0].partition("?")[0])
        return [*match.args, *match.captured_kwargs.values()]


def all_names() -> set[str]:
    """The names of all our addresses; the technicians' administration is Django's."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found += [f"{namespace}{entry.name}"] if entry.name else []
        elif entry.app_name != "admin":
            found += _names(entry, f"{entry.namespace}:" if entry.namespace else namespace)
    return found
