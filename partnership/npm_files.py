"""Of the npm packages, the files that pages use; nothing else of them is collected or served."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

KERN = "@kern-ux/native/dist"
FIRA = "fonts/fira-sans/FiraSans-{}.woff2"
FILES = {"kern.min.css", *(FIRA.format(weight) for weight in ("Regular", "Medium", "SemiBold"))}


class NpmFilesFinder(FileSystemFinder):
    """Serves them under `kern/`."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        folder = str(settings.BASE_DIR / "node_modules" / KERN)
        storage = FileSystemStorage(location=folder)
        storage.prefix = "kern"  # type: ignore[attr-defined]
        self.locations = [("kern", folder)]
        self.storages = {folder: storage}

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        storage = self.storages[self.locations[0][1]]
        return ((name, storage) for name in sorted(FILES) if storage.exists(name))

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        if path.removeprefix(f"{prefix}/") not in FILES:
            return None
        found: str | None = super().find_location(root, path, prefix)
        return found
