"""What a firm has, whose it is and where it stands is read by who speaks for the firm; police read what it
is, and the rest once they have opened it; everybody else reads nothing.

Every address of the registry is opened by whoever there is, with the keys of a thing that holds all of it.
"""

import datetime
import logging
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from assetmarking.labels.printing import print_labels
from assetmarking.models import (
    Asset,
    Campaign,
    FinderThread,
    ImportRun,
    Label,
    LabelSheet,
    OwnLabelFormat,
    Pilot,
    PrinterOffset,
    Receipt,
    RetroactiveHit,
    Search,
    StolenThing,
    TheftReport,
)
from assetmarking.searching.making import make_search
from assetmarking.transferring.transferring import offer_thing
from partnership.links import issue_link
from partnership.models import (
    ChainedEntry,
    Firm,
    FirmContact,
    LogEntry,
    Person,
    Photo,
    PhotoFile,
    Post,
    SecretLink,
    Site,
)
from tests import factories
from tests.asset_factories import make_asset, make_label, make_mark, make_theft
from tests.assetmarking.finding.steps import written
from tests.assetmarking.importing.steps import HEAD, check, workbook
from tests.assetmarking.labels.steps import order
from tests.assetmarking.pilots.steps import make_campaign, make_pilot
from tests.assetmarking.searching.steps import sign_in_with_factor
from tests.consultations.confided import words_in
from tests.consultations.test_separation import patterns, technicians_tables_with_it
from tests.personas import World

pytestmark = pytest.mark.django_db
THING, OWNER, WHERE, FINDER = "Q7Zx9", "W3Kv5", "J8Rt2", "M6Np4"
"""What it is; whose; where it stands and went, what it is worth, what a finder wrote; who the finder is."""
WORTH = ("73.519", "73519")
PRIVATE = (OWNER, WHERE, *WORTH, FINDER)
ASKED = "NV-Q7ZX9-52I7"
"""Typed by an officer who half reads it; the log has it like this."""
REGISTRY = ("assetmarking:", "finder:", "search:", "thefts:", "pilots:")
BY_LINK = ("assetmarking:transfer_offer", "assetmarking:theft_back", "finder:thread")
FOR_ALL = {
    *("assetmarking:start", "assetmarking:check", "assetmarking:ein", "finder:find", "finder:sent"),
    *("finder:label", *BY_LINK, "assetmarking:transfer_decline", "finder:end"),
}
OTHERS = ["visitor", "carl", "bert", "hanna", "karl", "dora", "theo", "elsewhere"]
POLICE = ["paula", "pia", "lea"]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Every refusal is written down with all that led there; hundreds are a lot."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def firm(world: World) -> Firm:
    firm = factories.make_firm(world.alice, name=f"Zimmerei {OWNER}", phone=f"03437 {OWNER}")
    FirmContact.objects.update(name=f"Alice {OWNER}", phone=f"0171 {OWNER}")
    Site.objects.create(firm=firm, street=f"{WHERE}weg 1", postcode="04668", city="Grimma")
    factories.make_firm(world.carl, name="Nachbarbetrieb")
    return firm


@pytest.fixture
def stolen(world: World, firm: Firm) -> Asset:
    """With all that a thing can have, reported stolen, and found by an officer who has not opened it."""
    asset = make_asset(
        firm,
        f"NV-{THING}-5217",
        name=f"Bohrhammer {THING}",
        model=f"BH {THING}",
        peculiarities=f"Kerbe {THING}",
        value=Decimal("73519.37"),
        own_number=f"17{WHERE}",
        site=firm.sites.get(),
        kept_at=f"Halle {WHERE}",
    )
    make_mark(asset, f"D{THING}", kind="forensic", vendor="Spur", marked_by=f"Meister {OWNER}")
    Receipt.objects.create(asset=asset, kind=Receipt.Kind.JPEG, size=7, content=WHERE.encode())
    photo = Photo.objects.create(
        thing=asset, position=1, state="ready", width=1, height=1, size=1, digest="a" * 64
    )
    for size in PhotoFile.Size.values:
        PhotoFile.objects.create(photo=photo, kind=size, content=f"\xff\xd8{WHERE}".encode("latin-1"))
    make_theft(
        asset,
        partnership=world.partnership,
        police=world.police,
        street=f"{WHERE}weg 1",
        circumstances=f"Das Tor an der {WHERE} war auf",
    )
    search_for_it(world)
    return asset


@pytest.fixture
def things(world: World, firm: Firm, stolen: Asset) -> Asset:
    """With labels, lists, a finder's message, an offer and a campaign besides."""
    label = make_label(firm, asset=stolen)
    make_mark(stolen, label.code, kind="own_code")
    written(world, label, email=f"{FINDER}@post.example").messages.update(text=f"Liegt am {WHERE}")
    print_labels(order(world, firm).pk)
    OwnLabelFormat.objects.create(firm=firm, name=OWNER, **MEASURES)
    PrinterOffset.objects.create(firm=firm, name=OWNER, x=1, y=1)
    rows = ((f"Säge {THING}", "Norvik", f"S{THING}", "20O5"), (f"Fräse {THING}", "Norvik", f"T{THING}", 2020))
    check(firm, world.alice, workbook(HEAD, *rows), f"{OWNER}.xlsx")
    offer_it(world, make_asset(firm, f"U{THING}", name=f"Kreissäge {THING}", kept_at=WHERE))
    Asset.objects.filter(pk=stolen.pk).update(campaign=make_campaign(world, make_pilot(world)))
    RetroactiveHit.objects.create(
        search=Search.objects.get(), mark=stolen.marks.earliest("pk"), texts=[ASKED], was_stolen=True
    )
    return stolen


MEASURES: dict[str, Any] = {
    "page_width": 210,
    "page_height": 297,
    "label_width": 50,
    "label_height": 20,
    "margin_left": 5,
    "margin_top": 8,
    "pitch_x": 50,
    "pitch_y": 20,
    "columns": 4,
    "rows": 14,
}


def search_for_it(world: World) -> Search:
    return make_search(
        person=world.paula,
        organisation=world.police,
        numbers=[ASKED],
        purpose=Search.Purpose.TRAFFIC,
        case_number="ST-123/26",
    )


def offer_it(world: World, asset: Asset) -> None:
    offer_thing(
        asset_id=asset.pk,
        to_email="kauf@bau.example",
        note=WHERE,
        partnership=world.partnership,
        language="de",
        actor=world.alice,
    )


def keys_of(asset: Asset) -> dict[str, list[Any]]:
    """Of an address's arguments, by the beginning of its name and by the argument's."""
    report, run, sheet = TheftReport.objects.get(), ImportRun.objects.get(), LabelSheet.objects.get()
    return {
        "firm_pk": [asset.firm_id],
        "suffix": ["csv", "xlsx", "json"],
        "code": [Label.objects.filter(asset=asset).get().code, Label.objects.latest("pk").code],
        "token": ["x" * 43],
        "reference": [asset.reference],
        "thefts:reference": [report.reference],
        **{f"assetmarking:{name}:reference": [report.reference] for name in OF_REPORT},
        "search:suffix": ["csv", "xlsx"],
        "search:pk": [Search.objects.get().pk],
        "search:hit_done:pk": [RetroactiveHit.objects.get().pk],
        "pilots:pk": [Pilot.objects.get().pk],
        **{f"pilots:campaign_{name}:pk": [Campaign.objects.get().pk] for name in ("edit", "remove")},
        "thefts:pk": [StolenThing.objects.get().pk],
        "assetmarking:mark_remove:pk": [mark.pk for mark in asset.marks.all()],
        **{f"assetmarking:{name}:pk": [FinderThread.objects.get().pk] for name in ("find", "find_end")},
        **{f"assetmarking:import_{name}:pk": [run.pk] for name in OF_RUN},
        **{f"assetmarking:label_{name}:pk": [sheet.pk] for name in ("pdf", "sheet", "print_again")},
        **{f"assetmarking:label_{name}:pk": [OwnLabelFormat.objects.get().pk] for name in OF_FORMAT},
        "assetmarking:printer_remove:pk": [PrinterOffset.objects.get().pk],
    }


OF_REPORT = ("theft", "theft_pdf", "theft_change", "theft_add", "theft_withdraw")
OF_RUN = ("run", "columns", "duplicates", "confirm", "drop", "faulty")
OF_FORMAT = ("format", "format_remove")
CHOOSING = ("report_theft", "passports", "passports_pdf", "theft_add")


def addresses(asset: Asset) -> dict[str, list[str]]:
    """Of the registry, by name; and all lists, logs and files that want no key."""
    keys, found = keys_of(asset), {}
    for name, pattern in patterns(get_resolver()):
        if name.startswith(REGISTRY):
            found[name] = _filled(name, pattern, keys)
            if name.removeprefix("assetmarking:") in CHOOSING:
                found[name] += [f"{path}?geraet={asset.reference}&weiter=1" for path in found[name]]
        elif not _parts(pattern):
            found[name] = [reverse(name)]
    photo = Photo.objects.get()
    found["photos:photo"] = [reverse("photos:photo", args=[photo.pk, size]) for size in ("klein", "gross")]
    found["own_firms:firm"] = [reverse("own_firms:firm", args=[asset.firm_id])]
    return found


def _parts(pattern: URLPattern) -> list[str]:
    return list(getattr(pattern.pattern, "converters", {}) or pattern.pattern.regex.groupindex)


def _filled(name: str, pattern: URLPattern, keys: dict[str, list[Any]]) -> list[str]:
    """With the first of each kind of key, and with the last."""
    start = name.partition(":")[0]
    rows = []
    for part in _parts(pattern):
        known = [key for key in (f"{name}:{part}", f"{start}:{part}", part) if key in keys]
        assert known, f"tell keys_of what {name} is about"
        rows.append(keys[known[0]])
    return sorted({reverse(name, args=[row[which] for row in rows]) for which in (0, -1)})


def person_of(world: World, who: str) -> Person | None:
    if who == "visitor":
        return None
    if who != "elsewhere":
        return getattr(world, who)  # type: ignore[no-any-return]
    officer = factories.make_person()
    police = factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")
    for role in (Post.Role.OFFICER, Post.Role.LEAD):
        factories.make_post(officer, role, organisation=police)
    return officer


def client_of(world: World, who: str) -> Client:
    client, person = Client(raise_request_exception=False), person_of(world, who)
    return sign_in_with_factor(client, person) if person else client


def said_by(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers}\n{words_in(content)}"


def read_everything(world: World, who: str, asset: Asset) -> dict[str, str]:
    """Name of each address -> all that it says, head and body."""
    client, said = client_of(world, who), {}
    for name, paths in addresses(asset).items():
        if name == "account_logout":
            continue
        answers = [client.get(path) for path in paths]
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], name
        said[name] = "\n".join(said_by(answer) for answer in answers)
    return said


def met(said: dict[str, str], *words: str) -> set[str]:
    return {name for name, text in said.items() if any(word in text for word in words)}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_anything_of_it(world: World, things: Asset, who: str) -> None:
    assert met(read_everything(world, who, things), THING, *PRIVATE) == set()


@pytest.mark.parametrize("who", POLICE)
def test_police_read_what_is_stolen_and_not_whose_or_where(world: World, things: Asset, who: str) -> None:
    said = read_everything(world, who, things)
    assert met(said, *PRIVATE) == set()
    of_search = {"search:results", "search:hits"} if who == "paula" else set()
    of_theft = {"thefts:thefts", "thefts:theft", "thefts:secured"}
    assert met(said, THING) == of_theft | of_search


def test_who_speaks_for_the_firm_reads_all_of_it_but_who_the_finder_is(world: World, things: Asset) -> None:
    """The control, too: else the walk would prove nothing."""
    said = read_everything(world, "alice", things)
    assert met(said, FINDER) == set()
    of_thing = {"thing", "edit", "theft", "theft_pdf", "passport", "passports_pdf", "export", "import_run"}
    assert met(said, THING) >= {f"assetmarking:{name}" for name in of_thing}
    of_places = {"thing", "edit", "receipt_file", "theft", "theft_pdf", "find", "export"}
    assert met(said, WHERE) >= {f"assetmarking:{name}" for name in of_places} | {"photos:photo"}


@pytest.mark.parametrize("who", [*OTHERS, *POLICE])
def test_nobody_else_does_anything_with_it(world: World, things: Asset, who: str) -> None:
    before, client = state_of_all(), client_of(world, who)
    for name, paths in addresses(things).items():
        if not name.startswith("assetmarking:") or name in FOR_ALL:
            continue
        for path in paths:
            answer = client.post(path, {"gesehen": "1", "antwort": "ja"})
            is_away = answer.status_code == 302 and answer["Location"].startswith("/konto/anmelden/")
            assert is_away or answer.status_code in (403, 404), (path, answer.status_code)
    assert state_of_all() == before


def state_of_all() -> list[object]:
    models = (Asset, TheftReport, StolenThing, Label, LabelSheet, ImportRun, FinderThread, OwnLabelFormat)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("who", ["bert", "hanna", "karl", "carl", "dora", "theo", "elsewhere"])
def test_nobody_else_acts_on_thefts_and_searches(world: World, things: Asset, who: str) -> None:
    before, client = ChainedEntry.objects.count(), client_of(world, who)
    for name, paths in addresses(things).items():
        if name.startswith(("search:", "thefts:")) and name not in ("search:search", "search:settings"):
            for path in paths:
                assert client.post(path).status_code in (403, 404, 405), path
    assert ChainedEntry.objects.count() == before


def test_no_log_and_no_technicians_table_has_it(world: World, things: Asset) -> None:
    rows = [
        *LogEntry.objects.values_list("detail", flat=True),
        *ChainedEntry.objects.values_list("payload", flat=True),
    ]
    assert len(rows) > 3
    assert [row for row in rows if any(word in str(row) for word in (THING, *PRIVATE))] == []
    assert technicians_tables_with_it(world.theo) == []


def test_a_link_tells_whoever_holds_it_what_it_is_for(world: World, things: Asset) -> None:
    """The name of the thing, and who offers it; a finder's own words."""
    until = timezone.now() + datetime.timedelta(days=1)
    offered = Asset.objects.get(transfers__isnull=False).transfers.get()
    purposes = SecretLink.Purpose
    links = [
        ("assetmarking:transfer_offer", offered, purposes.TRANSFER),
        ("assetmarking:theft_back", StolenThing.objects.get(), purposes.THEFT),
        ("finder:thread", FinderThread.objects.get(), purposes.FINDER),
    ]
    said = {}
    for name, thing, purpose in links:
        token = issue_link(thing=thing, purpose=purpose, expires_at=until)
        said[name] = said_by(Client().get(reverse(name, args=[token])))
    assert met(said, THING) == {"assetmarking:transfer_offer", "assetmarking:theft_back"}
    assert met(said, OWNER) == {"assetmarking:transfer_offer"}
    assert met(said, WHERE) == {"assetmarking:transfer_offer", "finder:thread"}
    assert met(said, *WORTH, FINDER) == set()
