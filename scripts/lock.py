"""`make lock`: the newest fitting versions, with the hashes of every platform's files and no host's name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
# base.txt is what production installs; dev contains demo
LOCKS = {
    "base": ["pyproject.toml"],
    "demo": ["pyproject.toml", "--group", "demo"],
    "dev": ["pyproject.toml", "--group", "demo", "--group", "dev"],
    "uv": ["--group", "uv"],
    "node": ["--group", "node"],
}
OPTIONS = ["--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet"]


def main() -> None:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    for name, source in LOCKS.items():
        lock = f"requirements/{name}.txt"
        _run([str(UV), "pip", "compile", *source, *OPTIONS, *upgrade, "--python-version", "3.11", "-o", lock])
    _run(["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"])
    _forget_hosts(ROOT / "package-lock.json")


def _forget_hosts(lock_file: Path) -> None:
    lock = json.loads(lock_file.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    lock_file.write_text(json.dumps(lock, indent=2) + "\n")


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
