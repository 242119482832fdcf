"""`make bench`: our work beside its floor, in one run, on this machine. It stops by itself.

Mail, log and limits are on. Floors are the bare app of `bare/` on the same PostgreSQL, with as many
web processes and the same requests. `make bench ARGS=visits` measures a part, `make bench-large` look-ups
among five million marks.
"""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from partnership.demo.embedded import start_postgres, start_valkey
from partnership.demo.processes import Family
from tests.bench.report import Row, row, show, write
from tests.bench.sites import ROOT, Site, create_database, manage, start_site

LARGE = "large"


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    home.chmod(0o711)
    family = Family()
    try:
        rows = measure_all(family, home, *start_all(family, home), sys.argv[1:])
    finally:
        family.stop()
        shutil.rmtree(home, ignore_errors=True)
    show(rows)
    write(rows, ROOT / "var" / "bench.json")


def start_all(family: Family, home: Path) -> tuple[Site, Site]:
    server = start_postgres(family, home, logs=home)
    shared = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "REDIS_URL": start_valkey(family, home, logs=home),
        "DEMO": "1",
        "STATIC_MANIFEST": "0",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "TRUSTED_PROXIES": "1",
        "WEB_WORKERS": "2",
        "DB_POOL_SIZE": "2",
        "LOG_LEVEL": "WARNING",
        "VAR_DIR": str(home),
    }
    ours = shared | {"DATABASE_URL": create_database(server, "ours")}
    ours["DJANGO_SETTINGS_MODULE"] = "partnership.settings"
    bare = shared | {"DATABASE_URL": create_database(server, "bare")}
    bare["DJANGO_SETTINGS_MODULE"] = "tests.bench.bare.settings"
    manage(ours, "migrate", "-v", "0")
    manage(bare, "migrate", "-v", "0", "--run-syncdb")
    os.environ.update(ours)
    config = "python:partnership.gunicorn"
    start = partial(start_site, family, config=config, logs=home)
    return (
        start(name="ours", wsgi="partnership.wsgi:application", env=ours),
        start(name="bare", wsgi="tests.bench.bare.wsgi:application", env=bare),
    )


def measure_all(family: Family, home: Path, ours: Site, bare: Site, wanted: list[str]) -> list[Row]:
    """Everything, or the parts that are named."""
    import django

    django.setup()
    from tests.bench import desk, events, lookup, mails, registry, rows, uptake, visits
    from tests.bench.data import Calendar

    calendar = Calendar()
    calendar.add_days(6, until=11)
    parts: dict[str, list[Callable[[], list[Row]]]] = {
        "booking": [
            lambda: rows.page_of_times(ours, bare),
            lambda: rows.statements(calendar),
            lambda: rows.series_preview(calendar),
            lambda: rows.booking_post(ours, bare, calendar),
            lambda: rows.whole_booking(ours, bare, calendar),
            lambda: rows.storm(ours, calendar),
        ],
        "desk": [lambda: desk.big_week(calendar), lambda: desk.firm_search(calendar)],
        "visits": [
            visits.documents_rows,
            lambda: visits.list_of_requests(calendar),
            lambda: visits.entries_saved_at_once(ours, bare),
            uptake.counting,
            lambda: visits.feeds(calendar),
        ],
        "events": [
            lambda: events.registering(ours, bare, calendar),
            lambda: events.pages_of_one_event(calendar),
            lambda: events.checking_in(ours, bare, calendar),
        ],
        "matching": [lambda: lookup.matching(calendar)],
        "lookup": [lambda: lookup.lookups(ours, calendar)],
        "registry": [
            lambda: registry.lists(calendar),
            lambda: registry.papers(calendar),
        ],
        "kept": [lambda: registry.kept_searches(calendar)],
        "mails": [
            lambda: mails.due_scan(calendar),
            lambda: [row("web process, memory", ours.memory_mb(), "MB", target="at most 150")],
            lambda: mails.outbox_throughput(family, home, ours),
            lambda: mails.killed_worker(family, home, ours),
        ],
    }
    if wanted == [LARGE]:
        return lookup.lookups(ours, calendar, sizes=lookup.LARGE_SIZES)
    return [r for name in wanted or parts for measure in parts[name] for r in measure()]


if __name__ == "__main__":
    main()
