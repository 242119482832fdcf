"""The portal and the bare app, each with a database and two web processes of its own, on one PostgreSQL."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from partnership.demo.processes import Family, free_port, wait_for_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    port: int
    env: dict[str, str]
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the web processes so far."""
        return sum(_cpu(pid) for pid in _children(self.pid))

    def memory_mb(self) -> float:
        """The largest web process."""
        return max(_memory(pid) for pid in _children(self.pid)) / 1024


def create_database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.rpartition("/")[0] + "/" + name


def start_site(family: Family, *, name: str, wsgi: str, config: str, env: dict[str, str], logs: Path) -> Site:
    port = free_port()
    child = family.start(
        name,
        [sys.executable, "-m", "gunicorn", "-c", config, "--bind", f"127.0.0.1:{port}", wsgi],
        log=logs / f"{name}.log",
        env=env,
    )
    if not wait_for_port(port, seconds=120):
        raise RuntimeError(f"{name} does not start, see {logs}")
    return Site(port=port, env=env, pid=child.process.pid)


def manage(env: dict[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", *command], cwd=ROOT, env={**os.environ, **env}, check=True
    )


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
