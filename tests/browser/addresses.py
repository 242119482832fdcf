"""Addresses of pages by their names, for the modules that `pages.py` gathers."""

from collections.abc import Iterable

from django.urls import reverse

Paths = dict[str, str | list[str]]


def under(start: str, pages: Iterable[str], *arguments: object) -> Paths:
    """`under("appointments:call", ["", "_take"], 1)`: pages about the same thing, by their names."""
    return {f"{start}{page}": reverse(f"{start}{page}", args=arguments) for page in pages}
