"""What comes back to a mail of ours."""

import itertools

from partnership.mail_in.receiving import receive
from partnership.mail_in.return_address import return_address_of
from partnership.models import OutgoingMail, Partnership, ReceivedMail
from partnership.outbox import queue_mail

RETURN_ADDRESS = "rueckmeldung@portal.example"
_numbers = itertools.count(1)


def a_mail(
    partnership: Partnership, to_email: str = "alice@tischlerei.example", **fields: object
) -> OutgoingMail:
    """Sent: one of those that nobody has asked for."""
    mail = queue_mail(
        partnership=partnership,
        kind="account_changed",
        to_name="Alice Muster",
        to_email=to_email,
        content={},
    )
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save()
    return mail


def bounce_of(
    mail: OutgoingMail,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str = "",
    names_mail: bool = True,
) -> bytes:
    """As Postfix writes it. `names_mail`: with the header of the mail that came back."""
    returned = f"Message-ID: {mail.message_id}\n" if names_mail else "Subject: ohne Nummer\n"
    return f"""Return-Path: <>
Delivered-To: {to or return_address_of(mail) or "termine@partnerschaft.example"}
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
Message-ID: <{next(_numbers)}@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

{returned}
--b--
""".encode()


def reply_to(
    mail: OutgoingMail | None,
    *,
    sender: str = "Alice Muster <alice@tischlerei.example>",
    to: str = "termine@partnerschaft.example",
    head: str = "",
    text: str = "Darf ich jemanden mitbringen?",
    return_path: str = "alice@tischlerei.example",
) -> bytes:
    answers = f"In-Reply-To: {mail.message_id}\n" if mail else ""
    return f"""Return-Path: <{return_path}>
Delivered-To: {to}
From: {sender}
To: {to}
Subject: Re: Ihr Termin
Message-ID: <{next(_numbers)}@tischlerei.example>
{answers}{head}Content-Type: text/plain; charset=utf-8

{text}
""".encode()


def bounce(mail: OutgoingMail, **changes: str) -> ReceivedMail:
    return receive(bounce_of(mail, **changes))  # type: ignore[arg-type]
