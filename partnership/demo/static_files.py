"""The static files of the demos, collected when something they are made from has changed."""

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

from partnership.demo.data_folder import ROOT


def collect_when_changed(var: Path, collect: Callable[[], None]) -> None:
    """One after the other, for demos that start together; old files stay for a demo that is running."""
    stamp = var / "static" / ".stamp"
    with (var / ".static.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = _digest_of_the_sources()
        if stamp.exists() and stamp.read_text() == sources:
            return
        collect()
        stamp.write_text(sources)


def _digest_of_the_sources() -> str:
    digest = hashlib.sha256()
    sources = [
        ROOT / "package-lock.json",
        ROOT / "requirements" / "base.txt",
        ROOT / "partnership" / "npm_files.py",
    ]
    for file in [*sources, *sorted((ROOT / "static").rglob("*"))]:
        if file.is_file():
            digest.update(
                f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
            )
    return digest.hexdigest()
