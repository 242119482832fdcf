"""Child processes that do not outlive us, whatever ends us."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 8.0
IS_ROOT = os.geteuid() == 0


@dataclass
class Child:
    """A process in a session of its own. `stop_signal` is what it takes for an orderly stop."""

    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: int = signal.SIGTERM
    is_server: bool = False

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running:
            self.process.send_signal(self.stop_signal)

    def end(self) -> None:
        """Waits for the orderly end, then makes sure of it, also for what the child has started."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Family:
    """Children that end before the servers they use."""

    children: list[Child] = field(default_factory=list)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: dict[str, str] | None = None,
        stop_signal: int = signal.SIGTERM,
        user: str | None = None,
        is_server: bool = False,
    ) -> Child:
        with log.open("ab") as output:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
                cwd="/" if user else None,
                user=user,
                group=primary_group(user) if user else None,
                extra_groups=[] if user else None,
                preexec_fn=_DieWithParent(stop_signal),
            )
        child = Child(name, process, stop_signal, is_server)
        self.children.append(child)
        return child

    def stop(self) -> None:
        for servers in (False, True):
            ending = [child for child in self.children if child.is_server is servers]
            for child in ending:
                child.ask_to_stop()
            for child in ending:
                child.end()
        self.children.clear()

    def first_dead(self) -> Child | None:
        return next((child for child in self.children if not child.is_running), None)


class _DieWithParent:
    """Asks the kernel, on Linux, to send the child its stop signal when we are gone, even by kill -9."""

    def __init__(self, stop_signal: int) -> None:
        self.stop_signal = stop_signal
        self.parent = os.getpid()
        self.libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def __call__(self) -> None:
        if self.libc is not None:
            self.libc.prctl(PR_SET_PDEATHSIG, self.stop_signal, 0, 0, 0)
            if os.getppid() != self.parent:
                os._exit(1)


def end_with_parent() -> None:
    """This process, too, is told to stop when the one that started it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def primary_group(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_port_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def wait_for_port(port: int, *, seconds: float = 30.0) -> bool:
    """True when something on 127.0.0.1 accepts connections."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.05)
    return False


def started_at(pid: int) -> str:
    """What tells a process from a later one with its number; empty once it has ended, and without /proc."""
    try:
        state, *others = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if state in "ZX" else others[18]
    except (OSError, ValueError, IndexError):
        return ""
