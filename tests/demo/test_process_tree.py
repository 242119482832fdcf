"""`make demo` for real: servers, web, worker and beat, started, ended and killed."""

import json
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.demos import Demo, still_running, wait_for


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """Where `nobody` can get at the databases, as root, too."""
    home = Path(tempfile.mkdtemp(prefix="portal-demos-"))
    home.chmod(0o711)
    yield home / "var"
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def demos(var: Path) -> Iterator[tuple[Demo, Demo]]:
    """Two that run; each test leaves them running."""
    both = Demo(var).start(), Demo(var).start()
    try:
        for demo in both:
            demo.wait_until_ready()
        yield both
    finally:
        for demo in both:
            demo.process.terminate()
        for demo in both:
            demo.process.wait(120)


def test_two_demos_run_side_by_side(demos: tuple[Demo, Demo]) -> None:
    for demo in demos:
        assert demo.status("/konto/anmelden/") == 200
        assert f"http://127.0.0.1:{demo.port}/" in demo.said()
        assert demo.own_appointments()
        assert wait_for(lambda demo=demo: len(demo.mails()) > 20, seconds=120)  # type: ignore[misc]
    one, other = demos
    assert one.own_appointments() != other.own_appointments()


def test_data_in_use_are_neither_taken_nor_emptied(demos: tuple[Demo, Demo]) -> None:
    double = Demo(demos[0].var)
    double.port = demos[0].port
    for arguments in ([], ["--reset"]):
        assert double.run(*arguments) == 1
        assert "läuft schon eine Demo" in double.said()
    assert demos[0].status("/readyz") == 200


def test_what_was_told_to_end_leaves_nothing_and_comes_back_with_its_data(demos: tuple[Demo, Demo]) -> None:
    demo = demos[1]
    before, processes = demo.own_appointments(), demo.processes()
    assert len(processes) > 12
    assert demo.end(signal.SIGTERM) == 0
    assert still_running(processes) == []
    assert "Die Demo wird beendet." in demo.said()
    demo.start().wait_until_ready()
    assert demo.own_appointments() == before
    assert demos[0].status("/readyz") == 200


def test_what_was_killed_takes_its_children_along_and_recovers(demos: tuple[Demo, Demo]) -> None:
    demo = demos[0]
    before, processes = demo.own_appointments(), demo.processes()
    demo.end(signal.SIGKILL)
    demo.start().wait_until_ready()
    assert still_running(processes) == []
    assert demo.own_appointments() == before


def test_data_of_other_migrations_are_moved_aside_and_a_reset_empties_all(var: Path) -> None:
    demo = Demo(var)
    data = demo.folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")
    (demo.folder / "migrations.json").write_text(json.dumps({"consultations.0099_gone": "0" * 64}))
    demo.start().wait_until_ready()
    aside = list(var.glob(f"{demo.folder.name}-aside-*"))
    assert f"passen nicht mehr zum Programm und liegen jetzt in {aside[0]}." in demo.said()
    assert (aside[0] / "postgres" / "data" / "PG_VERSION").exists()
    assert demo.own_appointments()
    demo.end(signal.SIGINT)
    assert demo.run("--reset") == 0
    assert list(var.glob(f"demo-{demo.port}*")) == []
    assert demo.mails() == []
