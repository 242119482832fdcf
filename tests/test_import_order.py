"""Imports run one way: between the apps, and inside each of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

APPS = (("partnership",), ("situation",), ("consultations", "forums", "assetmarking"), ("measures",))
"""Lowest first. An app knows itself and those below it, not its neighbours."""

KNOWS_EVERY_APP = "partnership.urls"

LAYERS = (
    ("models",),
    ("rules",),
    ("domain",),  # queries, acts, mails, and every module that is not named here
    ("forms",),
    ("access", "search", "wizard"),  # what pages are made of
    ("views", "admin", "tasks", "management", "middleware", "context_processors", "templatetags"),
    ("urls",),
)
"""Inside an app, lowest first. A module knows its own layer and those below it."""

EXCEPTIONS = {
    # queueing a mail names the task that sends it; the task imports the outbox when it runs
    ("partnership.outbox", "partnership.tasks"),
    # likewise the release of a brochure, which is printed after it
    ("partnership.publications.releasing", "partnership.tasks"),
    # and of a photo, which a worker re-encodes, at once or when the sweeper finds it
    ("partnership.photos.receiving", "partnership.tasks"),
    ("partnership.photos.reencoding", "partnership.tasks"),
    # and of a list of tools, which is checked and written by a worker
    ("assetmarking.importing.running", "assetmarking.tasks"),
    # and of a sheet of labels, which a worker prints
    ("assetmarking.labels.ordering", "assetmarking.tasks"),
    ("assetmarking.labels.printing", "assetmarking.tasks"),
}


@dataclass(frozen=True)
class Import:
    """`lazy`: inside a function."""

    importer: str
    imported: str
    lazy: bool

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported}"


def read_modules() -> dict[str, ast.Module]:
    files = [file for group in APPS for app in group for file in sorted((ROOT / app).rglob("*.py"))]
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            file.read_text()
        )
        for file in files
        if "migrations" not in file.parts
    }


MODULES = read_modules()


def read_imports() -> Iterator[Import]:
    for name, tree in MODULES.items():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        lazy = {inner for function in functions for inner in ast.walk(function)}
        for node in ast.walk(tree):
            for imported in imported_by(node):
                yield Import(name, imported, lazy=node in lazy)


def imported_by(node: ast.AST) -> list[str]:
    """`from app import module` is an import of the module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if name in MODULES else node.module for name in whole]
    return []


IMPORTS = [i for i in read_imports() if i.imported in MODULES or i.imported.startswith("tests")]


def app_of(module: str) -> str:
    return module.partition(".")[0]


def rank_of(module: str) -> int:
    return next(rank for rank, group in enumerate(APPS) if app_of(module) in group)


def part_of(module: str) -> str:
    """What a module is in its app: `consultations.views.times` belongs to the views."""
    parts = module.split(".")
    if parts[-1].endswith("urls"):
        return "urls"
    named = {part for layer in LAYERS for part in layer}
    return parts[1] if len(parts) > 1 and parts[1] in named else "domain"


def layer_of(module: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part_of(module) in layer)


def test_an_app_knows_only_itself_and_the_apps_below_it() -> None:
    wrong = [
        str(i)
        for i in IMPORTS
        if i.imported in MODULES
        and i.importer != KNOWS_EVERY_APP
        and app_of(i.importer) != app_of(i.imported)
        and rank_of(i.importer) <= rank_of(i.imported)
    ]
    assert wrong == []


def test_inside_an_app_a_module_knows_only_its_layer_and_those_below_it() -> None:
    wrong = [
        str(i)
        for i in IMPORTS
        if app_of(i.importer) == app_of(i.imported)
        and (i.importer, i.imported) not in EXCEPTIONS
        and layer_of(i.importer) < layer_of(i.imported)
    ]
    assert wrong == []


def test_only_addresses_and_views_know_views() -> None:
    knowing = [i for i in IMPORTS if part_of(i.imported) == "views"]
    assert [str(i) for i in knowing if part_of(i.importer) not in ("views", "urls")] == []


def _cycle_in(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        return cycle.args[1]
    return []


def test_no_two_modules_need_each_other_to_be_imported() -> None:
    graph: dict[str, set[str]] = {}
    for i in IMPORTS:
        if not i.lazy:
            graph.setdefault(i.importer, set()).add(i.imported)
    assert " -> ".join(_cycle_in(graph)) == ""


def test_the_portal_does_not_know_its_tests() -> None:
    assert [str(i) for i in IMPORTS if app_of(i.imported) == "tests"] == []


def test_a_task_takes_at_most_a_primary_key_and_calls_one_function() -> None:
    for name, tree in MODULES.items():
        if part_of(name) != "tasks":
            continue
        for task in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
            taken = [f"{a.arg}: {ast.unparse(a.annotation) if a.annotation else ''}" for a in task.args.args]
            assert all(argument.endswith("_id: int") for argument in taken), f"{name}.{task.name}"
            done = [node for node in task.body if not isinstance(node, ast.ImportFrom)]
            assert len(done) == 1, f"{name}.{task.name}"
