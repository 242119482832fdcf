"""How a log entry reads without naming whom it is about: a kind of thing and its number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from partnership.models import LogEntry, RetentionHold

_references: dict[Any, str] = {}
_details: dict[str, Any] = {}


def register_references(fields: Mapping[Any, str]) -> None:
    """Apps name in `ready()`, model by model, the field that is a number; others go by their key."""
    _references.update(fields)


def register_details(words: dict[str, Any]) -> None:
    """Apps name in `ready()` what keys and codes of a detail are called."""
    _details.update(words)


def names_of_things(entries: "Iterable[LogEntry | RetentionHold]") -> dict[tuple[int, int], str]:
    """(content type, key) -> 'Termin G-7K2M9P'. One statement for each registered kind among the entries."""
    wanted: dict[int, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.content_type_id, set()).add(entry.object_id)
    names: dict[tuple[int, int], str] = {}
    for kind, keys in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        numbers = _numbers(model, keys) if model else {}
        word = str(model._meta.verbose_name) if model else ""
        names |= {(kind, key): f"{word} {numbers.get(key, f'Nr. {key}')}".strip() for key in keys}
    return names


def _numbers(model: type[Model], keys: set[int]) -> dict[int, str]:
    field = _references.get(model)
    return dict(model._default_manager.filter(pk__in=keys).values_list("pk", field)) if field else {}


def code_words(code: str) -> str:
    """What a key or code of a detail is called; empty for one that nobody has named."""
    return str(_details.get(code, ""))


def detail_words(detail: dict[str, Any]) -> str:
    """'von: Di 24.11.2026, 10:00 Uhr; auf: …', in the order in which apps have named the keys."""
    order = {key: place for place, key in enumerate(_details)}
    told = [key for key, value in detail.items() if value != ""]
    keys = sorted(told, key=lambda key: order.get(key, len(order)))
    return "; ".join(
        f"{_details.get(key, key)}: {_details.get(str(detail[key]), detail[key])}" for key in keys
    )
