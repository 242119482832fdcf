"""The page of one entry, an item's or a free one, as ready strings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import ChecklistItem, Finding, ProtectionClass
from consultations.visit_reports.items import Spot
from consultations.visit_reports.overview import Segment, progress_words, segments_of, state_words
from partnership.models import Person
from partnership.times import berlin_day, clock_text, short_date, today


@dataclass(frozen=True, slots=True)
class ClassRow:
    name: str
    words: str
    needs_check: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """`previous_pk` and `next_pk` are None at the ends."""

    pk: int
    position: str
    progress: str
    segments: list[Segment]
    title: str
    code: str
    standard: str
    reason: str
    needs_check: bool
    classes: list[ClassRow]
    previous_pk: int | None
    next_pk: int | None
    next_words: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What somebody has saved meanwhile: who and when, and (label, words) of it."""

    sentence: str
    rows: list[tuple[str, str]]


def lay_out_item(spots: Sequence[Spot], pk: int) -> ItemPage:
    keys = [spot.item.pk for spot in spots]
    place = keys.index(pk)
    spot, item = spots[place], spots[place].item
    after = spots[place + 1].item if place + 1 < len(spots) else None
    return ItemPage(
        pk=pk,
        position=_("%(area)s, Punkt %(number)s von %(count)s")
        % {"area": spot.area.title, "number": spot.number, "count": spot.count},
        progress=_("%(progress)s, Bereich %(number)s von %(count)s")
        % {
            "progress": progress_words(spots),
            "number": spot.area_number,
            "count": spots[-1].area_number,
        },
        segments=segments_of(spots, here=spot.area.pk),
        title=item.look_at,
        code=item.code,
        standard=item.standard,
        reason=item.reason,
        needs_check=item.needs_check,
        classes=classes_of(item),
        previous_pk=keys[place - 1] if place else None,
        next_pk=after.pk if after else None,
        next_words=_("Nächster Punkt: %(item)s") % {"item": after.look_at} if after else "",
    )


def classes_of(item: ChecklistItem) -> list[ClassRow]:
    """The classes of the standards that the item names."""
    rows = ProtectionClass.objects.filter(checklist=item.checklist_id)
    return [
        ClassRow(str(row), row.words, row.needs_check)
        for row in rows
        if _number(row.standard) in item.standard
    ]


def saved_words(finding: Finding, *, reader: Person) -> str:
    """'Gespeichert 10:41 Uhr', with the day and the name where they are not the reader's own."""
    words = _("Gespeichert %(clock)s") % {"clock": clock_text(finding.saved_at)}
    day = berlin_day(finding.saved_at)
    if day != today():
        words = _("Gespeichert %(day)s, %(clock)s") % {
            "day": short_date(day),
            "clock": clock_text(finding.saved_at),
        }
    if finding.saved_by is None or finding.saved_by == reader:
        return words
    return _("%(saved)s von %(who)s") % {"saved": words, "who": finding.saved_by}


def lay_out_stored(finding: Finding, *, reader: Person) -> Stored:
    who = _("Sie selbst auf einem anderen Gerät") if finding.saved_by == reader else str(finding.saved_by)
    advice = finding.recommendations.all()
    rows = [
        (_("Was"), finding.title),
        (_("Zustand"), state_words(finding)),
        (_("Wo"), finding.place),
        (_("Notiz"), finding.note),
        *((_("Empfehlung"), f"{row.text} ({row.get_priority_display()})") for row in advice),
    ]
    return Stored(
        sentence=_("Gespeichert um %(clock)s, von: %(who)s")
        % {"clock": clock_text(finding.saved_at), "who": who},
        rows=[(label, words) for label, words in rows if words],
    )


def _number(standard: str) -> str:
    """'DIN EN 1627' as 'EN 1627', so that it is found however an item writes it."""
    return standard.removeprefix("DIN ") if standard.startswith("DIN EN ") else standard
