"""Every check that needs no database: `make check`. Standard library only; the tools are those of `.venv`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
AT_ONCE = 2
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "partnership.settings",
    "SECRET_KEY": "for-checks-only-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1:9/portal",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtp+tls://portal:portal@127.0.0.1:9",
    "BASE_URL": "https://portal.example",
    "ALLOWED_HOSTS": "portal.example",
    "ERASURE_LIST_DIR": "/srv/loeschliste",
}
# whether the models have a migration is a question about files; Django would look into the database as well
MIGRATIONS = """
import django
from django.conf import settings
settings.DATABASES["default"] = {"ENGINE": "django.db.backends.dummy"}
django.setup()
from django.core.management import call_command
call_command("makemigrations", check_changes=True, dry_run=True)
"""
# there is no folder for the list of erasures where the portal is only checked
SETTINGS = """
import django
from django.conf import settings
settings.SILENCED_SYSTEM_CHECKS.append("portal.E001")
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
# bandit reads no `noqa`: these are the rules that ruff (S) holds line by line
HELD_BY_RUFF = "B101,B105,B108,B311,B404,B603"

# a strict Content-Security-Policy forbids them; mails and PDFs are read without one
INLINE = {
    "<style>": re.compile(r"<style\b", re.I),
    "style=": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "on…=": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "<script> ohne src": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.I),
    "javascript:": re.compile(r"=\s*[\"']?\s*javascript:", re.I),
}
WITHOUT_POLICY = ("emails", "pdf")


@dataclass(frozen=True)
class Outcome:
    passed: bool
    output: str


@dataclass(frozen=True)
class Check:
    name: str
    run: Callable[[], Outcome]


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [(check.name, pool.submit(check.run)) for check in all_checks()]
        for name, future in running:
            outcome = future.result()
            print(f"{'ok    ' if outcome.passed else 'FEHLER'}  {name}", flush=True)
            if not outcome.passed:
                failed += 1
                print(f"{outcome.output.strip()}\n", flush=True)
    if failed:
        print(f"{failed} von {len(running)} Prüfungen sind gescheitert.")
    return 1 if failed else 0


def all_checks() -> list[Check]:
    """In the order of the report; the longest first."""
    templates = sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))
    return [
        _tool("Typen (mypy)", "mypy"),
        _tool("Regeln (ruff)", "ruff", "check"),
        _tool("Format (ruff)", "ruff", "format", "--check"),
        _tool("Regeln der Vorlagen (djlint)", "djlint", "--lint", "--quiet", "templates"),
        _tool("Format der Vorlagen (djade)", "djade", "--target-version", "5.2", "--check", *templates),
        Check("keine Skripte und Stile in Vorlagen", no_inline_script_or_style),
        _tool("Einstellungen im Betrieb (check --deploy)", "python", "-c", SETTINGS),
        _tool("Migrationen vollständig (makemigrations --check)", "python", "-c", MIGRATIONS),
        _tool(
            "docker-compose.yml (Schema)",
            *("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ),
        _tool("Dockerfile (hadolint)", "hadolint", "--no-color", "Dockerfile"),
        _tool(
            "Sicherheit (bandit)",
            *(
                "bandit",
                "--quiet",
                "--recursive",
                "--skip",
                HELD_BY_RUFF,
                "partnership",
                "consultations",
                "forums",
                "assetmarking",
            ),
        ),
    ]


def _tool(name: str, program: str, *arguments: str | Path) -> Check:
    def run() -> Outcome:
        path = PROGRAMS / program
        if not path.exists():
            return Outcome(False, f"{program} fehlt in .venv; „make check“ richtet es ein.")
        done = subprocess.run(
            [path, *arguments],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"), **PRODUCTION},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Outcome(done.returncode == 0, done.stdout)

    return Check(name, run)


def no_inline_script_or_style() -> Outcome:
    found = "\n".join(_inline_places())
    return Outcome(not found, found)


def _inline_places() -> Iterator[str]:
    for file in sorted((ROOT / "templates").rglob("*.html")):
        place = file.relative_to(ROOT / "templates")
        if place.parts[0] in WITHOUT_POLICY:
            continue
        text = file.read_text()
        for what, pattern in INLINE.items():
            for match in pattern.finditer(text):
                yield f"templates/{place}:{text.count(chr(10), 0, match.end()) + 1}: {what}"


if __name__ == "__main__":
    sys.exit(main())
