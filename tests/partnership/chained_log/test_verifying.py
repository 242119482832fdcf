"""Whatever is changed in the tables, checking finds it and names the first wrong row."""

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from partnership.chained_log.encoding import digest_of, hash_of
from partnership.chained_log.verifying import Anchor, anchors_in, known_anchors, verify_segment
from partnership.models import ChainedEntry, LogCheck, LogSegment
from tests.partnership.chained_log.steps import open_long_ago, open_something, triggers_off
from tests.personas import World

pytestmark = pytest.mark.django_db
ROWS = 4
in_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hexes = some.text("0123456789abcdef", min_size=64, max_size=64)
texts = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
values = some.recursive(
    some.none() | some.booleans() | some.integers() | texts,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
CHANGES = some.one_of(
    some.tuples(some.just("payload"), some.dictionaries(texts, values, max_size=3)),
    some.tuples(some.just("salt"), some.text("0123456789abcdef", min_size=32, max_size=32)),
    some.tuples(some.sampled_from(["digest", "hash"]), hexes),
    some.tuples(some.just("at"), some.datetimes(timezones=some.just(datetime.UTC))),
    some.tuples(some.just("seq"), some.integers(ROWS + 1, 2**40)),
)


def segment_of(world: World) -> LogSegment:
    return LogSegment.objects.get(organisation=world.police)


def four_rows(world: World) -> LogSegment:
    for number in range(ROWS):
        open_something(world.police, world.paula, thing=f"Protokoll {number}")
    return segment_of(world)


def broken_at(world: World, **options: Any) -> int | None:
    return verify_segment(segment_of(world), **options).broken_at


def test_what_was_written_is_found_as_it_was_written(world: World) -> None:
    verdict = verify_segment(four_rows(world))
    assert (verdict.count, verdict.erased, verdict.broken_at, verdict.fault) == (ROWS, 0, None, "")
    assert verdict.head == segment_of(world).head


@in_database
@given(content=some.dictionaries(texts.filter(lambda key: key not in ("act", "actor")), values, max_size=5))
def test_whatever_the_content_it_comes_back_in_one_spelling(world: World, content: dict[str, Any]) -> None:
    with transaction.atomic():
        open_something(world.police, inner=content)
        assert broken_at(world) is None
        transaction.set_rollback(True)


@in_database
@given(change=CHANGES, number=some.integers(1, ROWS))
def test_any_change_of_any_column_is_found(world: World, change: tuple[str, Any], number: int) -> None:
    column, value = change
    with transaction.atomic():
        rows = ChainedEntry.objects.filter(pk=_row(four_rows(world), number).pk)
        if getattr(rows.get(), column) != value:
            with triggers_off():
                rows.update(**{column: value})
            assert broken_at(world) == number
        transaction.set_rollback(True)


def _row(segment: LogSegment, number: int) -> ChainedEntry:
    return segment.entries.get(seq=number)


@pytest.mark.parametrize(
    ("column", "value", "row"),
    [
        ("count", ROWS - 1, ROWS + 1),
        ("count", ROWS + 1, ROWS + 1),
        ("head", "0" * 64, ROWS + 1),
        ("erase_after", datetime.date(2020, 1, 1), 1),
        ("year", 2019, 1),
    ],
)
def test_any_change_of_the_segment_is_found(world: World, column: str, value: object, row: int) -> None:
    four_rows(world)
    with triggers_off():
        LogSegment.objects.update(**{column: value})
    assert broken_at(world) == row


def test_a_segment_given_to_another_organisation_does_not_fit_there(world: World) -> None:
    segment = four_rows(world)
    with triggers_off():
        LogSegment.objects.update(organisation=world.ihk)
    segment.refresh_from_db()
    assert verify_segment(segment).broken_at == 1


@pytest.mark.parametrize("number", [1, 2, ROWS])
def test_a_row_taken_away_is_found(world: World, number: int) -> None:
    row = _row(four_rows(world), number)
    with triggers_off():
        row.delete()
    assert broken_at(world) == number


def test_two_rows_that_change_places_are_found(world: World) -> None:
    segment = four_rows(world)
    with triggers_off():
        segment.entries.filter(seq=2).update(seq=99)
        segment.entries.filter(seq=3).update(seq=2)
        segment.entries.filter(seq=99).update(seq=3)
    assert broken_at(world) == 2


def test_a_row_that_the_segment_does_not_count_is_found(world: World) -> None:
    segment = four_rows(world)
    with triggers_off():
        LogSegment.objects.update(count=F("count") - 1, head=_row(segment, ROWS - 1).hash)
    assert broken_at(world) == ROWS + 1


def test_content_that_went_before_its_time_is_found(world: World) -> None:
    four_rows(world)
    with triggers_off():
        ChainedEntry.objects.filter(seq=2).update(salt=None, payload=None)
    assert broken_at(world) == 2


def test_content_that_went_in_its_time_leaves_the_chain_whole(world: World) -> None:
    for _time in range(3):
        entry = open_long_ago(world.police)
    ChainedEntry.objects.filter(seq__lte=2).update(salt=None, payload=None)
    verdict = verify_segment(entry.segment.__class__.objects.get())
    assert (verdict.count, verdict.erased, verdict.fault) == (3, 2, "")


def test_of_what_is_erased_the_rest_is_still_guarded(world: World) -> None:
    open_long_ago(world.police)
    ChainedEntry.objects.update(salt=None, payload=None)
    with triggers_off():
        ChainedEntry.objects.update(digest="0" * 64)
    assert broken_at(world) == 1


def rewrite_from(segment: LogSegment, number: int) -> None:
    """Whoever owns the tables can write the chain anew, so that it fits together."""
    head = _row(segment, number - 1).hash
    with triggers_off():
        for entry in segment.entries.filter(seq__gte=number):
            entry.payload = entry.payload | {"actor": None}
            entry.digest = digest_of(salt=entry.salt, payload=entry.payload)
            head = entry.hash = hash_of(previous=head, seq=entry.seq, at=entry.at, digest=entry.digest)
            entry.save()
        LogSegment.objects.filter(pk=segment.pk).update(head=head)


def test_a_chain_written_anew_is_found_by_an_anchor_alone(world: World) -> None:
    anchor = verify_segment(four_rows(world)).anchor
    open_something(world.police)
    rewrite_from(segment_of(world), 2)
    assert broken_at(world) is None
    assert broken_at(world, anchors=[anchor]) == ROWS


def test_a_chain_cut_short_is_found_by_an_anchor_alone(world: World) -> None:
    segment = four_rows(world)
    anchor = verify_segment(segment).anchor
    with triggers_off():
        _row(segment, ROWS).delete()
        LogSegment.objects.update(count=ROWS - 1, head=_row(segment, ROWS - 1).hash)
    assert broken_at(world) is None
    assert broken_at(world, anchors=[anchor]) == ROWS


def test_nights_are_anchors_too(world: World) -> None:
    segment = four_rows(world)
    head = verify_segment(segment).head
    LogCheck.objects.create(segment=segment, night=datetime.date(2026, 1, 2), count=ROWS, head=head)
    rewrite_from(segment, 2)
    assert broken_at(world, anchors=known_anchors(segment)) == ROWS


def test_an_anchor_is_found_in_a_mail_with_soft_breaks() -> None:
    anchor = Anchor(3, 2026, 17, "ab" * 32)
    line = f"Stand: {anchor}"
    assert anchors_in(f"Guten Tag\n{line[:40]}=\n{line[40:]}\nIhr Portal") == [anchor]


# the command


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_log", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_rows_and_where_it_stands(world: World) -> None:
    segment = four_rows(world)
    anchor = verify_segment(segment).anchor
    assert verify() == f"{segment}: unversehrt bis Zeile 4, 0 davon gelöscht, Stand {anchor}\n"
    assert "genannter Stand passt" in verify("--anchor", str(anchor), "--organisation", "PD Leipzig")


def test_the_command_names_the_first_wrong_row(world: World, capsys: Any) -> None:
    four_rows(world)
    with triggers_off():
        ChainedEntry.objects.filter(seq__gte=3).update(payload={})
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log")
    assert ended.value.code == 1
    assert "FALSCH ab Zeile 3: Der Inhalt ist nicht der" in capsys.readouterr().out


def test_the_command_reads_the_mail_from_a_file(world: World, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    segment = four_rows(world)
    file.write_text(f"Stand: {segment.organisation_id}/{segment.year} 2 {'0' * 64}")
    with pytest.raises(SystemExit):
        verify("--anchor", str(file))


def test_a_log_that_is_gone_altogether_is_broken(world: World) -> None:
    with pytest.raises(SystemExit) as ended:
        verify("--anchor", f"99/2026 2 {'0' * 64}")
    assert ended.value.code == 1


@pytest.mark.parametrize("arguments", [(), ("--year", "1999"), ("--anchor", "nichts")])
def test_where_there_is_nothing_to_check_the_command_says_so(world: World, arguments: list[str]) -> None:
    if arguments:
        four_rows(world)
    with pytest.raises(CommandError) as refused:
        verify(*arguments)
    assert refused.value.returncode == 2


def test_it_looks_at_the_year_and_organisation_alone_that_are_named(world: World) -> None:
    open_something(world.ihk)
    segment = four_rows(world)
    assert verify("--organisation", str(world.police.pk), "--year", str(segment.year)).count("\n") == 1
