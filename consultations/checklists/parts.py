"""Editing a draft: its areas, items, recommendations and classes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.checklists.versions import lock_draft
from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from partnership.administration.changes import ChangedMeanwhile, check, write_changes
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

AnyPart = ChecklistArea | ChecklistItem | Wording | ProtectionClass
PLACES = {"area", "code"}
"""Where an item stands and what it is called is no matter of fact."""


@transaction.atomic
def add_part(*, part: AnyPart, actor: Person) -> AnyPart:
    """At the end of its siblings. What is new is nobody's finding yet, so it wants a sign-off."""
    draft = lock_draft(part.whole)
    part.order = _next_place(part)
    check(part)
    part.save()
    if isinstance(part, Wording):
        _lose_sign_off(part.item)
    _write_down("checklist.part_added", draft, part, actor)
    return part


@transaction.atomic
def change_part(*, part: AnyPart, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile. New words lose the sign-off of their item. Gives what has changed."""
    draft = lock_draft(part.whole)
    stored = _again(part)
    changed = {name for name, value in values.items() if getattr(stored, name) != value}
    fields = write_changes(stored, seen=seen, values=values)
    if not fields:
        return []
    if "area" in changed or (isinstance(stored, ProtectionClass) and "standard" in changed):
        stored.order = _next_place(stored)
        stored.save(update_fields=["order"])
    if isinstance(stored, Wording):
        _lose_sign_off(stored.item)
    elif isinstance(stored, ChecklistItem | ProtectionClass) and changed - PLACES:
        _lose_sign_off(stored)
    _write_down("checklist.part_changed", draft, stored, actor, fields=", ".join(fields))
    return fields


@transaction.atomic
def remove_part(*, part: AnyPart, seen: int, actor: Person) -> None:
    draft = lock_draft(part.whole)
    stored = _again(part)
    if stored.version != seen:
        raise ChangedMeanwhile
    if isinstance(stored, ChecklistArea) and stored.items.exists():
        raise Refusal(_("Dieser Bereich hat noch Prüfpunkte. Entfernen oder verschieben Sie sie zuerst."))
    if isinstance(stored, Wording):
        _lose_sign_off(stored.item)
    _write_down("checklist.part_removed", draft, stored, actor)
    stored.delete()


@transaction.atomic
def move_part(*, part: AnyPart, up: bool, actor: Person) -> None:
    """One place up or down among its siblings; at the end nothing happens."""
    draft = lock_draft(part.whole)
    parts: list[Any] = list(part.siblings())
    place = parts.index(_again(part))
    target = place + (-1 if up else 1)
    if target not in range(len(parts)):
        return
    places = [sibling.order for sibling in parts]
    parts.insert(target, parts.pop(place))
    for sibling, order in zip(parts, places, strict=True):
        sibling.order = order
    type(part)._default_manager.bulk_update(parts, ["order"])
    _write_down("checklist.part_moved", draft, part, actor)


def _again(part: AnyPart) -> AnyPart:
    stored: AnyPart | None = type(part)._default_manager.filter(pk=part.pk).first()
    if stored is None:
        raise Refusal(_("Das hat inzwischen jemand aus dem Entwurf entfernt."))
    return stored


def _next_place(part: AnyPart) -> int:
    """After all classes, so that those of a new standard come last; else after its siblings."""
    is_class = isinstance(part, ProtectionClass)
    rows: Any = ProtectionClass.objects.filter(checklist=part.whole) if is_class else part.siblings()
    last = rows.aggregate(last=Max("order"))["last"]
    return 0 if last is None else int(last) + 1


def _lose_sign_off(thing: ChecklistItem | ProtectionClass) -> None:
    thing.is_edited, thing.signed_off_at, thing.signed_off_by = True, None, None
    thing.version += 1
    thing.save(update_fields=["is_edited", "signed_off_at", "signed_off_by", "version"])


def _write_down(act: str, draft: Checklist, part: AnyPart, actor: Person, **detail: str) -> None:
    draft.version += 1
    draft.save(update_fields=["version"])
    words = {"edition": draft.number, "part": f"{part._meta.verbose_name} {part}", **detail}
    log_act(act=act, thing=draft, actor=actor, organisation=draft.police, detail=words)
