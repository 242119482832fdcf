from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from partnership.retention.erasure_list import list_files
from partnership.retention.replaying import Report, replay


class Command(BaseCommand):
    help = "After a restore: erases again what the list of erasures names and the database has again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="instead of all in ERASURE_LIST_DIR")
        parser.add_argument("--dry-run", action="store_true", help="counts only")
        parser.add_argument(
            "--with-uncertain",
            action="store_true",
            help="also lines of requests that a crash has left unconfirmed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] or list_files()
        if missing := [str(file) for file in files if not file.is_file()]:
            raise CommandError(f"Diese Dateien gibt es nicht: {', '.join(missing)}")
        if not files:
            raise CommandError("In ERASURE_LIST_DIR liegt keine Löschliste. Prüfen Sie den Ordner.")
        report = replay(files, with_uncertain=options["with_uncertain"], dry_run=options["dry_run"])
        self._say(report, dry_run=options["dry_run"])

    def _say(self, report: Report, *, dry_run: bool) -> None:
        word = "zu löschen" if dry_run else "gelöscht"
        for result in report.results:
            self.stdout.write(
                f"{result.rule}, {result.thing}: {result.named} genannt, {result.found} wieder da, "
                f"{result.erased} {word}"
            )
        for line in report.uncertain:
            self.stdout.write(
                f"unbestätigt, nicht gelöscht: {line.thing} {line.key} vom {line.at:%Y-%m-%d %H:%M %z}"
            )
        for name in report.unknown:
            self.stdout.write(f"unbekannt: {name}")
        if report.unreadable:
            self.stdout.write(f"nicht lesbare Zeilen: {report.unreadable}")
