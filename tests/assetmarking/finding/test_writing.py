"""What goes between a finder and an owner, and that no address goes with it."""

import datetime

import pytest
from django.utils import timezone

from assetmarking.finding.mails import take_reply
from assetmarking.finding.writing import (
    MOST_ABOUT_A_LABEL,
    MOST_IN_A_ROW,
    Ended,
    answer_finder,
    end_by_finder,
    end_by_owner,
    end_quiet_threads,
    thread_behind,
    write_again,
)
from assetmarking.models import FinderMessage, FinderThread
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.outbox import _mark_sent
from partnership.refusals import Refusal
from tests.assetmarking.finding.steps import FINDER, TEXT, labelled, written
from tests.personas import World


def test_the_owner_reads_the_text_and_no_address(world: World) -> None:
    written(world)
    mail = OutgoingMail.objects.get(kind="asset_found")
    message = build_message(mail)
    assert message.to == [f"{mail.to_name} <{world.alice.email}>"]
    for text in (str(message.body), str(message.alternatives[0][0]), str(message.message())):
        assert FINDER not in text
    assert TEXT in str(message.body)


def test_what_was_written_leaves_the_outbox_with_the_mail(world: World) -> None:
    written(world)
    mail = OutgoingMail.objects.get(kind="asset_found")
    _mark_sent(mail)
    mail.refresh_from_db()
    assert TEXT not in str(mail.content)


def test_the_finder_reads_the_answer_and_no_address(world: World) -> None:
    thread = written(world)
    answer_finder(thread_id=thread.pk, text="Danke, wir holen es ab.", actor=world.alice)
    mail = OutgoingMail.objects.get(kind="asset_found_answer")
    message = build_message(mail)
    assert message.to == [FINDER]
    assert "Danke, wir holen es ab." in str(message.body)
    assert world.alice.email not in str(message.message())
    assert thread.firm.name not in str(message.message())
    token = mail.content["thread_url"].rstrip("/").rpartition("/")[2]
    assert thread_behind(token) == thread


def test_who_wants_no_answer_gets_none(world: World) -> None:
    thread = written(world, email="")
    with pytest.raises(Refusal):
        answer_finder(thread_id=thread.pk, text="Danke", actor=world.alice)
    assert not OutgoingMail.objects.filter(kind="asset_found_answer").exists()


def test_an_address_that_never_writes_gets_few_mails(world: World) -> None:
    thread = written(world)
    for number in range(MOST_IN_A_ROW):
        answer_finder(thread_id=thread.pk, text=f"Hallo {number}?", actor=world.alice)
    with pytest.raises(Refusal):
        answer_finder(thread_id=thread.pk, text="Hallo?", actor=world.alice)
    write_again(thread_id=thread.pk, text="Ja")
    answer_finder(thread_id=thread.pk, text="Danke", actor=world.alice)


def test_what_is_sent_twice_is_one_message(world: World) -> None:
    label = labelled(world)
    thread = written(world, label)
    assert written(world, label) == thread
    for _time in range(2):
        answer_finder(thread_id=thread.pk, text="Danke", actor=world.alice)
    for _time in range(2):
        write_again(thread_id=thread.pk, text="Bitte")
    assert [message.text for message in thread.messages.all()] == [TEXT, "Danke", "Bitte"]
    assert OutgoingMail.objects.count() == 3


def test_a_label_is_written_about_so_often_a_day(world: World) -> None:
    label = labelled(world)
    for number in range(MOST_ABOUT_A_LABEL):
        written(world, label, email=f"finder{number}@post.example")
    with pytest.raises(Refusal):
        written(world, label)
    FinderThread.objects.update(begun_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    written(world, label)


def test_nobody_else_answers(world: World) -> None:
    thread = written(world)
    with pytest.raises(Refusal):
        answer_finder(thread_id=thread.pk, text="Meins!", actor=world.carl)
    with pytest.raises(Refusal):
        end_by_owner(thread_id=thread.pk, actor=world.carl)


@pytest.mark.parametrize("by_owner", [True, False])
def test_either_side_ends_it(world: World, by_owner: bool) -> None:
    thread = written(world)
    if by_owner:
        end_by_owner(thread_id=thread.pk, actor=world.alice)
    else:
        end_by_finder(thread_id=thread.pk)
    with pytest.raises(Ended):
        write_again(thread_id=thread.pk, text="Noch da?")
    with pytest.raises(Ended):
        answer_finder(thread_id=thread.pk, text="Noch da?", actor=world.alice)


def test_what_is_quiet_for_long_ends_by_itself(world: World) -> None:
    quiet, fresh = written(world), written(world)
    long_ago = timezone.now() - datetime.timedelta(days=91)
    FinderMessage.objects.filter(thread=quiet).update(sent_at=long_ago)
    assert end_quiet_threads() == 1
    assert FinderThread.objects.get(closed_at__isnull=True) == fresh


def test_a_reply_by_mail_goes_nowhere_and_is_answered_once(world: World) -> None:
    written(world)
    mail = OutgoingMail.objects.get(kind="asset_found")
    assert take_reply(mail)
    assert take_reply(mail)
    hint = OutgoingMail.objects.get(kind="asset_found_hint")
    assert hint.to_email == world.alice.email
    assert "/fundmeldung/" in str(build_message(hint).body)


def test_a_finders_reply_by_mail_is_answered_with_a_link(world: World) -> None:
    thread = written(world)
    answer_finder(thread_id=thread.pk, text="Danke", actor=world.alice)
    assert take_reply(OutgoingMail.objects.get(kind="asset_found_answer"))
    hint = OutgoingMail.objects.get(kind="asset_found_hint")
    assert hint.to_email == FINDER
    assert "/k/nachricht/" in str(build_message(hint).body)
