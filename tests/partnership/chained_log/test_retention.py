"""Contents go after the end of the following year, in batches, unless held; the chain can be verified."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from partnership.chained_log.retention import HELD_SEGMENT, KINDS
from partnership.chained_log.verifying import verify_segment
from partnership.models import ChainedEntry, ErasedThing, LogSegment, RetentionRun
from partnership.refusals import Refusal
from partnership.retention.holds import end_hold, place_hold
from partnership.retention.replaying import replay
from partnership.retention.running import Bounds, run_when_due
from tests.partnership.chained_log.steps import open_long_ago, open_something, triggers_off
from tests.personas import World

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)
MARK = "Quittenmarmelade"


def left() -> int:
    return ChainedEntry.objects.filter(payload__isnull=False).count()


def hold(world: World, segment: LogSegment) -> Any:
    return place_hold(
        holdable=HELD_SEGMENT,
        key=segment.pk,
        organisation=world.police,
        reason="Ermittlungsverfahren",
        until=timezone.localdate() + 30 * A_DAY,
        actor=world.dora,
    )


def test_what_is_due_goes_in_batches_and_the_chain_stays(world: World) -> None:
    for number in range(7):
        segment = open_long_ago(world.police, number=number).segment
    open_something(world.police)
    run_when_due(bounds=Bounds(batch=3))
    assert left() == 1
    segment.refresh_from_db()
    verdict = verify_segment(segment)
    assert (verdict.count, verdict.erased, verdict.fault) == (7, 7, "")


def test_what_is_erased_is_evidence_for_the_own_auditor(world: World) -> None:
    entry = open_long_ago(world.police)
    run_when_due()
    row = ErasedThing.objects.get(rule="lookups")
    assert (row.organisation_id, row.object_id) == (world.police.pk, entry.pk)


def test_nothing_personal_is_left_in_any_column(world: World) -> None:
    open_long_ago(world.police, world.paula, thing=MARK, purpose=MARK, reference=MARK, other=[MARK])
    run_when_due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM partnership_chainedentry AS e")
        (words,) = cursor.fetchone()
    assert MARK not in words
    row = json.loads(words)
    assert (row["salt"], row["payload"], len(row["digest"]), len(row["hash"])) == (None, None, 64, 64)
    assert ChainedEntry.objects.get(pk=row["id"], segment=row["segment_id"], seq=row["seq"])
    assert row["at"]


def test_the_year_before_last_goes_and_last_year_stays(world: World) -> None:
    year = timezone.localdate().year
    for past in (2, 1):
        open_long_ago(world.police, year=year - past)
    run_when_due(now=timezone.now() + 3 * A_DAY)
    assert ChainedEntry.objects.get(payload__isnull=False).segment.year == year - 1


def test_a_setting_can_keep_it_longer(world: World, settings: Any) -> None:
    settings.RETENTION = settings.RETENTION | {"log": datetime.timedelta(days=3650)}
    open_long_ago(world.police)
    run_when_due()
    assert left() == 1


def test_a_setting_cannot_make_it_shorter(world: World, settings: Any) -> None:
    settings.RETENTION = settings.RETENTION | {"log": datetime.timedelta()}
    open_long_ago(world.police, year=timezone.localdate().year - 1)
    run_when_due()
    assert (left(), RetentionRun.objects.get().tallies.get(kind="lookups").fault) == (1, "")


def test_a_held_year_stays_until_the_hold_ends(world: World) -> None:
    held = hold(world, open_long_ago(world.police).segment)
    open_long_ago(world.ihk)
    run_when_due()
    assert ChainedEntry.objects.get(payload__isnull=False).segment.organisation == world.police
    end_hold(hold_id=held.pk, actor=world.dora)
    run_when_due(now=timezone.now() + A_DAY)
    assert left() == 0


def test_where_nothing_is_left_there_is_nothing_to_hold(world: World) -> None:
    segment = open_long_ago(world.police).segment
    run_when_due()
    with pytest.raises(Refusal):
        hold(world, segment)


def test_after_a_restore_it_is_erased_again(world: World, settings: Any, tmp_path: Any) -> None:
    settings.ERASURE_LIST_DIR = tmp_path / "liste"
    entry = open_long_ago(world.police)
    salt, payload = entry.salt, entry.payload
    run_when_due()
    with triggers_off():
        ChainedEntry.objects.update(salt=salt, payload=payload)
    report = replay(sorted(settings.ERASURE_LIST_DIR.glob("*.jsonl")))
    assert [r.erased for r in report.results if r.rule == "lookups"] == [1]
    assert left() == 0


def test_the_rule_reads_until_the_end_of_the_following_year() -> None:
    assert KINDS[0].period_words == "bis zum Ende des folgenden Jahres"
