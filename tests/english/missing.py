"""What the English catalogue lacks of what a test shows."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation
from django.utils.translation.trans_real import translation as catalogue_of


class Missing:
    """Stands behind the English catalogue and remembers what it was asked for."""

    def __init__(self) -> None:
        self.sentences: set[str] = set()

    def gettext(self, sentence: str) -> str:
        self.sentences.add(sentence)
        return sentence

    def ngettext(self, one: str, many: str, count: int) -> str:
        self.sentences.add(one)
        return one if count == 1 else many

    def pgettext(self, context: str, sentence: str) -> str:
        return self.gettext(sentence)

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        return self.ngettext(one, many, count)


@pytest.fixture
def missing() -> Iterator[Missing]:
    """All addresses are read first: what forms say once, as they are loaded, is no page's sentence."""
    assert get_resolver().url_patterns
    english: DjangoTranslation = catalogue_of("en")
    before = english._fallback  # type: ignore[attr-defined]
    found = Missing()
    english._fallback = found  # type: ignore[attr-defined]
    yield found
    english._fallback = before  # type: ignore[attr-defined]
    translation.activate("de")


def ours(sentences: set[str]) -> list[str]:
    """Without what Django and allauth ask for: that is English, and has a German translation of theirs."""
    german = catalogue_of("de")
    return sorted(s for s in sentences if german.gettext(s) == s and re.search("[a-zäöü]{2}", s))
