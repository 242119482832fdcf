"""Real demos: process trees of their own, and what a person at a browser sees of them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from partnership.demo.processes import free_port, started_at
from partnership.demo.tree import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


class Demo:
    """What `make demo` starts after its bootstrap, with its data in `var`."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.folder = var / f"demo-{self.port}"
        self.log = var.parent / f"{self.port}.out"
        self.first_words = ""

    def command(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Without what this test run has set in its environment."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.log.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "partnership.demo", "--end-with-parent", *arguments],
                cwd=ROOT,
                env={**kept, "PORT": str(self.port), "VAR_DIR": str(self.var)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, *arguments: str) -> int:
        return self.command(*arguments).wait(120)

    def start(self) -> "Demo":
        self.process = self.command()
        return self

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.process.poll() is not None or self.status("/readyz") == 200, seconds=300)
        assert self.status("/readyz") == 200, self.said()

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(120)

    def said(self) -> str:
        return self.log.read_text()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def status(self, path: str) -> int:
        try:
            with urlopen(self.url(path), timeout=60) as answer:
                return int(answer.status)
        except (URLError, OSError):
            return 0

    def own_appointments(self) -> list[str]:
        """What the demo's firm finds after signing in: the references of what is to come."""
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        page = browser.open(self.url("/konto/anmelden/"), timeout=60).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page
        form = {"csrfmiddlewaretoken": token[1], "login": "firma@demo.example", "password": PASSWORD}
        browser.open(self.url("/konto/anmelden/"), urlencode(form).encode(), timeout=60)
        mine = browser.open(self.url("/konto/"), timeout=60).read().decode()
        return sorted(set(re.findall(r"\b[A-Z]-[2-9A-Z]{6}\b", mine)))

    def mails(self) -> list[Path]:
        return sorted((self.var / "mail").glob(f"*-{self.port}-*.eml"))

    def processes(self) -> dict[int, str]:
        """The whole tree: process numbers and what tells them from later ones."""
        parents = _parents()
        tree = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
            tree |= more
        return {pid: started_at(pid) for pid in tree}


def still_running(processes: dict[int, str]) -> list[int]:
    return [pid for pid, start in processes.items() if start and started_at(pid) == start]


def wait_for(condition: Callable[[], object], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def _parents() -> dict[int, int]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
    return found
