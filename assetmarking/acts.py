"""The names of what happens here, for the journal, the chained log and the outbox."""

from typing import Any

ACTS: dict[str, Any] = {}
"""Journal: who did what with a thing."""

CHAINED_ACTS: dict[str, Any] = {}
"""Chained log: look-ups and openings by police, and exports of them."""

MAILS: dict[str, Any] = {}

ASKED_FOR: tuple[str, ...] = ()
"""Sent to a blocked address, too: somebody has just typed it and waits at the mailbox."""
