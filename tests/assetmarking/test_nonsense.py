"""Nonsense in any field of any form: a sentence says what to do, what was typed stays, and nothing breaks."""

import html
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from assetmarking.models import SearchSettings
from tests.assetmarking.finding.steps import labelled
from tests.assetmarking.searching.steps import NUMBER, REASON, URL, sign_in_with_factor
from tests.assetmarking.test_twice import ACTS, Sent, at
from tests.personas import World

pytestmark = pytest.mark.django_db
NONSENSE = [
    *(
        "",
        "-1",
        "1e999",
        "２０２０",
        "2026-02-31",
        "0001-01-01",
        "unbekannt",
        "a@b",
        "🔨\u202eabc",
        "ä" * 4000,
    ),
    *("<script>alert(1)</script>", "a\r\nBcc: x@y.example", "a\x00b"),
]
HARMLESS = {"gesehen", "schritt", "antwort"}
"""Not typed by anybody."""
FRAMEWORKS = (
    "Dieses Feld",
    "Bitte ",
    "Enter",
    "Ensure",
    "Dieser Wert",
    "Stellen Sie sicher",
    "Geben Sie eine Zahl",
)
"""Its own sentences say what is wrong and not what to do; how long a text may be, fields say to browsers."""


def _check(world: World) -> Sent:
    return at("assetmarking:check", number="NB-4711-08", make="Norvik")


def _search(world: World) -> Sent:
    return URL, REASON | {"numbers": NUMBER, "make": "Norvik"}


def _settings(world: World) -> Sent:
    SearchSettings.objects.create(organisation=world.police)
    return f"{URL}einstellung/", {"daily_limit": "40", "keep_days": "60", "reason": "x", "gesehen": "1"}


FURTHER: dict[str, tuple[str, Callable[[World], Sent]]] = {
    "check": ("visitor", _check),
    "code": ("visitor", lambda world: at("finder:find", code=labelled(world).code)),
    "search": ("paula", _search),
    "settings": ("lea", _settings),
    "ein": ("alice", lambda _w: at("assetmarking:ein", street="1", house="1", initials="AB", year="2020")),
    "ein_read": ("alice", lambda _w: at("assetmarking:ein", lesen="1", code="GRM14729.01234.012MM26")),
}
TYPED = ["new", "edit", "mark_new", "lend", "retire", "transfer", "theft", "theft_change", "found", "confirm"]
TYPED += ["decline", "secured", "labels_in_advance", "format", "printer", "write", "write_again", "answer"]
FORMS = {name: ACTS[name] for name in TYPED} | FURTHER


@pytest.fixture(autouse=True)
def unlimited(settings: Settings) -> None:
    settings.LIMITS_ON = False


@pytest.mark.parametrize("name", FORMS)
def test_nonsense_gets_a_sentence_and_stays_where_it_was_typed(world: World, name: str) -> None:
    who, make = FORMS[name]
    path, given = make(world)
    client = Client()
    if who != "visitor":
        sign_in_with_factor(client, getattr(world, who))
    faults, refused = [], 0
    for field, nonsense in pairs(given):
        with transaction.atomic() if name != "search" else nullcontext():
            answer = client.post(path, given | {field: nonsense})
            if name != "search":
                transaction.set_rollback(True)
        assert answer.status_code in (200, 302, 404, 409), (field, nonsense, answer.status_code)
        form = sent_form(answer)
        if form is not None:
            refused += 1
            faults += [(field, nonsense[:20], fault) for fault in faults_of(form, answer, field, nonsense)]
    assert faults == []
    assert refused or name in ("theft_change", "code")


def faults_of(form: forms.Form, answer: Any, field: str, nonsense: str) -> Iterator[str]:
    page = html.unescape(answer.content.decode())
    for sentences in ([str(fault) for fault in faults] for faults in form.errors.values()):
        yield from (words for words in sentences if words.startswith(FRAMEWORKS) and "höchstens" not in words)
        if not any(words in page for words in sentences):
            yield f"not said: {sentences}"
    if is_typed(form, field) and "\x00" not in nonsense and nonsense.strip() not in page:
        yield "not kept"


def pairs(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((field, nonsense) for field in given if field not in HARMLESS for nonsense in NONSENSE)


def sent_form(answer: Any) -> forms.Form | None:
    """With what is wrong in it."""
    values = [value for layers in answer.context or [] for layer in layers for value in layer.values()]
    return next((one for one in values if isinstance(one, forms.BaseForm) and one.errors), None)  # type: ignore[return-value]


def is_typed(form: forms.Form, name: str) -> bool:
    field = form.fields.get(name)
    return field is not None and not isinstance(field, forms.ChoiceField) and not field.disabled
