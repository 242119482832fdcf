"""Whether the folder of the list of erasures is there, can be written to, and will be there tomorrow."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

GONE_TOMORROW = frozenset({"overlay", "aufs", "fuse-overlayfs", "tmpfs", "ramfs"})
"""File systems of memory and of a container's own layer."""
LEAST_FREE = 1024 * 1024
MOST_SECONDS = 2.0
_looking = ThreadPoolExecutor(1, thread_name_prefix="erasure-list")


@dataclass(frozen=True, slots=True)
class Fault:
    """`status` is what `/readyz` says; `words` what people read."""

    status: str
    words: str


def look_at_folder() -> Fault | None:
    """Beside the caller: a network share that hangs must not take web and worker with it."""
    look = _looking.submit(fault_of, settings.ERASURE_LIST_DIR)
    try:
        return look.result(timeout=MOST_SECONDS)
    except TimeoutError:
        look.cancel()
        return Fault("away", _("Der Ordner der Löschliste antwortet nicht. Prüfen Sie das Netzlaufwerk."))


def fault_of(folder: Path) -> Fault | None:
    if not folder.is_dir():
        return Fault("missing", _("Der Ordner der Löschliste fehlt. Prüfen Sie ERASURE_LIST_DIR."))
    if not os.access(folder, os.W_OK | os.X_OK):
        words = _("In den Ordner der Löschliste lässt sich nicht schreiben. Prüfen Sie seine Rechte.")
        return Fault("read-only", words)
    if shutil.disk_usage(folder).free < LEAST_FREE:
        return Fault("full", _("Der Datenträger der Löschliste ist voll."))
    if _file_system_of(folder.resolve()) in GONE_TOMORROW:
        words = _(
            "Der Ordner der Löschliste überlebt keine neue Fassung des Portals: Er liegt im Speicher oder in "
            "der Schicht eines Containers. Hängen Sie dort ein Volume ein."
        )
        return Fault("not-kept", words)
    return None


def _file_system_of(folder: Path) -> str:
    """Of the innermost mount that the folder lies in; empty where that cannot be told."""
    found = [(len(point.parts), kind) for point, kind in _mounts() if folder.is_relative_to(point)]
    return max(found, default=(0, ""))[1]


def _mounts() -> Iterator[tuple[Path, str]]:
    """Place and kind, as of proc(5); a later mount at the same place lies above."""
    try:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return
    mounts = {}
    for line in lines:
        before, _dash, after = line.partition(" - ")
        point = before.split(" ")[4].replace(r"\040", " ")
        mounts[Path(point)] = after.split(" ")[0]
    yield from mounts.items()
