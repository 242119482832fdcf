"""The outbox: written with the act, told to a worker after commit, swept when that was missed."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from partnership import outbox
from partnership.demo.processes import free_port
from partnership.models import OutgoingMail, Partnership
from partnership.outbox import (
    LEASE,
    Draft,
    deliver_mail,
    mails_about,
    queue_mail,
    queue_mails,
    sweep_outbox,
)
from tests.broker import waiting_tasks
from tests.factories import make_partnership
from tests.smtp import Postbox, text_of
from tests.threads import in_background
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
State = OutgoingMail.State


@pytest.fixture
def partnership() -> Partnership:
    return make_partnership()


def a_mail(partnership: Partnership, **changes: object) -> OutgoingMail:
    mail = queue_mail(
        partnership=partnership,
        kind="password_reset",
        to_name="Alice Muster",
        to_email="alice@tischlerei.example",
        content={"reset_url": "https://portal.example/konto/geheim", "office": "Grimma"},
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    mail.refresh_from_db()
    return mail


def test_an_unknown_kind_is_refused_when_it_is_written_not_when_it_is_sent(partnership: Partnership) -> None:
    with pytest.raises(KeyError):
        queue_mail(partnership=partnership, kind="unbekannt", to_email="a@b.example", content={})


def test_an_act_that_fails_leaves_no_mail(partnership: Partnership) -> None:
    with transaction.atomic():
        a_mail(partnership)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("empty_queue")
def test_a_worker_is_told_after_commit_and_gets_the_key(
    partnership: Partnership, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail = a_mail(partnership)
        assert waiting_tasks() == []
    assert waiting_tasks() == [("partnership.deliver_mail", mail.pk)]


def test_a_mail_arrives_once(partnership: Partnership, postbox: Postbox) -> None:
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    deliver_mail(mail.pk)
    assert [message["To"] for message in postbox.messages] == ["Alice Muster <alice@tischlerei.example>"]
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert mail.sent_at is not None


def test_links_leave_the_outbox_with_the_mail(partnership: Partnership, postbox: Postbox) -> None:
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.content == {"office": "Grimma"}
    assert "https://portal.example/konto/geheim" in text_of(postbox.messages[0])


def test_a_server_that_is_away_is_tried_again_later(partnership: Partnership, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = free_port()
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.leased_until) == (State.QUEUED, 1, None)
    assert mail.due_at > timezone.now()
    assert mail.last_error == "ConnectionRefusedError"


def test_waiting_grows_from_a_minute_to_a_day(partnership: Partnership, postbox: Postbox) -> None:
    postbox.answer = "451 try later"
    mail = a_mail(partnership)
    waits = []
    for _attempt in range(8):
        OutgoingMail.objects.update(due_at=timezone.now())
        deliver_mail(mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.due_at - timezone.now()) / MINUTE))
    assert waits == [1, 5, 15, 60, 180, 360, 720, 1440]


def test_after_more_than_two_days_nobody_tries_any_more(partnership: Partnership, postbox: Postbox) -> None:
    postbox.answer = "451 try later"
    mail = a_mail(partnership, attempts=8)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.FAILED, "SMTPDataError 451")


@pytest.mark.parametrize("when", ["rcpt_answer", "answer"])
def test_what_a_server_refuses_for_good_is_not_sent_again(
    partnership: Partnership, postbox: Postbox, when: str
) -> None:
    setattr(postbox, when, "550 no such user <alice@tischlerei.example>")
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert mail.last_error.endswith(" 550")
    assert "alice" not in mail.last_error


def test_a_busy_mailbox_is_not_refused_for_good(partnership: Partnership, postbox: Postbox) -> None:
    postbox.rcpt_answer = "450 mailbox busy"
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.QUEUED, "SMTPRecipientsRefused 450")


def test_a_second_attempt_carries_the_same_message_id(partnership: Partnership, postbox: Postbox) -> None:
    """The server has the mail, but its answer is lost: whoever gets both can tell that they are one."""
    postbox.answer = "451 lost"
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    postbox.answer = "250 OK"
    OutgoingMail.objects.update(due_at=timezone.now())
    deliver_mail(mail.pk)
    assert [message["Message-ID"] for message in postbox.messages] == [mail.message_id] * 2


def test_a_mail_that_cannot_be_built_keeps_nothing_else_waiting(
    partnership: Partnership, postbox: Postbox
) -> None:
    broken = a_mail(partnership, kind="ohne_vorlage")
    deliver_mail(broken.pk)
    deliver_mail(a_mail(partnership).pk)
    broken.refresh_from_db()
    assert (broken.state, broken.last_error) == (State.QUEUED, "TemplateDoesNotExist")
    assert len(postbox.messages) == 1


@pytest.mark.parametrize(("holds", "state"), [(True, State.SENT), (False, State.WITHDRAWN)])
def test_a_kind_of_mail_is_asked_once_more_whether_it_holds(
    partnership: Partnership, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, holds: bool, state: str
) -> None:
    monkeypatch.setitem(outbox._checks, "password_reset", lambda _mail: holds)
    mail = a_mail(partnership)
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.leased_until, mail.content) == (state, None, {"office": "Grimma"})
    assert len(postbox.messages) == holds


def test_a_mail_in_another_workers_hands_is_left_alone(partnership: Partnership, postbox: Postbox) -> None:
    mail = a_mail(partnership, leased_until=timezone.now() + LEASE)
    deliver_mail(mail.pk)
    assert postbox.messages == []


def test_a_mail_that_a_dead_worker_held_goes_out(partnership: Partnership, postbox: Postbox) -> None:
    mail = a_mail(partnership, leased_until=timezone.now() - MINUTE)
    deliver_mail(mail.pk)
    assert len(postbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_send_it_once(postbox: Postbox) -> None:
    mail = a_mail(make_partnership())
    postbox.close()
    first = in_background(lambda: deliver_mail(mail.pk))
    wait_until(lambda: postbox.senders)
    deliver_mail(mail.pk)
    postbox.open()
    assert first.result(timeout=30) is None
    assert len(postbox.messages) == 1


def test_a_mail_that_is_gone_harms_no_worker(postbox: Postbox) -> None:
    deliver_mail(987654321)
    assert postbox.messages == []


@pytest.mark.usefixtures("empty_queue")
def test_the_sweeper_tells_of_what_is_due_and_in_nobodys_hands(
    partnership: Partnership, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    missed = a_mail(partnership)
    left_behind = a_mail(partnership, leased_until=now - MINUTE)
    a_mail(partnership, due_at=now + MINUTE)
    a_mail(partnership, leased_until=now + MINUTE)
    a_mail(partnership, state=State.FAILED)
    a_mail(partnership, state=State.SENT, sent_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_outbox() == 2
    assert {key for _name, key in waiting_tasks()} == {missed.pk, left_behind.pk}


@pytest.mark.usefixtures("empty_queue")
def test_the_sweeper_is_silent_when_nothing_is_due(
    partnership: Partnership, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_outbox() == 0
    assert waiting_tasks() == []


def test_a_timeline_reads_mails_without_their_content(partnership: Partnership) -> None:
    mail = a_mail(partnership)
    mail.thing = partnership
    mail.save()
    found = mails_about(partnership).get()
    assert found.get_deferred_fields() >= {"content", "calendar"}


def test_only_a_time_makes_a_mail_sent(partnership: Partnership) -> None:
    with pytest.raises(IntegrityError, match="outgoing_mail_sent_has_time"):
        a_mail(partnership, state=State.SENT)


@pytest.mark.usefixtures("empty_queue")
def test_of_many_mails_a_worker_is_told_of_each(
    partnership: Partnership, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    draft: Draft = {
        "partnership": partnership,
        "kind": "password_reset",
        "to_email": "a@b.example",
        "content": {},
    }
    with django_capture_on_commit_callbacks(execute=True):
        keys = [mail.pk for mail in queue_mails([draft] * 3)]
    assert waiting_tasks() == [("partnership.deliver_mail", key) for key in keys]
