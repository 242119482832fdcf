"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

ACTS: dict[str, Any] = {}

MAILS: dict[str, Any] = {}
