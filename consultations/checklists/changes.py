"""What a version of a checklist says, and what it says otherwise than another."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass


@dataclass(frozen=True)
class Changes:
    """By the key of a part. `before`: field and what it said; `gone`: what is no longer there."""

    new: set[uuid.UUID] = field(default_factory=set)
    before: dict[uuid.UUID, list[tuple[str, str]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.before or self.gone or self.is_reordered)


def areas_of(checklist: Checklist) -> list[ChecklistArea]:
    """With items, wordings and who signed off, in four statements for any number."""
    rows = checklist.areas.prefetch_related("items__wordings", "items__signed_off_by")
    return list(rows)


def words_of_item(item: ChecklistItem) -> dict[str, str]:
    """What a sign-off is about: the item's words and those of its recommendations."""
    return {
        _("Was zu prüfen ist"): item.look_at,
        _("Fakt oder Begründung"): item.reason,
        _("Norm oder Regel"): item.standard,
        _("Empfehlungen"): "\n".join(
            " ".join(filter(None, (f"{wording.get_priority_display()}:", wording.text, wording.standard)))
            for wording in item.wordings.all()
        ),
    }


def words_of_class(row: ProtectionClass) -> dict[str, str]:
    return {_("Norm"): row.standard, _("Klasse"): row.name, _("In einfachen Worten"): row.words}


def compare(old: Checklist, new: Checklist) -> Changes:
    """What `new` says otherwise than `old`."""
    before, after = _said(old), _said(new)
    common = before.keys() & after.keys()
    changed = {key: _differences(before[key][1], after[key][1]) for key in common}
    return Changes(
        new=after.keys() - before.keys(),
        before={key: fields for key, fields in changed.items() if fields},
        gone=[label for key, (label, _words) in before.items() if key not in after],
        is_reordered=_in_order(before, common) != _in_order(after, common),
    )


Said = dict[uuid.UUID, tuple[str, dict[str, str]]]


def _said(checklist: Checklist) -> Said:
    said: Said = {}
    for area in areas_of(checklist):
        words = {_("Bereich"): area.title, _("Worum es geht"): area.sentence}
        said[area.key] = (f"{_('Bereich')} {area.title}", words)
        for item in area.items.all():
            place = {_("Bereich"): area.title, _("Kennung"): item.code}
            said[item.key] = (f"{item.code} {item.look_at}", place | words_of_item(item))
    for row in checklist.classes.all():
        said[row.key] = (str(row), words_of_class(row))
    return said


def _differences(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in before.items() if after[name] != text]


def _in_order(said: Said, keys: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    wanted = set(keys)
    return [key for key in said if key in wanted]
