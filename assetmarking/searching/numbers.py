"""What was pasted, as numbers one by one."""

import re

MOST_NUMBERS = 200
LONGEST = 60
_ENDS = re.compile(r"[\n\r\t;]+")


def split_numbers(text: str) -> list[str]:
    """Each once, in the order in which they were typed. A number may have spaces in it."""
    parts = (" ".join(part.split()) for part in _ENDS.split(text))
    return list(dict.fromkeys(part for part in parts if part))
