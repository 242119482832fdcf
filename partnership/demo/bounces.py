"""What a mail server sends back, for the demo: whoever is written to as `unzustellbar@…` does not exist."""

import email
import uuid

UNKNOWN = "unzustellbar"


def does_not_exist(address: str) -> bool:
    return address.partition("@")[0].lower().startswith(UNKNOWN)


def bounce_of(*, message_id: str, sender: str, recipient: str) -> bytes:
    """A delivery report (RFC 3464) to the envelope's sender."""
    return f"""Return-Path: <>
Delivered-To: {sender}
From: MAILER-DAEMON@{recipient.rpartition("@")[2]} (Mail Delivery System)
To: {sender}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{uuid.uuid4()}@demo.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_demo"

--=_demo
Content-Type: text/plain; charset=utf-8

<{recipient}>: 550 5.1.1 User unknown

--=_demo
Content-Type: message/delivery-status

Reporting-MTA: dns; demo.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--=_demo
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--=_demo--
""".encode()


def message_id_of(content: bytes) -> str:
    return str(email.message_from_bytes(content)["Message-ID"] or "")
