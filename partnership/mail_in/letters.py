"""Bytes of a message -> what the portal looks at. Whatever comes in, reading it never raises."""

import hashlib
import html
import itertools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr

from django.utils.html import strip_tags

LARGEST = 5_000_000
"""Bytes of a message that are read; what stands behind them is not looked at."""
LONGEST_TEXT = 20_000
LONGEST_HEADER = 1_000
MOST_PARTS, DEEPEST, MOST_IDS = 200, 20, 20
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,120}@[^<>\s@]{1,120}>")
RETURNED_ID = re.compile(r"^\s*(?:X-)?Message-ID:\s*(<[^<>\s]+>)", re.I | re.M)
INVISIBLE = re.compile(r"<(style|script|title)\b.*?</\1>|<!--.*?-->", re.I | re.S)
LINE_ENDS = re.compile(r"<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.I)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`headers` by lower-case name. `status_fields` are those of a delivery status (RFC 3464), one row for
    each group. `returned_ids` are the Message-IDs that the letter quotes.
    """

    key: str
    headers: dict[str, list[str]] = field(default_factory=dict)
    content_type: str = ""
    text: str = ""
    calendar: str = ""
    status_fields: list[dict[str, str]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    returned_ids: list[str] = field(default_factory=list)

    def header(self, name: str) -> str:
        return next(iter(self.headers.get(name, [])), "")

    @property
    def subject(self) -> str:
        return " ".join(self.header("subject").split())

    @property
    def sender(self) -> tuple[str, str]:
        """Name and address, the address in lower case."""
        name, address = parseaddr(self.header("from"))
        return " ".join(name.split()), address.lower()

    def addresses(self, *names: str) -> list[str]:
        """In these headers, in this order."""
        values = [value for name in names for value in self.headers.get(name, [])]
        return [address for _name, address in getaddresses(values) if "@" in address]


def read_letter(content: bytes) -> Letter:
    """An unreadable one has a key and nothing else."""
    content = content[:LARGEST]
    key = hashlib.sha256(content).hexdigest()
    try:
        return _read(message_from_bytes(content, policy=policy.compat32), key)
    except Exception as error:
        logger.warning("a message cannot be read: %s", type(error).__name__)
        return Letter(key=key)


@dataclass
class Contents:
    """What is gathered from the parts of a message."""

    plain: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    status_fields: list[dict[str, str]] = field(default_factory=list)
    returned_ids: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.plain) or "\n".join(_without_tags(source) for source in self.rich)


def _read(message: Message, key: str) -> Letter:
    headers: dict[str, list[str]] = {}
    for name, value in message.items():
        headers.setdefault(name.lower(), []).append(_decoded(value)[:LONGEST_HEADER])
    contents = Contents()
    for part in itertools.islice(_parts(message), MOST_PARTS):
        _gather(part, contents)
    text = contents.text
    answered, earlier = (
        MESSAGE_ID.findall(" ".join(headers.get(name, []))) for name in ("in-reply-to", "references")
    )
    ids = [*answered, *contents.returned_ids, *RETURNED_ID.findall(text), *earlier]
    own = MESSAGE_ID.search(headers.get("message-id", [""])[0])
    return Letter(
        key=hashlib.sha256(own[0].encode()).hexdigest() if own else key,
        headers=headers,
        content_type=message.get_content_type(),
        text=text[:LONGEST_TEXT],
        calendar=next(iter(contents.calendars), ""),
        status_fields=contents.status_fields,
        attachments=contents.attachments,
        returned_ids=ids[:MOST_IDS],
    )


def _gather(part: Message, contents: Contents) -> None:
    kind = part.get_content_type()
    if kind == "message/delivery-status":
        contents.status_fields += _groups(part)
    elif part.get_content_maintype() == "message" or kind == "text/rfc822-headers":
        contents.returned_ids += _ids_of_returned(part)
    elif kind == "text/calendar":
        contents.calendars.append(_text(part))
    elif name := _decoded(part.get_filename() or ""):
        contents.attachments.append(_printable(name)[:120])
    elif kind == "text/html":
        contents.rich.append(_text(part))
    elif kind == "text/plain" or part.get_content_maintype() == "multipart":
        contents.plain.append(_text(part))


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """The leaves. What was sent back to us (message/rfc822) is one of them and not looked into; a multipart
    without its boundary is one, too.
    """
    payload = message.get_payload()
    if message.get_content_maintype() != "multipart" or not isinstance(payload, list):
        yield message
    elif depth < DEEPEST:
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _groups(part: Message) -> list[dict[str, str]]:
    """The fields of a delivery status: those of the message, then those of each recipient."""
    payload = part.get_payload()
    groups = payload if isinstance(payload, list) else [message_from_string(str(payload))]
    return [
        {name.lower(): _decoded(value) for name, value in group.items()}
        for group in groups
        if isinstance(group, Message)
    ]


def _ids_of_returned(part: Message) -> list[str]:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        return MESSAGE_ID.findall(_decoded(inner.get("Message-ID") or ""))
    return RETURNED_ID.findall(_text(part))


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset, errors="replace")
    except (LookupError, ValueError):
        text = payload.decode("latin-1")
    return _printable(text.replace("\r\n", "\n"))[: LONGEST_TEXT * 5]


def _without_tags(source: str) -> str:
    text = strip_tags(LINE_ENDS.sub("\n", INVISIBLE.sub("", source)))
    return _printable(re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", html.unescape(text))).strip()


def _decoded(value: object) -> str:
    """A header as people read it; what cannot be decoded stays as it came."""
    text = value[2] if isinstance(value, tuple) else value
    try:
        return _printable(str(make_header(decode_header(str(text)))))
    except (LookupError, ValueError):
        return _printable(str(text))


def _printable(text: str) -> str:
    """Without NUL and lone surrogates, which neither database nor mail can carry."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or c.isspace())
