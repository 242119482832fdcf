"""One function per line of the table."""

from collections.abc import Callable
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.client import Answer, Browser
from tests.bench.data import Calendar
from tests.bench.measure import (
    BARE,
    FIRM,
    OURS,
    book,
    cpu_of,
    expect,
    in_threads,
    median,
    one_row,
    posting,
    posts_per_second,
    to_check,
)
from tests.bench.report import Row, row
from tests.bench.sites import Site

PAGES = 150
POSTS = 200
WHOLE = 60
ROUNDS = 3
CROWD = 200
CONTESTED = 20


def page_of_times(ours: Site, bare: Site) -> list[Row]:
    shown = Browser(ours.port).get(OURS.times).text.count('name="zeit"')
    floor = cpu_of(bare, f"{BARE.times}?zeilen={shown}", PAGES)
    value = cpu_of(ours, OURS.times, PAGES)
    return [row(f"page of {shown} free times, CPU", value, "ms", floor=floor, target="at most 2.0 times")]


def statements(calendar: Calendar) -> list[Row]:
    """Counted in this process, with the session's statements, without BEGIN and COMMIT."""
    for value in calendar.take(2):  # the first fills Django's own caches
        client = Client(SERVER_NAME="127.0.0.1", headers={"x-forwarded-for": "10.0.0.1"})
        page = _statements(client, "get", reverse("consultations:times"))
        client.post(reverse("consultations:hold"), {"zeit": value})
        client.post(reverse("consultations:details"), {**FIRM, "contact_email": "count@bench.example"})
        client.post(reverse("consultations:quick_check"))
        post = _statements(client, "post", reverse("consultations:check"))
    return [
        row("page of free times, statements", page, "statements", target="at most 6"),
        row("booking POST, statements", post, "statements", target="at most 10"),
    ]


def _statements(client: Client, method: str, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = getattr(client, method)(path)
    if response.status_code != {"get": 200, "post": 302}[method]:
        raise AssertionError(f"{method} {path}: {response.status_code}")
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(control) for query in captured.captured_queries)


def booking_post(ours: Site, bare: Site, calendar: Calendar) -> list[Row]:
    """The POST that books, against a form's POST that writes one row."""
    rates = {"ours": [], "bare": []}  # type: dict[str, list[float]]
    for _round in range(ROUNDS):
        rates["bare"].append(posts_per_second([one_row(bare) for _number in range(POSTS)]))
        rates["ours"].append(posts_per_second([_last_step(ours, v) for v in calendar.take(POSTS)]))
    value, floor = median(rates["ours"]), median(rates["bare"])
    return [row("booking POST", value, "requests/s", floor=floor, target="at least 0.65")]


def _last_step(ours: Site, value: str) -> Callable[[], None]:
    browser = Browser(ours.port)
    browser.get(OURS.times)
    expect(browser.post(OURS.hold, {"zeit": value}), 302)
    to_check(browser, OURS)
    return posting(browser, OURS.check, {}, "gesendet")


def whole_booking(ours: Site, bare: Site, calendar: Calendar) -> list[Row]:
    """Every page and post from the list of times to the page after the last, four clients at once."""
    rates = {"ours": [], "bare": []}  # type: dict[str, list[float]]
    first = f"{BARE.times}?zeilen=100"
    for _round in range(ROUNDS):
        times = [f"2027-01-{day:02}T10:00:00+00:00" for day in range(1, 21)] * (WHOLE // 20)
        jobs = [partial(book, bare.port, value, first=first, paths=BARE) for value in times]
        rates["bare"].append(posts_per_second(jobs))
        jobs = [partial(book, ours.port, v, first=OURS.times, paths=OURS) for v in calendar.take(WHOLE)]
        rates["ours"].append(posts_per_second(jobs))
    value, floor = median(rates["ours"]), median(rates["bare"])
    return [row("whole booking", value, "bookings/s", floor=floor, target="at least 0.5")]


def series_preview(calendar: Calendar) -> list[Row]:
    """The days of eighteen months with what stands against them, in this process; the floor builds the same
    rows unsaved, and asks once whose time is taken.
    """
    from tests.bench.series import floor_of_preview, statements_of_preview, time_of_preview

    few, many = statements_of_preview(calendar, weeks=2), statements_of_preview(calendar, weeks=78)
    if few != many:
        raise AssertionError(f"{few} statements for 2 weeks, {many} for 78")
    value, floor = time_of_preview(calendar), floor_of_preview(calendar)
    name = "preview of an 18-month series"
    return [
        row(name, value, "ms", floor=floor),
        row(f"{name}, statements", many, "statements"),
    ]


def storm(ours: Site, calendar: Calendar) -> list[Row]:
    """200 clients at once for 20 times, against the same 200 for 200 times."""
    contested, apart = [], []
    for _round in range(ROUNDS):
        apart.append(_rush(ours, calendar.take(CROWD), winners=CROWD))
        contested.append(_rush(ours, calendar.take(CONTESTED) * (CROWD // CONTESTED), winners=CONTESTED))
    value, floor = median(contested), median(apart)
    name = f"{CROWD} clients for {CONTESTED} times, holding"
    return [row(name, value, "attempts/s", floor=floor, target="at least 0.7")]


def _rush(ours: Site, values: list[str], *, winners: int) -> float:
    answers: list[Answer] = []

    def attempt(browser: Browser, value: str) -> None:
        answers.append(browser.post(OURS.hold, {"zeit": value}))

    browsers = [Browser(ours.port) for _value in values]
    for browser in browsers:
        browser.get(OURS.details.replace("angaben", "rueckfrage"))
        expect(browser.get(OURS.times), 200)
    seconds = in_threads([partial(attempt, b, v) for b, v in zip(browsers, values, strict=True)], CROWD)
    won = sum(answer.status == 302 for answer in answers)
    polite = sum(answer.status == 409 for answer in answers)
    if (won, polite) != (winners, len(values) - winners):
        raise AssertionError(f"{won} winners, {polite} polite answers of {len(values)}")
    return len(values) / seconds
