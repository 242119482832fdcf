"""What the page of one list shows, as ready strings."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmarking.models import ImportRow, ImportRun
from partnership.paging import Sheet, sheet_of
from partnership.times import short_moment

Outcome = ImportRow.Outcome
ORDER = (Outcome.FAULTY, Outcome.DUPLICATE, Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


@dataclass(frozen=True)
class Tab:
    label: str
    number: int
    query: str
    is_current: bool


@dataclass(frozen=True)
class Line:
    """One row of the list: which thing, and what there is to say of it."""

    key: int
    number: int
    words: str
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RunPage:
    outcome: str
    title: str
    tabs: list[Tab]
    lines: list[Line]
    sheet: Sheet
    taken: list[int]
    writes: int
    """Rows that will be written on the person's word."""


def lay_out_run(run: ImportRun, query: QueryDict) -> RunPage:
    """Of a list that is checked."""
    present = [outcome for outcome in ORDER if run.counts.get(outcome)]
    asked = query.get("art", "")
    outcome = asked if asked in Outcome.values else str((present or [Outcome.NEW])[0])
    sheet = sheet_of(run.rows.filter(outcome=outcome).order_by("number"), query)
    taken = run.rows.filter(outcome=Outcome.DUPLICATE, is_taken=True).count()
    counts = run.counts
    return RunPage(
        outcome=outcome,
        title=str(Outcome(outcome).label),
        tabs=[
            Tab(str(Outcome(key).label), counts.get(key, 0), f"art={key}", key == outcome)
            for key in Outcome.values
        ],
        lines=[_line(row) for row in sheet.rows],
        sheet=sheet,
        taken=[row.pk for row in sheet.rows if row.is_taken],
        writes=counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0) + taken,
    )


def _line(row: ImportRow) -> Line:
    sentences = [f"{heading}: {sentence}" if heading else sentence for heading, sentence in row.faults]
    for label, before, after in row.changes:
        sentences.append(f"{label}: {before} → {after}" if before else f"{label}: {after}")
    return Line(row.pk, row.number, _words_of(row), [*sentences, *row.notes])


def _words_of(row: ImportRow) -> str:
    values = row.values
    thing = " ".join(values[name] for name in ("name", "make", "model") if values.get(name))
    numbers = [mark["text"] for mark in values.get("marks", [])][:2]
    cells = [str(cell) for cell in row.cells if cell is not None][:3]
    return ", ".join([thing, *numbers]) if thing else (", ".join(cells)[:120] or values.get("reference", ""))


def duplicate_choices(page: RunPage) -> list[tuple[str, str]]:
    words = _("Zeile %(row)d: %(words)s. %(why)s")
    return [
        (str(line.key), words % {"row": line.number, "words": line.words, "why": " ".join(line.sentences)})
        for line in page.lines
    ]


def outcome_words(run: ImportRun) -> list[str]:
    """Of a list that is written."""
    counts = run.counts
    new, changed = counts.get("written_new", 0), counts.get("written_changed", 0)
    words = [ngettext("%(number)d Gerät neu", "%(number)d Geräte neu", new) % {"number": new}]
    if changed:
        words.append(_("%(number)d geändert") % {"number": changed})
    same, faulty = counts.get("same", 0), counts.get("faulty", 0) + counts.get("overtaken", 0)
    taken = run.rows.filter(outcome=ImportRow.Outcome.DUPLICATE, is_taken=True).count()
    doubled = counts.get("duplicate", 0) - taken
    if same:
        words.append(_("%(number)d unverändert") % {"number": same})
    if faulty:
        words.append(_("%(number)d fehlerhaft und nicht übernommen") % {"number": faulty})
    if doubled:
        words.append(_("%(number)d vielleicht doppelt und ausgelassen") % {"number": doubled})
    return words


def recent_runs(firm: Any) -> list[dict[str, str]]:
    runs = ImportRun.objects.filter(firm=firm).defer("content", "faulty", "sheets", "mapping")[:10]
    return [
        {
            "url": reverse("assetmarking:import_run", args=[run.pk]),
            "file": run.file_name,
            "when": short_moment(run.uploaded_at),
            "state": str(run.get_state_display()),
        }
        for run in runs
    ]
