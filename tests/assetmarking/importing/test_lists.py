"""What becomes of the rows of a list."""

import datetime
import io
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from assetmarking.exporting import files
from assetmarking.exporting.files import write_file
from assetmarking.importing import running
from assetmarking.importing.checking import work_on
from assetmarking.importing.running import (
    KEPT_FOR,
    WORKED_FOR,
    choose_all_duplicates,
    confirm_import,
    drop_old_imports,
    map_columns,
    sweep_imports,
    upload_list,
)
from assetmarking.models import Asset, ImportHeading, ImportRow, ImportRun, MarkKind
from partnership.models import Firm, LogEntry, Site
from partnership.refusals import Refusal
from tests import factories
from tests.asset_factories import make_asset, make_mark
from tests.assetmarking.importing.steps import HEAD, check, found, take_over, workbook
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = ImportRun.State
TWO = workbook(
    HEAD,
    ("Bohrhammer", "Norvik", "NV-1001", 2021, "1.234,56 €"),
    ("Säge", "Norvik", "unbekannt", "20O5", 99),
)


@pytest.fixture
def firm(world: World) -> Firm:
    firm = factories.make_firm(world.alice)
    Site.objects.create(firm=firm, name="Lager", street="Demogasse 8", postcode="04668", city="Grimma")
    return firm


def test_rows_are_new_or_faulty_and_nothing_is_written_before_the_word(world: World, firm: Firm) -> None:
    run = check(firm, world.alice, TWO)
    assert (run.state, found(run)) == (State.CHECKED, {"new": 1, "faulty": 1})
    faulty = run.rows.get(outcome="faulty")
    assert (faulty.number, faulty.faults) == (3, [["Baujahr", "„20O5“ ist keine Jahreszahl."]])
    assert not Asset.objects.exists()


def test_on_the_word_the_faultless_are_written_and_the_others_come_back(world: World, firm: Firm) -> None:
    run = take_over(check(firm, world.alice, TWO), world.alice)
    thing = Asset.objects.get()
    assert (thing.name, thing.value, thing.year) == ("Bohrhammer", Decimal("1234.56"), 2021)
    assert thing.marks.get().key == "NV1001".replace("V", "U")
    assert (run.state, run.content) == (State.DONE, None)
    rows = list(load_workbook(io.BytesIO(bytes(run.faulty or b""))).active.values)
    assert rows[1][0] == "Säge"
    assert rows[1][-1] == "Baujahr: „20O5“ ist keine Jahreszahl."
    assert LogEntry.objects.filter(act__in=["thing.recorded", "list.imported"]).count() == 2


def test_what_is_no_number_stays_away_with_a_note(world: World, firm: Firm) -> None:
    run = check(firm, world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "unbekannt")))
    row = run.rows.get()
    assert row.notes == ["„unbekannt“ ist keine Nummer und bleibt weg."]
    assert row.values["marks"] == []


def full_thing(firm: Firm) -> Asset:
    thing = make_asset(
        firm,
        *("NV-1001", "NV-1002"),
        state=Asset.State.LENT,
        lent_until=datetime.date(2027, 1, 31),
        name="=1+1",
        year=2020,
        value=Decimal("1649.95"),
        peculiarities='\'-Kerbe; "links"',
        own_number="007",
        site=firm.sites.get(),
        kept_at="Regal 3",
    )
    for kind in (MarkKind.SECOND, MarkKind.ENGRAVED, MarkKind.EIN, MarkKind.IDENTIFICATION, MarkKind.RFID):
        make_mark(thing, f"X-{kind.upper()}-77", kind=kind, place="unten", marked_by="Werk")
    make_mark(thing, "D-4711", kind=MarkKind.FORENSIC, vendor="Spur", marked_on=datetime.date(2024, 10, 3))
    make_mark(thing, "ABCDEFG", kind=MarkKind.OWN_CODE)
    return thing


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_reading_in_what_went_out_changes_nothing(world: World, firm: Firm, suffix: str) -> None:
    full_thing(firm)
    make_asset(firm, state=Asset.State.STOLEN, site=None)
    run = check(firm, world.alice, write_file(firm, suffix).read(), f"geraete.{suffix}")
    assert (run.state, found(run)) == (State.CHECKED, {"same": 2}), list(run.rows.values("faults", "changes"))
    assert [row.notes for row in run.rows.all()] == [[], []]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_things_that_are_not_in_memory_together_go_out_whole(
    world: World, firm: Firm, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the columns of marks that only the last has."""
    monkeypatch.setattr(files, "AT_ONCE", 2)
    for number in range(4):
        make_asset(firm, f"NV-{number}")
    full_thing(firm)
    text = text_of(files.write_file(firm, suffix).read(), suffix)
    assert [f"NV-{number}" in text for number in range(4)] == [True] * 4
    assert all(word in text for word in ("NV-1002", "X-RFID-77", "D-4711", "Spur", "2024-10-03"))


def text_of(content: bytes, suffix: str) -> str:
    if suffix != "xlsx":
        return content.decode("utf-8-sig")
    return str([list(row) for row in load_workbook(io.BytesIO(content)).active.values])


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_a_file_takes_as_many_statements_for_one_as_for_forty(
    world: World, firm: Firm, suffix: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    full_thing(firm)
    with django_assert_num_queries(10, exact=False) as first:
        files.write_file(firm, suffix)
    for number in range(40):
        make_asset(firm, f"NV-{number}")
    with django_assert_num_queries(len(first)):
        files.write_file(firm, suffix)


def test_what_goes_wrong_with_the_last_thing_leaves_no_half_file(
    client: Client, world: World, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_asset(firm, "NV-1")
    sign_in(client, world.alice)
    monkeypatch.setattr(files, "_as_json", lambda *_args: 1 / 0)
    client.raise_request_exception = False
    assert client.get(f"/kennzeichnung/firma/{firm.pk}/geraete.json").status_code == 500


def test_a_changed_row_changes_its_thing(world: World, firm: Firm) -> None:
    thing = make_asset(firm, "NV-1001", own_number="17")
    content = workbook(
        ("Inventarnr.", "Gerät", "Baujahr", "S/N", "Wo"), (17, "Bohrhammer", 2019, "NV-2", "Griff")
    )
    run = take_over(check(firm, world.alice, content), world.alice)
    thing.refresh_from_db()
    assert (thing.year, thing.version, run.counts["written_changed"]) == (2019, 2, 1)
    assert [(mark.text, mark.place) for mark in thing.marks.all()] == [("NV-1001", ""), ("NV-2", "Griff")]


def test_what_has_changed_since_the_dry_run_is_not_overwritten(world: World, firm: Firm) -> None:
    thing = make_asset(firm, "NV-1001")
    run = check(firm, world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1001", 2019)))
    assert found(run) == {"changed": 1}
    Asset.objects.filter(pk=thing.pk).update(version=2)
    run = take_over(run, world.alice)
    thing.refresh_from_db()
    assert (thing.year, run.counts["overtaken"], bool(run.faulty)) == (None, 1, True)


def test_the_same_twice_is_perhaps_a_duplicate_and_the_person_decides(world: World, firm: Firm) -> None:
    make_asset(firm, "NV-1", make="Andere")
    rows = [("Bohrhammer", "Norvik", "NV-1"), ("Säge", "Norvik", "NV-2"), ("Säge", "Norvik", "NV-2")]
    run = check(firm, world.alice, workbook(HEAD, *rows))
    assert found(run) == {"duplicate": 2, "new": 1}
    choose_all_duplicates(run_id=run.pk, are_taken=True, actor=world.alice)
    assert take_over(run, world.alice).counts["written_new"] == 3


def test_an_unknown_heading_is_asked_once_and_remembered(world: World, firm: Firm) -> None:
    content = workbook(("Geräteliste",), (), ("Bezeichnung", "Xyz"), ("Bohrhammer", "NV-1"))
    run = check(firm, world.alice, content)
    assert (run.state, run.sheets[0]["row"]) == (State.ASKING, 3)
    map_columns(run_id=run.pk, sheet=0, mapping={"0": "name", "1": "serial"}, actor=world.alice)
    work_on(run.pk)
    assert run.rows.get().values["marks"][0]["text"] == "NV-1"
    assert ImportHeading.objects.get().field == "serial"
    assert check(firm, world.alice, content).state == State.CHECKED


def test_a_second_word_writes_nothing_more(world: World, firm: Firm) -> None:
    run = take_over(check(firm, world.alice, TWO), world.alice)
    confirm_import(run_id=run.pk, actor=world.alice)
    work_on(run.pk)
    assert Asset.objects.count() == 1


def test_a_list_whose_worker_died_begins_anew(
    world: World, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = upload_list(firm=firm, person=world.alice, file_name="a.xlsx", content=TWO)
    assert running.begin(run.pk) is not None
    work_on(run.pk)
    assert (not run.rows.exists(), sweep_imports()) == (True, 0)
    monkeypatch.setattr(running, "WORKED_FOR", -WORKED_FOR)
    assert sweep_imports() == 1
    work_on(run.pk)
    assert run.rows.count() == 2


def test_a_worker_that_comes_back_late_leaves_it_to_the_other(world: World, firm: Firm) -> None:
    run = upload_list(firm=firm, person=world.alice, file_name="a.xlsx", content=TWO)
    late = running.begin(run.pk)
    assert late is not None
    ImportRun.objects.filter(pk=run.pk).update(tries=2)
    with pytest.raises(running.Superseded):
        running.go_on(late, rows_done=1)


def test_what_nobody_confirms_goes_after_a_week(world: World, firm: Firm) -> None:
    run = check(firm, world.alice, TWO)
    assert drop_old_imports() == 0
    ImportRun.objects.update(uploaded_at=run.uploaded_at - KEPT_FOR)
    assert drop_old_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.content, ImportRow.objects.count()) == (State.DROPPED, None, 0)


def test_who_does_not_speak_for_the_firm_any_more_writes_nothing(world: World, firm: Firm) -> None:
    run = check(firm, world.alice, TWO)
    with pytest.raises(Refusal):
        confirm_import(run_id=run.pk, actor=world.carl)
    confirm_import(run_id=run.pk, actor=world.alice)
    firm.contacts.all().delete()
    work_on(run.pk)
    run.refresh_from_db()
    assert (run.state, Asset.objects.count()) == (State.FAILED, 0)
