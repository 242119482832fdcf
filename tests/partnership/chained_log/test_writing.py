"""Adding a row: numbered without a gap, in the segment of its organisation and year, with its hash."""

import datetime
import hashlib
import json

import pytest
from django.db import transaction
from django.utils import timezone

from partnership.chained_log.writing import append, note_opening
from partnership.models import ChainedEntry, LogSegment
from tests.partnership.chained_log.steps import ACT, at_noon_of, open_something
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_rows_are_numbered_without_a_gap_in_each_organisation(world: World) -> None:
    first = [open_something(world.police).seq for _time in range(3)]
    assert (first, open_something(world.ihk).seq) == ([1, 2, 3], 1)


def test_the_segment_knows_count_and_head(world: World) -> None:
    open_something(world.police)
    last = open_something(world.police)
    segment = LogSegment.objects.get()
    assert (segment.count, segment.head) == (2, last.hash)
    assert segment.erase_after == datetime.date(segment.year + 1, 12, 31)


def test_the_content_says_who_and_what(world: World) -> None:
    entry = open_something(world.police, world.paula, thing="Beratungsprotokoll 2026-0001")
    assert entry.payload == {"act": ACT, "actor": world.paula.pk, "thing": "Beratungsprotokoll 2026-0001"}


def test_the_hash_can_be_checked_with_any_tool(world: World) -> None:
    entry = open_something(world.police, purpose="Kontrolle „Straße“", reference="123/26")
    text = json.dumps(entry.payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(f"{entry.salt}\n{text}".encode()).hexdigest()
    start = f"log\n{world.police.pk}\n{entry.segment.year}".encode()
    at = entry.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    line = f"{hashlib.sha256(start).hexdigest()}\n1\n{at}\n{digest}"
    assert (entry.digest, entry.hash) == (digest, hashlib.sha256(line.encode()).hexdigest())


def test_the_same_content_never_has_the_same_digest(world: World) -> None:
    assert open_something(world.police).digest != open_something(world.police).digest


def test_with_the_year_of_berlin_a_new_segment_begins(world: World) -> None:
    with at_noon_of(datetime.date(2026, 12, 31)):
        append(organisation=world.police, actor=None, act=ACT, payload={})
    with pytest.MonkeyPatch.context() as patch:
        moment = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
        patch.setattr(timezone, "now", lambda: moment)
        append(organisation=world.police, actor=None, act=ACT, payload={})
    rows = ChainedEntry.objects.order_by("segment__year").values_list("segment__year", "seq")
    assert list(rows) == [(2026, 1), (2027, 1)]


def test_who_waited_past_midnight_goes_on_in_the_new_year(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look at the clock is before midnight, the one under the lock after it."""
    before = datetime.datetime(2026, 12, 31, 22, 59, 59, tzinfo=datetime.UTC)
    moments = iter([before])
    after = before + datetime.timedelta(seconds=3)
    monkeypatch.setattr(timezone, "now", lambda: next(moments, after))
    append(organisation=world.police, actor=None, act=ACT, payload={})
    assert ChainedEntry.objects.get().segment.year == 2027


@pytest.mark.parametrize("payload", [{"score": 0.5}, {"at": datetime.date(2026, 1, 1)}, {"x": [{1: "a"}]}])
def test_what_could_be_spelt_in_two_ways_is_no_content(world: World, payload: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        append(organisation=world.police, actor=None, act=ACT, payload=payload)


def test_who_and_what_are_not_the_callers_to_write(world: World) -> None:
    with pytest.raises(KeyError):
        append(organisation=world.police, actor=None, act=ACT, payload={"actor": 1})


def test_an_act_without_a_name_is_refused(world: World) -> None:
    with pytest.raises(KeyError):
        append(organisation=world.police, actor=None, act="unknown", payload={})


@pytest.mark.django_db(transaction=True)
def test_an_opening_is_committed_when_it_is_noted(world: World) -> None:
    with transaction.atomic():
        append(organisation=world.police, actor=None, act=ACT, payload={})
        transaction.set_rollback(True)
    assert note_opening(organisation=world.police, actor=None, act=ACT, payload={}) == 1
    assert ChainedEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_opening_inside_a_transaction_is_refused_as_it_could_vanish(world: World) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        note_opening(organisation=world.police, actor=None, act=ACT, payload={})


@pytest.mark.django_db(transaction=True)
def test_adding_outside_a_transaction_is_refused(world: World) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(organisation=world.police, actor=None, act=ACT, payload={})
