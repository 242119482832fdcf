"""Look-ups in a registry that grows, and the pages that firms and police have of it."""

import random
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assetmarking.checking.asking import is_reported_stolen
from assetmarking.matching.finding import find_marks
from assetmarking.matching.judging import MatchKind
from assetmarking.matching.probing import find_near
from assetmarking.matching.readings import readings_of
from assetmarking.models import Asset, Mark
from partnership.models import Firm, Person
from tests import factories
from tests.asset_factories import make_theft
from tests.assetmarking.matching.corpus import figures_of, figures_of_likely, read_pairs, try_pairs
from tests.assetmarking.searching.steps import REASON, sign_in_with_factor
from tests.bench.client import Browser
from tests.bench.data import Calendar
from tests.bench.desk import milliseconds, signed_in
from tests.bench.measure import expect, median
from tests.bench.registry_data import fill_registry
from tests.bench.report import Row, row
from tests.bench.sites import Site

SMALL, MILLION = 10_000, 1_000_000
LARGE_SIZES = (SMALL, MILLION, 5_000_000)
LOOKS = 200
PASTED = 200
THINGS_OF_A_FIRM = 500
THINGS_OF_A_LARGE_FIRM = 20_000
THEFTS = 5_000
FLOOR = "SELECT id FROM assetmarking_mark WHERE key = %s"
GETS = 15


def matching(calendar: Calendar) -> list[Row]:
    """Of the pairs that were typed by hand: how many are found, and how much of what is found is right."""
    outcomes = try_pairs(Firm.objects.create(name="Bau Paare", chamber=calendar.chamber), read_pairs())
    wanted = {match.value: figures_of(outcomes, match=match) for match in MatchKind}
    wanted |= {"all": figures_of(outcomes), "all, likely ones only": figures_of_likely(outcomes)}
    rows = []
    for name, figures in wanted.items():
        rows += [
            row(f"{name}: {figures.found} of {figures.wanted} found", 100 * figures.recall, "%"),
            row(f"{name}: {figures.right} of {figures.hits} right", 100 * figures.precision, "%"),
        ]
    return rows


class Registry:
    """Grows; look-ups and pages are measured at each size, and the first size is the others' floor."""

    def __init__(self, ours: Site, calendar: Calendar) -> None:
        self.ours, self.calendar = ours, calendar
        self.owner = factories.make_person("owner@bench.example")
        self.firm = factories.make_firm(self.owner, name="Bau Eins")
        self.large = factories.make_firm(self.owner, name="Bau Groß")
        self.officer = factories.make_person("searcher@bench.example")
        factories.make_post(self.officer, "officer", organisation=calendar.police)
        self.dice = random.Random(11)

    def grow(self, count: int) -> None:
        """To so many marks. Each thing has one, until there are a million."""
        missing = count - Mark.objects.count()
        if missing <= 0:
            return
        marks_each = 4 if count > MILLION else 1
        things = missing // marks_each
        others = [
            Firm(name=f"Bau {number}", chamber=self.calendar.chamber)
            for number in range(-(-things // THINGS_OF_A_FIRM))
        ]
        firms = Firm.objects.bulk_create(others, batch_size=5000)
        if not self.firm.assets.exists():
            firms[0] = self.firm
        fill_registry(firms, things=things, marks_each=marks_each)

    def numbers(self, count: int) -> list[str]:
        """As recorded, from all over the registry."""
        first, last = (
            Mark.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk")
        )
        texts: list[str] = []
        while len(texts) < count:
            keys = [self.dice.randint(first, last) for _number in range(count)]
            texts += Mark.objects.filter(pk__in=keys).order_by("?").values_list("text", flat=True)
        return texts[:count]

    def misread(self, text: str) -> str:
        """One character is another one."""
        at = self.dice.choice([place for place, character in enumerate(text) if character.isalnum()])
        return text[:at] + self.dice.choice("3479ACEX") + text[at + 1 :]


def lookups(ours: Site, calendar: Calendar, *, sizes: tuple[int, ...] = (SMALL, MILLION)) -> list[Row]:
    registry = Registry(ours, calendar)
    rows: list[Row] = []
    small: dict[str, float] = {}
    for size in sizes:
        registry.grow(size)
        found = _times(registry)
        small = small or found
        rows += _rows_of(size, found, small)
        if size <= MILLION:
            pages = _pages(registry)
            small |= {name: small.get(name, value) for name, value in pages.items()}
            rows += [
                row(
                    f"{name}, {_words(size)} things", value, "ms", floor=small[name] if size > SMALL else None
                )
                for name, value in pages.items()
            ]
        if size == MILLION:
            rows += _large_pages(registry)
    return rows


def _rows_of(size: int, found: dict[str, float], small: dict[str, float]) -> list[Row]:
    """The floor of what grows is itself among ten thousand, of the others the bare query in this run."""
    among, is_small = f"among {_words(size)}", size == SMALL
    growing = "at most 2.0 times"
    return [
        row(
            f"exact look-up {among}, p99", found["bare"], "ms",
            floor=None if is_small else small["bare"], target="" if is_small else growing,
        ),
        row(
            f"one-edit look-up {among}, p99", found["near"], "ms",
            floor=None if is_small else small["near"], target="" if is_small else growing,
        ),
        row(f"whole look-up {among}, median", found["whole"], "ms", floor=found["bare median"]),
        row(f"whole look-up {among}, p99", found["whole p99"], "ms", floor=found["bare"]),
        row(f"{PASTED} numbers pasted, {among}", found["pasted"], "ms", floor=found["bare pasted"]),
        row(f"misread numbers found {among}", found["found"], "%"),
        row(f"other things shown for a number {among}", found["others"], "hits"),
    ]  # fmt: skip


def _times(registry: Registry) -> dict[str, float]:
    recorded = registry.numbers(LOOKS)
    misread = [registry.misread(text) for text in recorded]
    keys = [readings_of(text)[0].keys[0] for text in recorded]
    bare = [_timed(partial(_bare, [key])) for key in keys]
    near = [_timed(partial(find_near, [readings_of(text)])) for text in misread]
    whole = [_timed(partial(find_marks, [text])) for text in misread]
    hits = find_marks(misread[:PASTED])
    found = sum(
        any(hit.mark.text == text for hit in hits[m]) for text, m in zip(recorded, misread, strict=True)
    )
    return {
        "bare": _p99(bare),
        "bare median": median(bare),
        "near": _p99(near),
        "whole": median(whole),
        "whole p99": _p99(whole),
        "pasted": milliseconds(partial(find_marks, misread[:PASTED])),
        "bare pasted": milliseconds(partial(_bare, keys[:PASTED])),
        "found": 100 * found / len(recorded),
        "others": (sum(map(len, hits.values())) - found) / len(recorded),
    }


def _bare(keys: list[str]) -> None:
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute(FLOOR, [key])
            cursor.fetchall()


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _pages(registry: Registry) -> dict[str, float]:
    """Milliseconds by the real site, over its web processes."""
    thing = registry.firm.assets.first()
    assert thing is not None
    owner, officer = _browser(registry, registry.owner), _browser(registry, registry.officer)
    things = reverse("assetmarking:things", args=[registry.firm.pk])
    number = registry.misread(registry.numbers(1)[0])
    return {
        "list of a firm's 500 things": _page(owner, things),
        "the same, searched": _page(owner, f"{things}?suche={thing.make}"),
        "page of a thing": _page(owner, reverse("assetmarking:thing", args=[thing.reference])),
        "public check of a number, in this process": milliseconds(partial(is_reported_stolen, number=number)),
        "Fahndung, from the number to the result": _search(officer, number),
    }


def _large_pages(registry: Registry) -> list[Row]:
    """A firm of twenty thousand things and a directorate of five thousand thefts, each beside a small one."""
    fill_registry([registry.large], things=THINGS_OF_A_LARGE_FIRM)
    owner, officer = _browser(registry, registry.owner), _browser(registry, registry.officer)
    rows = []
    for query in ("", "?suche=Norvik"):
        few, many = (
            _page(owner, reverse("assetmarking:things", args=[firm.pk]) + query)
            for firm in (registry.firm, registry.large)
        )
        name = "the same, searched" if query else f"list of a firm's {THINGS_OF_A_LARGE_FIRM} things"
        rows.append(row(name, many, "ms", floor=few))
    statements = [
        _statements(signed_in(registry.owner), reverse("assetmarking:things", args=[firm.pk]))
        for firm in (registry.firm, registry.large)
    ]
    if len(set(statements)) > 1:
        raise AssertionError(f"{statements} statements")
    rows.append(row("the same, statements", statements[0], "statements"))
    _report_thefts(registry, 30)
    few = _page(officer, reverse("thefts:thefts"))
    _report_thefts(registry, THEFTS - 30)
    many = _page(officer, reverse("thefts:thefts"))
    return [*rows, row(f"list of {THEFTS} thefts", many, "ms", floor=few)]


def _report_thefts(registry: Registry, count: int) -> None:
    """One thing each, of all firms."""
    things = (
        Asset.objects.exclude(state=Asset.State.STOLEN).exclude(firm=registry.firm).select_related("firm")
    )
    for thing in things.order_by("-pk")[:count]:
        make_theft(thing, partnership=registry.calendar.partnership, police=registry.calendar.police)


def _browser(registry: Registry, person: Person) -> Browser:
    client = sign_in_with_factor(Client(SERVER_NAME="127.0.0.1"), person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Browser(registry.ours.port, cookies={settings.SESSION_COOKIE_NAME: cookie})


def _page(browser: Browser, path: str) -> float:
    expect(browser.get(path), 200)
    return median([_timed(partial(browser.get, path)) for _number in range(GETS)])


def _search(browser: Browser, number: str) -> float:
    path = reverse("search:search")
    expect(browser.get(path), 200)

    def search() -> None:
        expect(browser.get(expect(browser.post(path, REASON | {"numbers": number}), 302).location), 200)

    search()
    return median([_timed(search) for _number in range(GETS)])


def _statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _words(size: int) -> str:
    return f"{size:,}".replace(",", " ")
