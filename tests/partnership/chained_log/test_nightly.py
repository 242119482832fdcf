"""Every night each segment is checked once, and auditors are told where it stands if rows were added."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from partnership.chained_log.nightly import check_logs
from partnership.chained_log.verifying import anchors_in, verify_segment
from partnership.mail_content import build_message
from partnership.models import ChainedEntry, LogCheck, LogSegment, OutgoingMail, Post
from partnership.times import at_wall_time
from tests import factories
from tests.partnership.chained_log.steps import open_long_ago, open_something, triggers_off
from tests.personas import World

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)
AT_THREE = datetime.time(3)


def night(number: int) -> datetime.datetime:
    """Three o'clock, so many days from today."""
    return at_wall_time(timezone.localdate() + number * A_DAY, AT_THREE)


def kinds() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to_email"))


def test_the_organisations_auditor_is_told_count_and_head(world: World) -> None:
    open_something(world.police)
    open_something(world.police)
    assert check_logs(now=night(1)) == 1
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("log_anchor", world.dora.email)
    message = build_message(mail)
    assert message.subject.endswith(": unversehrt bis Zeile 2")
    segment = LogSegment.objects.get()
    for words in (message.body, str(message.alternatives[0].content)):
        assert anchors_in(words) == [verify_segment(segment).anchor]
        assert "unversehrt" in words
        assert "/arbeitsplatz/abrufe/" in words


def test_once_a_night_and_segment(world: World) -> None:
    open_something(world.police)
    assert [check_logs(now=night(1)), check_logs(now=night(1))] == [1, 0]
    assert len(kinds()) == 1


def test_without_new_rows_it_is_checked_and_nobody_is_told(world: World) -> None:
    open_something(world.police)
    check_logs(now=night(1))
    assert check_logs(now=night(2)) == 1
    assert len(kinds()) == 1


def test_new_rows_are_counted_since_the_last_time(world: World) -> None:
    open_something(world.police)
    check_logs(now=night(1))
    for _time in range(3):
        open_something(world.police)
    check_logs(now=night(2))
    assert "davon neu seit der Nacht zum" in build_message(OutgoingMail.objects.latest("pk")).body
    assert OutgoingMail.objects.latest("pk").content["new"] == 3


def test_what_began_today_is_checked_in_the_coming_night(world: World) -> None:
    """Also if the scan runs all day."""
    open_something(world.police)
    ChainedEntry.objects.get()
    assert check_logs(now=timezone.now() + datetime.timedelta(minutes=1)) == 0


def test_a_night_that_fell_out_is_made_up_for(world: World) -> None:
    open_something(world.police)
    check_logs(now=night(1))
    open_something(world.police)
    check_logs(now=night(4) + datetime.timedelta(hours=8))
    assert list(LogCheck.objects.values_list("count", flat=True)) == [1, 2]


def test_whoever_changed_a_row_is_reported_every_night(world: World) -> None:
    for _time in range(3):
        open_something(world.police)
    with triggers_off():
        ChainedEntry.objects.filter(seq=2).update(payload={})
    check_logs(now=night(1))
    check_logs(now=night(2))
    assert kinds() == [("log_broken", world.dora.email)] * 2
    message = build_message(OutgoingMail.objects.latest("pk"))
    assert message.subject.startswith("Achtung: ")
    for words in (message.body, str(message.alternatives[0].content)):
        assert "Der Inhalt ist nicht der, der geschrieben wurde." in words


def test_rows_gone_since_the_night_before_are_found_though_the_chain_fits(world: World) -> None:
    for _time in range(2):
        last = open_something(world.police)
    check_logs(now=night(1))
    with triggers_off():
        last.delete()
        LogSegment.objects.update(count=1, head=ChainedEntry.objects.get().hash)
    check_logs(now=night(2))
    check = LogCheck.objects.latest("night")
    assert (check.broken_at, kinds()[-1][0]) == (2, "log_broken")


def test_other_organisations_auditors_and_other_posts_are_not_told(world: World) -> None:
    factories.make_post(world.carl, Post.Role.AUDITOR, organisation=world.ihk)
    open_something(world.police)
    check_logs(now=night(1))
    assert kinds() == [("log_anchor", world.dora.email)]


def test_what_is_erased_altogether_is_left_in_peace(world: World) -> None:
    open_long_ago(world.police)
    ChainedEntry.objects.update(salt=None, payload=None)
    assert check_logs(now=night(1)) == 0


def test_without_an_auditor_it_is_checked_all_the_same(world: World) -> None:
    Post.objects.filter(role=Post.Role.AUDITOR).delete()
    open_something(world.police)
    assert (check_logs(now=night(1)), kinds()) == (1, [])


def test_the_mail_says_nothing_of_what_was_opened(world: World) -> None:
    open_something(world.police, world.paula, thing="Beratungsprotokoll 2026-0001", purpose="Mord")
    check_logs(now=night(1))
    content: dict[str, Any] = OutgoingMail.objects.get().content
    assert not {"Mord", "Paula Beispiel", "Beratungsprotokoll 2026-0001"} & set(map(str, content.values()))
