"""How a row becomes bytes and a hash. Whoever checks the chain with other tools needs no more than this.

All hashes are SHA-256 over UTF-8 in lower-case hexadecimal; lines are joined by a single line feed:

    first head = SHA-256("log", key of the organisation, year)
    digest     = SHA-256(salt, payload)
    hash       = SHA-256(hash of the row before or first head, seq, at, digest)

`salt` are 32 hexadecimal digits; `at` is written as 2026-11-28T21:02:13.123456Z. The payload is JSON with
keys sorted by code point, no spaces and no escapes but those that JSON demands.
"""

import datetime
import hashlib
import json
from typing import Any


def first_head(*, organisation: int, year: int) -> str:
    """A row moved to another organisation or year does not fit there."""
    return _hash_of_lines("log", str(organisation), str(year))


def digest_of(*, salt: str, payload: dict[str, Any]) -> str:
    return _hash_of_lines(salt, canonical(payload))


def hash_of(*, previous: str, seq: int, at: datetime.datetime, digest: str) -> str:
    moment = at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return _hash_of_lines(previous, str(seq), moment, digest)


def canonical(payload: dict[str, Any]) -> str:
    """Raises TypeError for what the database would hand back in another spelling: fractions, for one."""
    _check(payload)
    return json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _check(value: Any) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys of a payload are texts")
        for inner in value.values():
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"{type(value).__name__} has more than one spelling in JSON")


def _hash_of_lines(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
