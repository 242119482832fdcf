"""A firm's list in and out again, labels, passports, and searches that are kept."""

import csv
import datetime
import io
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from assetmarking.codes.own_code import draw_own_code
from assetmarking.exporting.files import write_file
from assetmarking.importing.checking import work_on
from assetmarking.importing.running import confirm_import, upload_list
from assetmarking.labels.formats import NAMED
from assetmarking.labels.paper import place_labels, render_labels
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, ImportRun, KeptTerm, Mark, MarkKind, Search
from assetmarking.passport.passport import MOST_PASSPORTS, pdf_of_passports
from assetmarking.queries import assets_of_firm
from assetmarking.references import draw_asset_reference
from assetmarking.retroactive.keeping import kept_term
from assetmarking.retroactive.meeting import meet_all
from partnership.models import Firm, Person
from tests import factories
from tests.asset_factories import make_asset, make_mark
from tests.bench.data import Calendar
from tests.bench.desk import milliseconds
from tests.bench.registry_data import MAKES, TOOLS, number_of
from tests.bench.report import Row, row
from tests.bench.visits import LOOKS, print_bare, what_is_printed

ROWS = 20_000
LABELS = 1_000
TERMS, FEW_TERMS, OF_A_SEARCH = 100_000, 1_000, 200
NEW_MARKS = 300
HEAD = (
    "Bezeichnung",
    "Hersteller",
    "Modell",
    "Seriennummer",
    "Inventarnummer",
    "Baujahr",
    "Wert",
    "Standort",
)
SHEET = "Geräteliste"
Cells = list[Any]


def lists(calendar: Calendar) -> list[Row]:
    """Seconds of the dry run and of the writing, in this process and the one that reads the file; floors: the
    bare library reading the same file, and as many rows and marks written without a rule."""
    cells = _cells()
    found: list[Row] = []
    for suffix, content, read in (("xlsx", _xlsx(cells), _read_xlsx), ("csv", _csv(cells), _read_csv)):
        person = factories.make_person(f"{suffix}@bench.example")
        firm = factories.make_firm(person, name=f"Bau {suffix}")
        _forget_peak()
        begun = _memory("VmRSS")
        run, checked = _worked(
            upload_list(firm=firm, person=person, file_name=f"l.{suffix}", content=content)
        )
        confirm_import(run_id=run.pk, actor=person)
        run, written = _worked(run)
        if run.counts["written_new"] != ROWS:
            raise AssertionError(run.counts)
        name = f"{suffix.upper()} of {ROWS} rows"
        found += [
            row(
                f"{name}, dry run",
                checked,
                "s",
                floor=_seconds(partial(read, content)),
                target="at most 60 s",
            ),
            row(f"{name}, written", written, "s", floor=_seconds(partial(_write_bare, firm, cells))),
            row(f"{name}, memory on top", _memory("VmHWM") - begun, "MB"),
            _export(firm, suffix, cells),
        ]
    return found


def _worked(run: ImportRun) -> tuple[ImportRun, float]:
    """With the seconds that the worker took."""
    seconds = _seconds(partial(work_on, run.pk))
    return ImportRun.objects.get(pk=run.pk), seconds


def _cells() -> list[Cells]:
    dice = random.Random(5)
    rows: list[Cells] = []
    for number in range(ROWS):
        _category, name = TOOLS[number % len(TOOLS)]
        make, year = MAKES[number % len(MAKES)], 2000 + number % 26
        _kind, text = number_of(dice)
        rows.append(
            [name, make, f"BH {number % 90}", text, f"W-{number:05d}", year, 199.5 + number % 900, ""]
        )
    return rows


def _xlsx(cells: list[Cells]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(SHEET)
    page.append(HEAD)
    for line in cells:
        page.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _csv(cells: list[Cells]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(
        [str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in line] for line in cells
    )
    return text.getvalue().encode("utf-8-sig")


def _read_xlsx(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for _line in book[SHEET].iter_rows(values_only=True):
        pass


def _read_csv(content: bytes) -> None:
    for _line in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
        pass


def _write_bare(firm: Firm, cells: list[Cells]) -> None:
    with transaction.atomic():
        assets = Asset.objects.bulk_create(
            (
                Asset(
                    firm=firm,
                    reference=draw_asset_reference(),
                    category="other.other",
                    name=line[0],
                    make=line[1],
                    model=line[2],
                    own_number=line[4],
                    year=line[5],
                    value=line[6],
                )
                for line in cells
            ),
            batch_size=500,
        )
        marks = (
            Mark(asset=asset, kind=MarkKind.SERIAL, text=line[3], key=key_of("serial", str(line[3])))
            for asset, line in zip(assets, cells, strict=True)
        )
        Mark.objects.bulk_create(marks, batch_size=500)
        transaction.set_rollback(True)


def _export(firm: Firm, suffix: str, cells: list[Cells]) -> Row:
    floor = _seconds(partial({"xlsx": _xlsx, "csv": _csv}[suffix], cells))
    return row(
        f"{suffix.upper()} of {ROWS} things, out",
        _seconds(partial(write_file, firm, suffix)),
        "s",
        floor=floor,
    )


def papers(calendar: Calendar) -> list[Row]:
    """Labels beside the sheets without codes; passports beside WeasyPrint on the same words."""
    format = NAMED[0]
    pages = place_labels(
        [draw_own_code() for _label in range(LABELS)], format, start=1, copies=1, offset=(0, 0)
    )
    render = partial(render_labels, pages, format, partnership=calendar.partnership)
    render(with_codes=True)
    value, floor = _seconds(render), _seconds(partial(render, with_codes=False))
    rows = [row(f"{LABELS} labels", value, "s", floor=floor, target="at most 2.0 times")]
    firm = factories.make_firm(factories.make_person("papers@bench.example"), name="Bau Papier")
    for number in range(MOST_PASSPORTS):
        make_asset(firm, f"4471-B08-{number:04d}", peculiarities="Griff mit rotem Band")
    for count in (1, MOST_PASSPORTS):
        things = list(assets_of_firm(firm)[:count])
        printed = partial(pdf_of_passports, things, partnership=calendar.partnership)
        html, photos, _pages = what_is_printed(printed)
        floor = milliseconds(partial(print_bare, LOOKS.sub("", html), photos))
        rows.append(row(f"equipment passports, {count}", milliseconds(printed), "ms", floor=floor))
    return rows


def kept_searches(calendar: Calendar) -> list[Row]:
    """Marks a second that are held against a hundred thousand kept numbers; floor: against a thousand."""
    officer = factories.make_person("kept@bench.example")
    factories.make_post(officer, "officer", organisation=calendar.police)
    firm = factories.make_firm(factories.make_person("met@bench.example"), name="Bau Treffer")
    meet_all()
    reverse("search:hits")  # what is read once only
    rates = []
    for count in (FEW_TERMS, TERMS - FEW_TERMS):
        _keep(calendar, officer, count)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE assetmarking_keptterm, assetmarking_search")
        dice = random.Random(f"new among {count}")
        for _number in range(NEW_MARKS):
            kind, text = number_of(dice)
            make_mark(make_asset(firm), text, kind=kind)
        rates.append(NEW_MARKS / _seconds(meet_all))
    return [row(f"new marks held against {TERMS} kept numbers", rates[1], "marks/s", floor=rates[0])]


def _keep(calendar: Calendar, officer: Person, count: int) -> None:
    dice, now = random.Random(-count), timezone.now()
    searches = Search.objects.bulk_create(
        Search(
            person=officer,
            organisation=calendar.police,
            purpose=Search.Purpose.TRAFFIC,
            case_number="ST-1/26",
            texts=[],
            searched_at=now - datetime.timedelta(days=2),
            kept_until=now + datetime.timedelta(days=50),
        )
        for _number in range(count // OF_A_SEARCH)
    )
    texts = (number_of(dice)[1] for _number in range(count))
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX kept_term_traces")
    KeptTerm.objects.bulk_create(
        (kept_term(searches[number // OF_A_SEARCH], text) for number, text in enumerate(texts)),
        batch_size=2000,
    )
    KeptTerm.objects.update(checked_at=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX kept_term_traces ON assetmarking_keptterm USING gin (traces) WITH (fastupdate=off)"
        )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _memory(name: str) -> float:
    """Megabytes of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
