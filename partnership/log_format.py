"""Log lines without secrets: whoever reads a log must not be able to open a link from it."""

import logging
import re

SECRET = re.compile(r"[A-Za-z0-9_-]{38,}")
QUERY = re.compile(r"\?[^\s\"']+")


def mask(line: str) -> str:
    """Long random parts and query strings of addresses are left out."""
    return SECRET.sub("…", QUERY.sub("?…", line))


class MaskingFormatter(logging.Formatter):
    """Masks the whole line, a traceback included."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))
