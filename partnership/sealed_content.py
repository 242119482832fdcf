"""Content that is fixed once and for all: the one way to write it down, and the digest printed beside it.

Texts, whole numbers, lists and dicts only, so that the database gives back what it was handed.
"""

import hashlib
import json
import secrets
from typing import Any

Content = dict[str, Any]


def canonical(content: Content) -> bytes:
    """Keys in order, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Content) -> str:
    """Of a draft as somebody has read it."""
    return hashlib.sha256(canonical(content)).hexdigest()


def new_salt() -> str:
    """So that nobody guesses from the digest of what is erased what it said."""
    return secrets.token_hex(32)


def digest_of(content: Content, salt: str) -> str:
    return hashlib.sha256(salt.encode() + canonical(content)).hexdigest()


def grouped(digest: str) -> str:
    """As it is printed: '7c1e 09ab …'."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
