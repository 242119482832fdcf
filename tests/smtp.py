"""A real SMTP server for tests: keeps what it takes, answers as it is told."""

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from partnership.demo.processes import free_port


class Postbox:
    """`answer` and `rcpt_answer` are the server's words to a whole message, `answer_after` so many seconds,
    and to an address.

    Closed, it keeps every sender waiting at the door, before anything of a message has come in.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"
        self.rcpt_answer = "250 OK"
        self.answer_after = 0.0
        self.senders = 0
        self.envelope_senders: list[str] = []
        self._is_open = threading.Event()
        self._is_open.set()
        # by name, else every connection looks the machine up
        self.controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), server_hostname="postbox.example"
        )

    @property
    def port(self) -> int:
        return int(self.controller.port)

    def close(self) -> None:
        self._is_open.clear()

    def open(self) -> None:
        self._is_open.set()

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.senders += 1
        await server.loop.run_in_executor(None, self._is_open.wait)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        self.envelope_senders.append(envelope.mail_from)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.answer_after)
        return self.answer


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """Mails of this test's own process go there by SMTP."""
    box = Postbox()
    box.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    box.open()
    box.controller.stop()


def text_of(message: EmailMessage) -> str:
    return _body(message, "plain")


def html_of(message: EmailMessage) -> str:
    return _body(message, "html")


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())
