"""Short codes that people type, read out and hear on the telephone."""

import secrets

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is confused when it is read or heard: 0 and O, 1, I and L."""


def draw_code(length: int = 6) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _n in range(length))
