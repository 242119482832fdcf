"""The measured work. Times are wall-clock seconds of a bounded number of requests from this machine."""

import statistics
import threading
import time
from collections.abc import Callable, Iterable

from tests.bench.client import Answer, Browser
from tests.bench.sites import Site

CLIENTS = 4
FIRM = {
    "firm_name": "Tischlerei Muster",
    "contact_name": "Kim Muster",
    "note": "Wir haben eine neue Werkstatt.",
}


def in_threads(jobs: Iterable[Callable[[], None]], threads: int) -> float:
    """Seconds until all jobs are done by so many clients at once."""
    waiting = list(jobs)[::-1]
    lock = threading.Lock()
    failed: list[BaseException] = []

    def work() -> None:
        while not failed:
            with lock:
                if not waiting:
                    return
                job = waiting.pop()
            try:
                job()
            except BaseException as error:
                failed.append(error)

    crowd = [threading.Thread(target=work) for _client in range(threads)]
    start = time.perf_counter()
    for client in crowd:
        client.start()
    for client in crowd:
        client.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - start


def expect(answer: Answer, status: int, location: str = "") -> Answer:
    if answer.status != status or location not in answer.location:
        raise AssertionError(f"{answer.status} {answer.location}, expected {status} {location}")
    return answer


def details_of(browser: Browser) -> dict[str, str]:
    return {**FIRM, "contact_email": f"firm{browser.number}@bench.example"}


def posting(browser: Browser, path: str, data: dict[str, str], location: str = "") -> Callable[[], None]:
    """A POST that is prepared: what follows is measured."""

    def post() -> None:
        expect(browser.post(path, data), 302, location)

    return post


def one_row(bare: Site) -> Callable[[], None]:
    """The floor of whatever writes: a form's POST that writes one row."""
    browser = Browser(bare.port)
    browser.get("/eine-zeile/")
    return posting(browser, "/eine-zeile/", details_of(browser), "gesendet")


def book(port: int, value: str, *, first: str, paths: "Paths") -> None:
    """A whole booking, every page and every post of it."""
    browser = Browser(port)
    expect(browser.get(first), 200)
    expect(browser.post(paths.hold, {"zeit": value}), 302)
    to_check(browser, paths)
    expect(browser.post(paths.check, {}), 302, "gesendet")
    expect(browser.get(paths.sent), 200)


class Paths:
    def __init__(self, root: str, *, asks_back: bool) -> None:
        self.times = f"{root}/"
        self.hold = f"{root}/waehlen/"
        self.details = f"{root}/angaben/"
        self.check = f"{root}/pruefen/"
        self.sent = f"{root}/gesendet/"
        self.asks_back = f"{root}/rueckfrage/" if asks_back else ""


OURS = Paths("/beratung", asks_back=True)
BARE = Paths("", asks_back=False)


def to_check(browser: Browser, paths: Paths) -> None:
    """Details and on to the last page. A bench is quick, so the portal asks back once: the bare app
    answers its page of details twice for that."""
    expect(browser.get(paths.details), 200)
    expect(browser.post(paths.details, details_of(browser)), 302)
    if paths.asks_back:
        expect(browser.get(paths.asks_back), 200)
        expect(browser.post(paths.asks_back, {}), 302)
    else:
        expect(browser.get(paths.details), 200)
        expect(browser.post(paths.details, details_of(browser)), 302)
    expect(browser.get(paths.check), 200)


def cpu_of(site: Site, path: str, times: int) -> float:
    """Milliseconds of processor time per request."""
    browser = Browser(site.port)
    expect(browser.get(path), 200)
    before = site.cpu_seconds()
    for _number in range(times):
        expect(browser.get(path), 200)
    return (site.cpu_seconds() - before) / times * 1000


def posts_per_second(prepared: list[Callable[[], None]]) -> float:
    return len(prepared) / in_threads(prepared, CLIENTS)


def median(values: Iterable[float]) -> float:
    return statistics.median(values)
