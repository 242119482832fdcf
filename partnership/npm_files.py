"""Of the npm packages, the files that pages use; nothing else of them is collected or served."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

FIRA = "fonts/fira-sans/FiraSans-{}.woff2"
PACKAGES = {
    "kern": (
        "@kern-ux/native/dist",
        {"kern.min.css", *(FIRA.format(weight) for weight in ("Regular", "Medium", "SemiBold"))},
    ),
    "htmx": ("htmx.org/dist", {"htmx.min.js"}),
}
"""Where it is served: the package's folder, and the files."""


class NpmFilesFinder(FileSystemFinder):
    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.locations = []
        self.storages = {}
        for prefix, (package, _files) in PACKAGES.items():
            folder = str(settings.BASE_DIR / "node_modules" / package)
            storage = FileSystemStorage(location=folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            self.locations.append((prefix, folder))
            self.storages[folder] = storage

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for prefix, folder in self.locations:
            storage = self.storages[folder]
            for name in sorted(PACKAGES[prefix][1]):
                if storage.exists(name):
                    yield name, storage

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        if path.removeprefix(f"{prefix}/") not in PACKAGES[prefix or ""][1]:
            return None
        found: str | None = super().find_location(root, path, prefix)
        return found
