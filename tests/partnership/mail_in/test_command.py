"""`manage.py receive_mail`, as a mail server runs it: a message in, an exit code out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from partnership.demo.processes import free_port
from partnership.models import ReceivedMail
from tests import factories
from tests.partnership.mail_in.steps import a_mail, bounce_of
from tests.partnership.mail_in.test_sorting import content_of

ROOT = Path(__file__).resolve().parents[3]
TRY_AGAIN = 75


def pipe(content: bytes, **changes: str) -> int:
    """Into the database of this test."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "receive_mail"],
        input=content,
        env={**os.environ, "DATABASE_URL": url_of_tests(), **changes},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode


def url_of_tests() -> str:
    found = connection.settings_dict
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_a_bounce_is_taken_in() -> None:
    mail = a_mail(factories.make_partnership())
    assert pipe(bounce_of(mail)) == 0
    received = ReceivedMail.objects.get()
    assert (received.kind, received.outgoing) == ("hard", mail)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 1000, content_of("newsletter"), b"x" * 8_000_000])
def test_junk_is_understood_to_be_junk(content: bytes) -> None:
    assert pipe(content) == 0


@pytest.mark.django_db
def test_while_the_database_is_away_the_mail_server_keeps_it() -> None:
    url = f"postgres://{connection.settings_dict['USER']}:x@127.0.0.1:{free_port()}/weg"
    assert pipe(content_of("postfix_hard"), DATABASE_URL=url) == TRY_AGAIN
