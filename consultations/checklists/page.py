"""A checklist for its page and for paper, as ready words."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.checklists.changes import Changes, areas_of, compare
from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from partnership.times import berlin_day, long_date, numeric_date

Row = dict[str, Any]


def lay_out_checklist(checklist: Checklist, *, compared_with: Checklist | None = None) -> Row:
    """`compared_with`: the version in force, so that a draft shows what it says otherwise."""
    changes = compare(compared_with, checklist) if compared_with else Changes()
    areas = areas_of(checklist)
    classes = list(checklist.classes.select_related("signed_off_by"))
    items: list[ChecklistItem] = [item for area in areas for item in area.items.all()]
    unchecked = sum(item.needs_check for item in items) + sum(row.needs_check for row in classes)
    return {
        "checklist": checklist,
        "title": _("Checkliste, Fassung %(number)s") % {"number": checklist.number},
        "since": since(checklist),
        "areas": [_area(area, changes) for area in areas],
        "standards": _by_standard(classes, changes),
        "unchecked": unchecked,
        "changes": changes,
        "compared_with": compared_with,
        "changed": change_words(changes),
        "changed_parts": _links([*areas, *items, *classes], changes),
    }


def since(checklist: Checklist) -> str:
    if checklist.in_force_since is None:
        return _("Entwurf, gilt noch nicht")
    words = {
        "day": long_date(berlin_day(checklist.in_force_since)),
        "who": checklist.put_in_force_by or _("unbekannt"),
    }
    if checklist.state == Checklist.State.REPLACED:
        return _("galt ab %(day)s, in Kraft gesetzt von %(who)s") % words
    return _("gilt seit %(day)s, in Kraft gesetzt von %(who)s") % words


def change_words(changes: Changes) -> list[str]:
    """How much it is, in short."""
    new, changed, gone = len(changes.new), len(changes.before), len(changes.gone)
    words = [
        ngettext("%(n)s Teil neu", "%(n)s Teile neu", new) % {"n": new} if new else "",
        ngettext("%(n)s Teil geändert", "%(n)s Teile geändert", changed) % {"n": changed} if changed else "",
        ngettext("%(n)s Teil entfällt", "%(n)s Teile entfallen", gone) % {"n": gone} if gone else "",
        _("Reihenfolge geändert") if changes.is_reordered else "",
    ]
    return [word for word in words if word]


def groups_to_sign(checklist: Checklist) -> list[tuple[str, Any]]:
    """Area by area, then classes: what wants a sign-off, as value ('p12-3': key and version) and words."""
    groups: list[tuple[str, Any]] = [
        (
            area.title,
            [(f"p{item.pk}-{item.version}", _to_read(item)) for item in _unchecked(area.items.all())],
        )
        for area in areas_of(checklist)
    ]
    classes = [
        (f"k{row.pk}-{row.version}", format_html("<strong>{}</strong><br>{}", row, row.words))
        for row in _unchecked(checklist.classes.all())
    ]
    return [(title, rows) for title, rows in [*groups, (_("Schutzklassen"), classes)] if rows]


def _links(parts: list[Any], changes: Changes) -> list[Row]:
    """To what is new or changed."""
    return [
        _marks(part, changes) | {"name": f"{part._meta.verbose_name} {part}"}
        for part in parts
        if part.key in changes.new or part.key in changes.before
    ]


def _unchecked(rows: Any) -> list[Any]:
    return [row for row in rows if row.needs_check]


def _to_read(item: ChecklistItem) -> str:
    advice = " ".join(wording.text for wording in item.wordings.all())
    facts = [item.reason, f"{_('Norm')}: {item.standard}." if item.standard else ""]
    facts.append(f"{_('Empfehlung')}: {advice}" if advice else "")
    facts.append(f"({item.get_origin_display()})")
    words = " ".join(filter(None, facts))
    return format_html("<strong>{} {}</strong><br>{}", item.code, item.look_at, words)


def _area(area: ChecklistArea, changes: Changes) -> Row:
    return {
        "pk": area.pk,
        "title": area.title,
        "sentence": area.sentence,
        "items": [_item(item, changes) for item in area.items.all()],
        **_marks(area, changes),
    }


def _item(item: ChecklistItem, changes: Changes) -> Row:
    return {
        "pk": item.pk,
        "code": item.code,
        "look_at": item.look_at,
        "reason": item.reason,
        "standard": item.standard,
        "wordings": [_wording(wording) for wording in item.wordings.all()],
        **_check(item),
        **_marks(item, changes),
    }


def _wording(wording: Wording) -> Row:
    return {
        "pk": wording.pk,
        "text": wording.text,
        "priority": wording.get_priority_display(),
        "standard": wording.standard,
    }


def _by_standard(classes: list[ProtectionClass], changes: Changes) -> list[Row]:
    groups: dict[str, list[Row]] = {}
    for row in classes:
        shown = {"pk": row.pk, "name": row.name, "words": row.words}
        groups.setdefault(row.standard, []).append(shown | _check(row) | _marks(row, changes))
    return [{"standard": standard, "classes": rows} for standard, rows in groups.items()]


def _check(thing: ChecklistItem | ProtectionClass) -> Row:
    signed = ""
    if thing.signed_off_at:
        signed = _("Fachlich geprüft am %(day)s von %(who)s") % {
            "day": numeric_date(berlin_day(thing.signed_off_at)),
            "who": thing.signed_off_by or _("unbekannt"),
        }
    return {"needs_check": thing.needs_check, "signed": signed, "origin": thing.get_origin_display()}


def _marks(part: ChecklistArea | ChecklistItem | ProtectionClass, changes: Changes) -> Row:
    return {
        "anchor": f"teil-{part.key}",
        "is_new": part.key in changes.new,
        "before": changes.before.get(part.key, []),
    }
