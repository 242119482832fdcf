"""Demos that run, started once: a start takes half a minute, most of it for the invented data."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import chromium
from tests.demo.demos import Demo

__all__ = ["chromium"]


@pytest.fixture(scope="session")
def demos() -> Iterator[tuple[Demo, Demo]]:
    """Two side by side, the first where data of other migrations lay. Each test leaves them running."""
    home = Path(tempfile.mkdtemp(prefix="portal-demos-"))
    home.chmod(0o711)  # `nobody` gets at the databases, as root, too
    both = Demo(home / "var"), Demo(home / "var")
    _leave_foreign_data(both[0])
    try:
        for demo in both:
            demo.start()
        for demo in both:
            demo.wait_until_ready()
            demo.first_words = demo.said()
        yield both
    finally:
        for demo in both:
            demo.process.terminate()
        for demo in both:
            demo.process.wait(120)
        shutil.rmtree(home, ignore_errors=True)


def _leave_foreign_data(demo: Demo) -> None:
    data = demo.folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    (demo.folder / "migrations.json").write_text(json.dumps({"consultations.0099_gone": "0" * 64}))
