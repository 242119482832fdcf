"""Fetching from a mailbox: each message in its own transaction, marked after that, nothing twice."""

import pytest
from django.conf import settings as used
from django.db import OperationalError, connection
from pytest_django import Settings

from partnership.demo.processes import free_port
from partnership.mail_in import imap
from partnership.mail_in.imap import fetch_mail
from partnership.models import BlockedAddress, OutgoingMail, ReceivedMail
from tests import factories
from tests.partnership.mail_in.mailbox import Mailbox, mailbox
from tests.partnership.mail_in.steps import RETURN_ADDRESS, a_mail, bounce_of, reply_to

__all__ = ["mailbox"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(settings: Settings) -> OutgoingMail:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    return a_mail(factories.make_partnership())


def test_what_is_unread_is_taken_in_and_marked(mailbox: Mailbox, mail: OutgoingMail) -> None:
    mailbox.put(bounce_of(mail), reply_to(mail), b"unlesbar")
    assert fetch_mail() == 3
    assert mailbox.flags == {1: {"Seen"}, 2: {"Seen"}, 3: {"Seen"}}
    assert set(ReceivedMail.objects.values_list("kind", flat=True)) >= {"hard", "reply"}


def test_the_second_time_there_is_nothing(mailbox: Mailbox, mail: OutgoingMail) -> None:
    mailbox.put(bounce_of(mail))
    assert [fetch_mail(), fetch_mail()] == [1, 0]


def test_one_run_is_bounded(mailbox: Mailbox, mail: OutgoingMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "BATCH", 2)
    mailbox.put(*[bounce_of(mail) for _number in range(3)])
    assert [fetch_mail(), fetch_mail()] == [2, 1]


def test_a_mailbox_that_goes_away_before_the_mark_costs_nothing(mailbox: Mailbox, mail: OutgoingMail) -> None:
    mailbox.put(bounce_of(mail))
    mailbox.refuses = True
    assert fetch_mail() == 0
    mailbox.refuses = False
    assert fetch_mail() == 1
    assert ReceivedMail.objects.count() == BlockedAddress.objects.count() == 1


def test_what_cannot_be_taken_in_is_flagged_and_holds_up_nobody(mailbox: Mailbox, mail: OutgoingMail) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE partnership_receivedmail ADD CONSTRAINT no_replies CHECK (kind <> 'reply')"
        )
    mailbox.put(reply_to(mail), bounce_of(mail))
    assert fetch_mail() == 1
    assert mailbox.flags == {1: {"Flagged"}, 2: {"Seen"}}


def test_while_the_database_is_away_everything_stays_unread(
    mailbox: Mailbox, mail: OutgoingMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_content: bytes) -> None:
        raise OperationalError

    monkeypatch.setattr(imap, "receive", away)
    mailbox.put(bounce_of(mail))
    assert fetch_mail() == 0
    assert mailbox.flags == {1: set()}


@pytest.mark.parametrize(
    "url",
    ["imap://wer%40portal.example:falsch@127.0.0.1:{port}/Eingang", "imap://u:p@127.0.0.1:{free}/Eingang"],
)
def test_a_mailbox_that_does_not_open_is_tried_again_later(
    mailbox: Mailbox, settings: Settings, url: str
) -> None:
    settings.IMAP_URL = url.format(port=mailbox.server_address[1], free=free_port())
    assert fetch_mail() == 0


def test_a_folder_that_is_not_there_is_no_crash(mailbox: Mailbox, settings: Settings) -> None:
    settings.IMAP_URL = mailbox.url.replace("Eingang", "Anderswo")
    assert fetch_mail() == 0


def test_a_server_without_a_certificate_is_not_spoken_to(mailbox: Mailbox, settings: Settings) -> None:
    settings.IMAP_URL = mailbox.url.replace("imap://", "imaps://")
    mailbox.put(b"geheim")
    assert fetch_mail() == 0
    assert mailbox.flags == {1: set()}


def test_nobody_fetches_where_no_mailbox_is_named(settings: Settings) -> None:
    settings.IMAP_URL = ""
    assert fetch_mail() == 0
    assert "partnership.fetch_mail" not in used.CELERY_BEAT_SCHEDULE
