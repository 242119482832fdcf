import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from partnership.chained_log.verifying import Anchor, Verdict, anchors_in, known_anchors, verify_segment
from partnership.models import LogSegment

BROKEN = 1
USAGE = 2


class Command(BaseCommand):
    help = (
        "Checks the chained log row by row, against what nights and mails remember of it. "
        "Exit code 0: as it was written; 1: not, and the first wrong row is named; 2: nothing was checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", help="key or short name")
        parser.add_argument("--year", type=int)
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            help="where a segment stood, as it was mailed: a file, or the text '3/2026 17 ab…'",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        anchors = [anchor for text in options["anchor"] for anchor in _read_anchors(text)]
        segments = list(_wanted(options["organisation"], options["year"]))
        lost = [anchor for anchor in anchors if _is_lost(anchor)]
        if not segments and not lost:
            raise CommandError("Dazu gibt es kein Abrufprotokoll.", returncode=USAGE)
        broken = bool(lost)
        for anchor in lost:
            self.stdout.write(f"{anchor.organisation}/{anchor.year}: Das ganze Abrufprotokoll fehlt.")
        for segment in segments:
            own = [anchor for anchor in anchors if anchor.is_of(segment)]
            verdict = verify_segment(segment, anchors=[*known_anchors(segment), *own])
            broken |= bool(verdict.fault)
            self.stdout.write(_words(verdict, against=len(own)))
        if broken:
            sys.exit(BROKEN)


def _read_anchors(text: str) -> list[Anchor]:
    path = Path(text)
    try:
        words = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else text
    except OSError:
        words = text
    anchors = anchors_in(words)
    if not anchors:
        raise CommandError(f"Darin steht kein Stand eines Abrufprotokolls: {text}", returncode=USAGE)
    return anchors


def _wanted(organisation: str | None, year: int | None) -> QuerySet[LogSegment]:
    rows = LogSegment.objects.select_related("organisation").order_by("organisation", "year")
    if year:
        rows = rows.filter(year=year)
    if not organisation:
        return rows
    return rows.filter(
        **{"organisation": organisation}
        if organisation.isdecimal()
        else {"organisation__short_name": organisation}
    )


def _is_lost(anchor: Anchor) -> bool:
    return not LogSegment.objects.filter(organisation=anchor.organisation, year=anchor.year).exists()


def _words(verdict: Verdict, *, against: int) -> str:
    if verdict.fault:
        return f"{verdict.segment}: FALSCH ab Zeile {verdict.broken_at}: {verdict.fault}"
    compared = "genannter Stand passt, " if against else ""
    return (
        f"{verdict.segment}: unversehrt bis Zeile {verdict.count}, {verdict.erased} davon gelöscht, "
        f"{compared}Stand {verdict.anchor}"
    )
